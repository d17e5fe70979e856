// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base, Vm} from "./Vm.sol";

/// @notice Counts first touches per transaction, the way the vault's accrual does.
contract Latch {
    event Touched(address indexed caller, uint256 indexed touches, uint256 data);

    error Latch__Refused(uint256 code);

    uint256 public touches;
    bool private transient _seen;

    function touch() external returns (uint256) {
        if (!_seen) touches += 1;
        _seen = true;
        emit Touched(msg.sender, touches, 7);
        return touches;
    }

    function refuse(uint256 code) external pure {
        revert Latch__Refused(code);
    }

    function sender() external view returns (address, address) {
        return (msg.sender, tx.origin);
    }
}

/// @notice The negative control of `isolate: true`: without it a whole test is one transaction, the latch stays set, and
/// every test of the vault's accrual is vacuous.
contract IsolationTest is Base {
    Latch internal latch;

    function setUp() public {
        latch = new Latch();
    }

    function test_Isolation_TwoTouchesAreTwoTransactions() public {
        latch.touch();
        latch.touch();
        vm.assertEq(latch.touches(), 2, "test.solidity.isolate is off");
    }

    function test_Isolation_OneTransactionTouchesOnce() public {
        new TwoTouches().run(latch);
        vm.assertEq(latch.touches(), 1, "the transient latch did not hold");
    }

    function testFuzz_Isolation_EveryRun(uint8 count) public {
        for (uint256 i = 0; i < count % 4; i++) latch.touch();
        vm.assertEq(latch.touches(), count % 4, "test.solidity.isolate is off");
    }
}

contract TwoTouches {
    function run(Latch latch) external {
        latch.touch();
        latch.touch();
    }
}

