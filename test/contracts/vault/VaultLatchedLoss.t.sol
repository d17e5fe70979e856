// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Batch} from "../helpers/Batch.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {ReceiverToken} from "../helpers/HostileTokens.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice A market has a loss that nobody has realised, and whoever calls it does. A flash of capital that is in the vault at
/// that moment bears its part of it there; at the price of the transaction's beginning it would leave without it.
contract VaultLatchedLossTest is VaultFixture {
    uint256 internal constant LOAN = 90_000_000e18;
    uint256 internal constant BAD_DEBT = 1_000_000e18;

    Source4626 internal source;
    IAdapter internal adapter;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(0, 30);
        (source, adapter) = _addSource();
        _deposit(alice, 1_000_000 * unit);
        // Beside her mallory has nine millions in the source, none of it to be had.
        token.mint(mallory, 9_000_000 * unit);
        vm.startPrank(mallory);
        token.approve(address(source), MAX);
        source.deposit(9_000_000 * unit, mallory);
        vm.stopPrank();
        token.mint(address(batch), LOAN);
    }

    /// @dev Without a loan around it she loses 99,990 of the million; with it it were 909,991.
    function test_A2_AFlashDepositLeavesNoLossToHolders() public {
        uint256 fair = _plainly();
        Batch.Call[] memory calls = _around(BAD_DEBT, abi.encodeCall(vault.withdraw, (LOAN - unit, address(batch), address(batch))));
        bytes4 refusal;
        try batch.run(calls) {} catch (bytes memory answer) {
            refusal = bytes4(answer);
        }
        _skip(12);
        _report("holder of 1,000,000, after a plain liquidation", int256(fair) - int256(1_000_000 * unit));
        _report("  with a flash deposit around it", int256(_wealth(alice)) - int256(1_000_000 * unit));
        vm.assertGe(_wealth(alice) + unit, fair);
        vm.assertTrue(refusal == ICompoundingVault.CompoundingVault__LossSinceTouched.selector);
    }

    /// @dev Nor by `exit`: all of its part would be left to what is locked, which could pay for the whole loss. 40,055 less for
    /// her if it were not refused.
    function test_A2_NorByExitToTheLock() public {
        token.mint(address(vault), 101_000 * unit);
        vault.compound(); // some 101,000 locked
        _skip(12);
        _isRefused(_exitAround(50_000 * unit));
    }

    /// @dev Nor to a gain that waits: 79,411 less.
    function test_A2_NorByExitToWhatWaits() public {
        source.gain(2_000_000 * unit);
        _skip(12);
        vault.accrue();
        _isRefused(_exitAround(100_000 * unit));
    }

    /// @dev Nor behind the removal of an adapter that has nothing, for which a passed proposal may be executed by anyone.
    function test_A2_NorBehindARemoval() public {
        IAdapter nothing = _addHostile();
        token.mint(address(vault), 101_000 * unit);
        vault.compound();
        manager.grantRole(CURATOR, address(batch), 0);
        _skip(12);
        Batch.Call[] memory calls = _exitAround(50_000 * unit);
        Batch.Call[] memory more = new Batch.Call[](4);
        (more[0], more[1], more[3]) = (calls[0], calls[1], calls[2]);
        more[2] = _call(address(vault), abi.encodeCall(vault.removeAdapter, (address(nothing), 0)));
        _isRefused(more);
    }

    /// @dev Who leaves past a dry market after somebody else's call, or after other leavers, gets what they would get before it.
    function testFuzz_A2_LeaversOfATransactionGetTheSame(uint256 first, uint256 second, uint256 locked) public {
        HostileAdapter dry = _addHostile();
        _deposit(bob, 300_000 * unit);
        _deposit(carol, 200_000 * unit);
        token.mint(address(vault), _bound(locked, 1, 900_000 * unit));
        vault.compound();
        _skip(1 days);
        _deallocate(adapter, 400_000 * unit);
        _allocate(dry, 400_000 * unit);
        dry.setLiquidity(0);
        _skip(12);
        (first, second) = (_bound(first, unit, vault.balanceOf(bob)), _bound(second, unit, vault.balanceOf(carol)));
        vm.prank(bob);
        vault.approve(address(batch), MAX);
        vm.prank(carol);
        vault.approve(address(batch), MAX);
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = _call(address(vault), abi.encodeCall(vault.accrue, ()));
        calls[1] = _call(address(vault), abi.encodeCall(vault.exit, (first, bob, bob, 0, _one(address(dry)))));
        calls[2] = _call(address(vault), abi.encodeCall(vault.exit, (second, carol, carol, 0, _one(address(dry)))));
        batch.run(calls);
        vm.assertApproxEqAbs(token.balanceOf(bob) * second, token.balanceOf(carol) * first, 3 * (first + second));
    }

    /// @dev What waits outside of the price is the holders' too: a loss that it covers is one.
    function test_A2_NorOneThatAWaitingGainCovers() public {
        source.gain(2_000_000 * unit); // a fifth for the vault, most of it waits
        _skip(12);
        vault.accrue();
        vm.assertGt(vault.waiting().assets, 150_000 * unit);
        Batch.Call[] memory calls = _around(BAD_DEBT, abi.encodeCall(vault.withdraw, (LOAN - unit, address(batch), address(batch))));
        calls[1] = _call(address(source), abi.encodeCall(source.lose, (100_000 * unit)));
        _isRefused(calls);
    }

    /// @dev Nor does a price view tell of the price before it: a vault over this one would take it for true. `max*` are 0.
    function test_A4_ViewsKnowOfALossSince() public {
        Batch.Call[] memory calls = _around(BAD_DEBT, abi.encodeCall(vault.convertToAssets, (1e18)));
        _isRefused(calls);
        calls[2] = _call(address(vault), abi.encodeCall(vault.maxWithdraw, (address(batch))));
        vm.assertEq(abi.decode(batch.run(calls)[2], (uint256)), 0);
    }

    /// @dev The next transaction knows of the loss, and everyone leaves at the price after it.
    function test_A2_TheNextTransactionGoesOn() public {
        source.lose(BAD_DEBT);
        vault.accrue();
        vm.assertGt(_redeemAll(alice), 800_000 * unit);
    }

    function _isRefused(Batch.Call[] memory calls) private {
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__LossSinceTouched.selector);
        batch.run(calls);
    }

    function _exitAround(uint256 debt) private view returns (Batch.Call[] memory) {
        uint256 shares = vault.previewDeposit(LOAN);
        return _around(debt, abi.encodeCall(vault.exit, (shares, address(batch), address(batch), 0, _none())));
    }

    function _plainly() private returns (uint256 fair) {
        uint256 snapshot = vm.snapshotState();
        source.lose(BAD_DEBT);
        _skip(12);
        fair = _wealth(alice);
        vm.revertToState(snapshot);
    }

    function _around(uint256 debt, bytes memory leave) private view returns (Batch.Call[] memory calls) {
        calls = new Batch.Call[](3);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (LOAN, address(batch))));
        calls[1] = _call(address(source), abi.encodeCall(source.lose, (debt)));
        calls[2] = _call(address(vault), leave);
    }
}

