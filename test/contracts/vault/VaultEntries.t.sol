// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {Batch, TestGate} from "../helpers/Batch.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice Who may enter, at what price, and where the tokens go.
contract DepositTest is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(1_000, 30);
        (source, adapter) = _addSource();
        _deposit(alice, 1_000 * unit);
    }

    function test_Deposit_TokensTravelOnce() public {
        token.mint(bob, 100 * unit);
        uint256 idle = token.balanceOf(address(vault));
        vm.expectEmit(address(token));
        emit IERC20.Transfer(bob, address(adapter), 100 * unit); // straight to the adapter …
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(adapter), address(source), 100 * unit); // … and into the market
        vm.prank(bob);
        uint256 shares = vault.deposit(100 * unit, carol);
        vm.assertEq(vault.balanceOf(carol), shares);
        vm.assertEq(vault.balanceOf(bob), 0);
        vm.assertEq(token.balanceOf(address(vault)), idle, "tokens went through the vault");
        vm.assertEq(token.balanceOf(address(adapter)), 0, "tokens stayed in the adapter");
    }

    /// @dev At a price that divides nothing: a share wei more would cost more than was paid for it.
    function testFuzz_R2_Deposit_RoundsSharesDownAndMintAssetsUp(uint256 assets, uint256 gain) public {
        source.gain(_bound(gain, 1, 100 * unit));
        _skip(7 days);
        vault.accrue();
        uint256 nav = vault.totalAssets() + 1;
        uint256 supply = vault.totalSupply() + V;
        assets = _bound(assets, 2, 1_000 * unit); // one wei is no share any more
        uint256 shares = _deposit(bob, assets);
        vm.assertLe(shares * nav, assets * supply, "R2: a share too many for a deposit");
        vm.assertGt((shares + 1) * nav, assets * supply, "R2: a share too few for a deposit");
        nav = vault.totalAssets() + 1;
        supply = vault.totalSupply() + V;
        token.mint(carol, 2_000 * unit);
        vm.prank(carol);
        uint256 paid = vault.mint(assets, carol);
        vm.assertGe(paid * supply, assets * nav, "R2: a wei too few for a mint");
        vm.assertLt((paid - 1) * supply, assets * nav, "R2: a wei too many for a mint");
    }

    function test_Deposit_Emits() public {
        token.mint(bob, 100 * unit);
        uint256 shares = vault.previewDeposit(100 * unit);
        vm.expectEmit(address(vault));
        emit IERC4626.Deposit(bob, carol, 100 * unit, shares);
        vm.prank(bob);
        vault.deposit(100 * unit, carol);
    }

    function test_Deposit_FirstDepositMustBeTheSeed() public {
        ICompoundingVault bare = _bareVault(token);
        uint256 seed = bare.seedAssets();
        vm.assertEq(seed, 1e12, "a millionth of a token");
        token.mint(alice, 10 * seed);
        vm.startPrank(alice);
        token.approve(address(bare), MAX);
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__NotSeeded.selector, seed));
        bare.deposit(seed, alice);
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__NotSeeded.selector, seed));
        bare.deposit(seed + 1, DEAD);
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__NotSeeded.selector, seed));
        bare.mint(2 * seed, DEAD);
        vm.assertEq(bare.maxDeposit(alice), 0);
        bare.deposit(seed, DEAD);
        bare.deposit(seed, alice);
        vm.stopPrank();
        vm.assertEq(bare.balanceOf(DEAD), seed);
    }

    function test_Deposit_RevertWhen_Stopped() public {
        vm.prank(guardian);
        vault.stopDeposits();
        vm.assertEq(vault.maxDeposit(alice), 0);
        vm.assertEq(vault.maxMint(alice), 0);
        _refused(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__DepositsStopped.selector));
        _redeem(alice, 1e18); // exits don't mind
        vm.prank(curator);
        vault.resumeDeposits();
        _deposit(bob, unit);
    }

    function test_Deposit_CapHoldsToTheWei() public {
        uint256 nav = vault.totalAssets();
        vm.prank(guardian);
        vault.lowerDepositCap(nav + 10 * unit);
        vm.assertEq(vault.maxDeposit(bob), 10 * unit);
        token.mint(bob, 11 * unit);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICompoundingVault.CompoundingVault__DepositCapExceeded.selector,
                nav + 10 * unit + 1,
                nav + 10 * unit
            )
        );
        vm.prank(bob);
        vault.deposit(10 * unit + 1, bob);
        vm.prank(bob);
        vault.deposit(10 * unit, bob);
    }

    /// @notice At 98 % of the mark a deposit is taken, one wei of price below it is not.
    function testFuzz_Deposit_EntryMarkHoldsToTheWei(uint256 lost) public {
        lost = _bound(lost, 1, 60 * unit); // of 1,000, up to 6 %; the market halves it
        source.lose(lost);
        vault.accrue();
        (uint256 price, uint256 mark) = (vault.pps(), vault.entryMark());
        vm.assertEq(mark, vault.lock().hwm);
        if (price * 10_000 >= mark * 9_800) {
            vm.assertGt(vault.maxDeposit(bob), 0);
            _deposit(bob, unit);
        } else {
            vm.assertEq(vault.maxDeposit(bob), 0);
            _refused(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__BelowEntryMark.selector, price, mark));
        }
    }

    function test_Deposit_GateLooksAtEntriesOnly() public {
        TestGate gate = new TestGate();
        vm.prank(curator);
        vault.setGate(address(gate));
        _deposit(bob, unit);
        gate.refuse(bob, true);
        bytes memory refusal = abi.encodeWithSelector(ICompoundingVault.CompoundingVault__GateRefused.selector, bob, bob);
        _refused(refusal);
        vm.assertEq(vault.maxDeposit(bob), 0);
        vm.assertGt(vault.maxDeposit(alice), 0);
        // A caller or a receiver that is refused is enough.
        token.mint(alice, unit);
        vm.expectRevert(
            abi.encodeWithSelector(ICompoundingVault.CompoundingVault__GateRefused.selector, alice, bob)
        );
        vm.prank(alice);
        vault.deposit(unit, bob);
        // Not at exits, not at transfers.
        vm.startPrank(bob);
        vault.transfer(carol, 1e17);
        vault.redeem(1e17, bob, bob);
        vault.exit(1e17, bob, bob, 0, _none());
        vm.stopPrank();
        vm.prank(alice);
        vault.transfer(bob, 1e18);
        // A gate that fails closes entries, and nothing else.
        TestGate.Mode[4] memory modes = [
            TestGate.Mode.Closed,
            TestGate.Mode.Revert,
            TestGate.Mode.BurnGas,
            TestGate.Mode.Two // no bool
        ];
        for (uint256 i = 0; i < 4; i++) {
            gate.setMode(modes[i]);
            vm.assertEq(vault.maxDeposit(alice), 0, "a failing gate");
            vm.assertEq(vault.maxMint(alice), 0, "a failing gate");
            vm.expectRevert();
            vm.prank(alice);
            vault.deposit(1, alice);
            _redeem(alice, 1e18);
        }
        vm.prank(curator);
        vault.setGate(address(0));
        _deposit(bob, unit);
    }

    /// @notice M9. One adapter or idle, never a split: by own cap, by each kind of group cap, by the market.
    function test_ReviewM9_ADepositIsNeverSplit() public {
        (bytes32 risk, ) = adapter.riskIds();
        uint256 held = adapter.realAssets();
        uint256 idle = vault.books().idle;
        vm.prank(guardian);
        vault.lowerCap(address(adapter), held + 10 * unit);
        _deposit(bob, 10 * unit + 1);
        vm.assertEq(vault.books().idle, idle + 10 * unit + 1, "above its cap by a wei: all of it idle");
        vm.assertEq(adapter.realAssets(), held);
        _deposit(bob, 10 * unit);
        vm.assertApproxEqAbs(adapter.realAssets(), held + 10 * unit, 2, "the cap itself is room");
        vm.prank(curator);
        vault.raiseCap(address(adapter), NO_CAP);

        held = adapter.realAssets();
        vm.prank(guardian);
        vault.lowerGroupCap(risk, held + 10 * unit, 10_000);
        _goesIdle(10 * unit + 1);
        _goesToTheMarket(10 * unit - 1);
        vm.prank(curator);
        vault.raiseGroupCap(risk, type(uint128).max, 10_000);

        held = adapter.realAssets();
        vm.prank(guardian);
        vault.lowerGroupCap(risk, type(uint128).max, 9_999); // idle is more than 0.01 %
        uint256 room = (vault.totalAssets() * 9_999) / 10_000 - held;
        _goesIdle(room + 1);
        vm.prank(curator);
        vault.raiseGroupCap(risk, type(uint128).max, 10_000);

        source.setRoom(0);
        _goesIdle(unit);
        source.setRoom(unit - 1);
        _goesIdle(unit);
        source.setRoom(unit);
        _goesToTheMarket(unit);
    }

    function test_Deposit_FirstAllocationSetsTheBit() public {
        (, IAdapter other) = _addSource();
        vm.startPrank(allocator);
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(other), address(adapter));
        vault.setOrder(order);
        vm.stopPrank();
        vm.assertFalse(_isAllocated(other));
        _deposit(bob, unit);
        vm.assertTrue(_isAllocated(other));
        vm.assertTrue(_isAllocated(adapter), "bits moved with the order");
        vm.assertApproxEqAbs(other.realAssets(), unit, 2);
    }

    /// @notice Two wei of rounding are a market's; three are an entry fee.
    function test_Deposit_CreditHoldsToTwoWei() public {
        HostileAdapter market = _onlyHostile();
        market.setTake(HostileAdapter.Take.CreditShort, 2);
        _deposit(bob, unit);
        market.setTake(HostileAdapter.Take.CreditShort, 3);
        _refused(
            abi.encodeWithSelector(ICompoundingVault.CompoundingVault__CreditShort.selector, unit, unit - 3)
        );
    }

    function test_Deposit_HandedBackTokensAreIdle() public {
        HostileAdapter market = _onlyHostile();
        uint256 idle = vault.books().idle;
        market.setTake(HostileAdapter.Take.HandBack, 0);
        _deposit(bob, unit);
        vm.assertEq(vault.books().idle, idle + unit);
        vm.assertFalse(_isAllocated(market), "nothing was lent");
        market.setTake(HostileAdapter.Take.HandBackShort, 1);
        _refused(
            abi.encodeWithSelector(
                ICompoundingVault.CompoundingVault__TransferShort.selector,
                idle + 2 * unit,
                idle + 2 * unit - 1
            )
        );
    }

    function test_Deposit_RevertWhen_AnAdapterFails() public {
        HostileAdapter market = _addHostile();
        _deallocate(adapter, unit);
        _allocate(market, unit);
        market.setValue(HostileAdapter.Value.Revert, 0);
        _refused(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, market));
        vm.assertEq(vault.maxDeposit(bob), 0);
    }

    /// @notice The same when it fails after the first touch of the transaction: caps are measured again, never with a hole.
    function test_Deposit_RevertWhen_AnAdapterFailsInTheSameTransaction() public {
        HostileAdapter market = _addHostile();
        _deallocate(adapter, unit);
        _allocate(market, unit);
        token.mint(address(batch), unit);
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = _call(address(vault), abi.encodeCall(vault.accrue, ()));
        calls[1] = _call(address(market), abi.encodeCall(market.setValue, (HostileAdapter.Value.Revert, 0)));
        calls[2] = _call(address(vault), abi.encodeCall(vault.deposit, (unit, address(batch))));
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, market));
        batch.run(calls);
    }

    function test_Deposit_RevertWhen_NoAllowanceOrBalance() public {
        address stranger = _account("stranger");
        vm.expectRevert();
        vm.prank(stranger);
        vault.deposit(unit, stranger);
        vm.expectRevert();
        vm.prank(bob); // approved, but poor
        vault.deposit(unit, bob);
    }

    /// @notice An amount beyond every type is refused by name, not by a panic.
    function test_Deposit_RevertWhen_BeyondTheTypes() public {
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__DepositCapExceeded.selector);
        vm.prank(alice);
        vault.deposit(MAX, alice);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__DepositCapExceeded.selector);
        vm.prank(alice);
        vault.deposit(type(uint104).max, alice);
    }

    function _refused(bytes memory reason) private {
        token.mint(bob, unit);
        vm.expectRevert(reason);
        vm.prank(bob);
        vault.deposit(unit, bob);
        token.burn(bob, unit);
    }

    function _goesIdle(uint256 assets) private {
        (uint256 idle, uint256 held) = (vault.books().idle, adapter.realAssets());
        _deposit(bob, assets);
        vm.assertEq(vault.books().idle, idle + assets, "not idle");
        vm.assertEq(adapter.realAssets(), held, "split");
    }

    function _goesToTheMarket(uint256 assets) private {
        (uint256 idle, uint256 held) = (vault.books().idle, adapter.realAssets());
        _deposit(bob, assets);
        vm.assertEq(vault.books().idle, idle, "idle");
        vm.assertApproxEqAbs(adapter.realAssets(), held + assets, 2);
    }

    /// @dev First in the order.
    function _onlyHostile() private returns (HostileAdapter market) {
        market = _addHostile();
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(market), address(adapter));
        vm.prank(allocator);
        vault.setOrder(order);
    }

    function _bareVault(TestToken asset) private returns (ICompoundingVault) {
        return
            ICompoundingVault(
                _create(
                    abi.encodePacked(
                        _vaultCode(),
                        abi.encode(asset, "Bare", "BARE", manager, feeRecipient, uint256(0), uint256(30))
                    )
                )
            );
    }
}