/// @notice The calls of an invariant's sequence are transactions too, each of them.
contract IsolationInvariant is Base {
    Latch internal latch;
    TouchHandler internal handler;

    function setUp() public {
        latch = new Latch();
        handler = new TouchHandler(latch);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_Isolation_EveryCallTouches() public view {
        vm.assertEq(latch.touches(), handler.calls(), "calls of a sequence share a transaction");
    }

    function afterInvariant() public view {
        vm.assertGt(handler.calls(), 1, "the handler never ran");
    }
}

contract TouchHandler {
    Latch internal immutable latch;
    uint256 public calls;

    constructor(Latch latch_) {
        latch = latch_;
    }

    function touch() external {
        latch.touch();
        calls += 1;
    }
}

/// @notice Every cheatcode that `Vm` offers does what its name says in this engine.
contract VmTest is Base {
    Latch internal latch;

    function setUp() public {
        latch = new Latch();
    }

    function test_Senders() public {
        address alice = _account("alice");
        address bob = _account("bob");
        vm.prank(alice);
        (address sender, ) = latch.sender();
        vm.assertEq(sender, alice);
        vm.prank(alice, bob);
        (, address origin) = latch.sender();
        vm.assertEq(origin, bob);
        vm.startPrank(bob, alice);
        latch.sender();
        (sender, origin) = latch.sender();
        vm.stopPrank();
        vm.assertTrue(sender == bob && origin == alice);
        vm.startPrank(bob);
        vm.stopPrank();
        (sender, ) = latch.sender();
        vm.assertEq(sender, address(this));
    }

    function test_Block() public {
        vm.warp(1_000_000);
        _skip(12);
        vm.assertEq(block.timestamp, 1_000_012);
        vm.assertEq(vm.getBlockTimestamp(), 1_000_012);
        vm.roll(77);
        vm.assertEq(block.number, 77);
        vm.assertEq(vm.getBlockNumber(), 77);
        vm.chainId(5);
        vm.assertEq(block.chainid, 5);
        vm.fee(9);
        vm.assertEq(block.basefee, 9);
        vm.txGasPrice(11);
        vm.assertEq(tx.gasprice, 11);
        vm.coinbase(address(0xC0));
        vm.assertEq(block.coinbase, address(0xC0));
    }

    function test_State() public {
        address alice = _account("alice");
        vm.deal(alice, 3 ether);
        vm.assertEq(alice.balance, 3 ether);
        vm.etch(alice, address(latch).code);
        vm.assertEq(Latch(alice).touch(), 1);
        vm.store(address(latch), bytes32(0), bytes32(uint256(41)));
        vm.assertEq(uint256(vm.load(address(latch), bytes32(0))), 41);
        vm.setNonce(alice, 9);
        vm.assertEq(vm.getNonce(alice), 9);
        uint256 id = vm.snapshotState();
        latch.touch();
        vm.assertEq(latch.touches(), 42);
        vm.assertTrue(vm.revertToState(id));
        vm.assertEq(latch.touches(), 41);
        latch.touch();
        vm.assertTrue(vm.revertToStateAndDelete(id));
        vm.assertEq(latch.touches(), 41);
        vm.assertEq(vm.getCode("Vm.t.sol:Latch"), type(Latch).creationCode);
    }

    function test_Addresses() public {
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.assertEq(address(new Latch()), next);
        bytes32 codeHash = keccak256(type(Latch).creationCode);
        address salted = vm.computeCreate2Address(bytes32("salt"), codeHash, address(this));
        vm.assertEq(address(new Latch{salt: "salt"}()), salted);
        (address account, uint256 key) = _signer("carol");
        bytes32 digest = keccak256("digest");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        vm.assertEq(ecrecover(digest, v, r, s), account);
    }

    function test_Strings() public view {
        vm.assertEq(vm.toString(uint256(12)), "12");
        vm.assertEq(vm.toString(int256(-12)), "-12");
        vm.assertEq(vm.toString(bytes(hex"0102")), "0x0102");
        vm.assertEq(bytes(vm.toString(bytes32(0))).length, 66);
        vm.assertEq(bytes(vm.toString(address(this))).length, 42);
        _report("printing works, nobody", 0);
    }

    function test_ExpectRevert() public {
        bytes memory data = abi.encodeWithSelector(Latch.Latch__Refused.selector, 3);
        vm.expectRevert();
        latch.refuse(3);
        vm.expectRevert(data);
        latch.refuse(3);
        vm.expectRevert(data, address(latch));
        latch.refuse(3);
        vm.expectPartialRevert(Latch.Latch__Refused.selector);
        latch.refuse(4);
        vm.expectPartialRevert(Latch.Latch__Refused.selector, address(latch));
        latch.refuse(5);
    }

    function test_ExpectEmit() public {
        vm.expectEmit();
        emit Latch.Touched(address(this), 1, 7);
        latch.touch();
        vm.expectEmit(address(latch));
        emit Latch.Touched(address(this), 2, 7);
        latch.touch();
        vm.expectEmit(true, true, false, false);
        emit Latch.Touched(address(this), 3, 0);
        latch.touch();
        vm.expectEmit(true, false, false, true, address(latch));
        emit Latch.Touched(address(this), 99, 7);
        latch.touch();
        vm.expectCall(address(latch), abi.encodeCall(Latch.touch, ()));
        latch.touch();
        vm.expectCall(address(latch), abi.encodeCall(Latch.refuse, (1)), 0);
    }

    function test_Records() public {
        vm.recordLogs();
        latch.touch();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1);
        vm.assertEq(logs[0].topics[0], Latch.Touched.selector);
        vm.assertEq(logs[0].emitter, address(latch));
        vm.record();
        latch.touch();
        (bytes32[] memory reads, bytes32[] memory writes) = vm.accesses(address(latch));
        vm.assertTrue(reads.length > 0 && writes.length == 1 && writes[0] == 0);
        latch.touch();
        vm.assertGt(vm.lastCallGas().gasTotalUsed, 21_000); // a transaction of its own
        vm.cool(address(latch));
    }

    function test_Assertions_FailByName() public {
        vm.expectRevert(bytes("what: 1 != 2"));
        this.wrong();
    }

    function wrong() external pure {
        vm.assertEq(uint256(1), 2, "what");
    }

    function testFuzz_Bound(uint256 value, uint256 min, uint256 max) public pure {
        if (min > max) (min, max) = (max, min);
        uint256 bounded = _bound(value, min, max);
        vm.assertTrue(bounded >= min && bounded <= max);
        if (value >= min && value <= max) vm.assertEq(bounded, value);
    }
}