/// @notice The asset calls who receives it. A payout comes from idle and from two markets, and the receiver has one of them lose
/// as soon as anything arrives.
contract VaultPayoutInPartsTest is VaultFixture {
    uint256 internal constant FLASH = 19_000_000e18;
    uint256 internal constant BAD_DEBT = 300_000e18;

    ReceiverToken internal calling;
    Source4626 internal first;
    Source4626 internal second;

    constructor() VaultFixture(18) {}

    function setUp() public {
        calling = new ReceiverToken(18);
        _setUpVault(calling, 0, 30);
        IAdapter adapter;
        (first, adapter) = _addSource();
        IAdapter other;
        (second, other) = _addSource();
        _deposit(alice, 1_000_000 * unit);
        _deposit(bob, 1_000_000 * unit);
        _deallocate(adapter, 1_500_000 * unit);
        _allocate(other, 1_500_000 * unit);
        vm.prank(allocator);
        vault.lowerCap(address(adapter), FLASH + unit / 2);
        token.mint(mallory, 1_000_000 * unit);
        vm.startPrank(mallory);
        token.approve(address(first), MAX);
        first.deposit(1_000_000 * unit, mallory); // so that a part of the loss is hers
        vm.stopPrank();
        _skip(12);
    }

    function test_A2_AReceiverIsCalledWhenAllHavePaid_Withdraw() public {
        _attack(abi.encodeCall(vault.withdraw, (FLASH - unit, address(batch), address(batch))));
    }

    /// @dev Nor by `exit` in a transaction of its own, past the first market.
    function test_A2_AReceiverIsCalledWhenAllHavePaid_Exit() public {
        uint256 shares = vault.previewDeposit(FLASH);
        _attack(abi.encodeCall(vault.exit, (shares, address(batch), address(batch), 0, _none())));
    }

    /// @dev In with the flash, a million of it idle and the rest lent; out again in the next transaction, around the loss.
    function _attack(bytes memory leave) private {
        token.mint(address(batch), FLASH);
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (FLASH - 1_000_000 * unit, address(batch))));
        calls[1] = _call(address(vault), abi.encodeCall(vault.deposit, (1_000_000 * unit, address(batch))));
        batch.run(calls);
        _skip(12);
        uint256 fair = _afterAPlainLoss(leave);
        uint256 before = token.balanceOf(address(batch));
        Batch.Call[] memory hook = new Batch.Call[](1);
        hook[0] = _call(address(first), abi.encodeCall(first.lose, (BAD_DEBT)));
        vm.prank(address(batch));
        calling.callMe(abi.encodeCall(batch.run, (hook)));
        Batch.Call[] memory last = new Batch.Call[](1);
        last[0] = _call(address(vault), leave);
        batch.run(last);
        _skip(12);
        _report("holder of 1,000,000, whose leaver makes a loss behind him", int256(fair) - int256(1_000_000 * unit));
        _report("  in the middle of his payout", int256(_wealth(alice)) - int256(1_000_000 * unit));
        vm.assertGe(token.balanceOf(address(batch)), before + FLASH - 2 * unit); // he was paid, and the loss came
        vm.assertLt(_wealth(alice), 960_000 * unit);
        vm.assertGe(_wealth(alice) + unit, fair);
    }

    /// @dev Who leaves before a loss that nobody could foresee leaves without it.
    function _afterAPlainLoss(bytes memory leave) private returns (uint256 fair) {
        uint256 snapshot = vm.snapshotState();
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _call(address(vault), leave);
        calls[1] = _call(address(first), abi.encodeCall(first.lose, (BAD_DEBT)));
        batch.run(calls);
        _skip(12);
        fair = _wealth(alice);
        vm.revertToState(snapshot);
    }
}

/// @notice A vault of a thousand wei, its seed, at a price of its source that divides nothing.
contract VaultRoundingsTest is VaultFixture {
    constructor() VaultFixture(6) {}

    /// @dev What the market rounds away on twenty ways in and out is no loss, though no part of such a vault is that much.
    function test_A2_RoundingsAreNoLoss() public {
        _setUpVault(0, 30);
        (Source4626 source, ) = _addSource();
        source.gain(234_567_891);
        Batch.Call[] memory calls = new Batch.Call[](40);
        for (uint256 i = 0; i < 40; i += 2) {
            calls[i] = _call(address(vault), abi.encodeCall(vault.deposit, (10_001 + i, address(batch))));
            calls[i + 1] = _call(address(vault), abi.encodeCall(vault.withdraw, (9_990, address(batch), address(batch))));
        }
        token.mint(address(batch), unit);
        batch.run(calls);
    }
}
