// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Batch} from "../helpers/Batch.sol";
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
        uint256 fair = _plainly(BAD_DEBT, 0);
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

    /// @dev By `exit` it leaves with its part of the loss.
    function test_A2_AFlashDepositMayLeaveByExit() public {
        uint256 fair = _plainly(BAD_DEBT, 0);
        uint256 shares = vault.previewDeposit(LOAN);
        batch.run(_around(BAD_DEBT, abi.encodeCall(vault.exit, (shares, address(batch), address(batch), 0, _none()))));
        _skip(12);
        _report("who left by exit, of 90,000,000", int256(token.balanceOf(address(batch))) - int256(LOAN));
        vm.assertLe(token.balanceOf(address(batch)), LOAN);
        vm.assertGe(_wealth(alice) + unit, fair);
    }

    /// @dev Nor is its part left to what is locked, though that could pay for all of the loss.
    function test_A2_AFlashDepositLeavesNothingToTheLock() public {
        token.mint(address(vault), 101_000 * unit);
        vault.compound(); // some 101,000 locked
        _skip(12);
        _leavesByExit(50_000 * unit);
    }

    /// @dev Nor to a gain that waits.
    function test_A2_AFlashDepositLeavesNothingToWhatWaits() public {
        source.gain(2_000_000 * unit);
        _skip(12);
        vault.accrue();
        _leavesByExit(100_000 * unit);
    }

    /// @dev What waits outside of the price is the holders' too: a loss that it covers is one.
    function test_A2_NorOneThatAWaitingGainCovers() public {
        source.gain(2_000_000 * unit); // a fifth for the vault, most of it waits
        _skip(12);
        vault.accrue();
        vm.assertGt(vault.waiting().assets, 150_000 * unit);
        Batch.Call[] memory calls = _around(BAD_DEBT, abi.encodeCall(vault.withdraw, (LOAN - unit, address(batch), address(batch))));
        calls[1] = _call(address(source), abi.encodeCall(source.lose, (100_000 * unit)));
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__LossSinceTouched.selector);
        batch.run(calls);
    }

    /// @dev The next transaction knows of the loss, and everyone leaves at the price after it.
    function test_A2_TheNextTransactionGoesOn() public {
        source.lose(BAD_DEBT);
        vault.accrue();
        vm.assertGt(_redeemAll(alice), 800_000 * unit);
    }

    /// @dev What alice has 40 weeks later, with a loss of `debt` and with a flash deposit around it.
    function _leavesByExit(uint256 debt) private {
        uint256 fair = _plainly(debt, 40);
        uint256 shares = vault.previewDeposit(LOAN);
        batch.run(_around(debt, abi.encodeCall(vault.exit, (shares, address(batch), address(batch), 0, _none()))));
        _weeks(40);
        _report("holder of 1,000,000 and what was not hers yet", int256(fair) - int256(1_000_000 * unit));
        _report("  with a flash deposit around the loss", int256(_wealth(alice)) - int256(1_000_000 * unit));
        vm.assertGe(_wealth(alice) + unit, fair);
    }

    function _plainly(uint256 debt, uint256 weeks_) private returns (uint256 fair) {
        uint256 snapshot = vm.snapshotState();
        source.lose(debt);
        _weeks(weeks_);
        fair = _wealth(alice);
        vm.revertToState(snapshot);
    }

    /// @dev What waits flows in as the vault is accrued.
    function _weeks(uint256 count) private {
        _skip(12);
        for (uint256 i = 0; i < count; ++i) {
            _skip(7 days);
            vault.accrue();
        }
    }

    function _around(uint256 debt, bytes memory leave) private view returns (Batch.Call[] memory calls) {
        calls = new Batch.Call[](3);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (LOAN, address(batch))));
        calls[1] = _call(address(source), abi.encodeCall(source.lose, (debt)));
        calls[2] = _call(address(vault), leave);
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
