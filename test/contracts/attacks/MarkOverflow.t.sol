// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Batch} from "../helpers/Batch.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice A vault with hardly more than its seed is given so much that its price leaves the 80 bits of the high-water mark
/// (1.2 million times par). From then on no price would be above the mark, no fee due, and no dip below it. With 18 decimals the
/// seed is a millionth of a token, so 1.25 tokens of released gift would do; the rest of the gift comes back to whoever is
/// the vault afterwards.
contract MarkOverflowTest is VaultFixture {
    uint256 internal constant GIFT = 210;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(1_000, 30);
    }

    /// @notice Made between the creation of a vault and its opening: `compound` is open to anyone.
    function test_A1_F1_AGiftBeforeTheFirstDepositSparesNobodyTheFee() public {
        token.mint(address(vault), GIFT * unit);
        vault.compound();
        _skip(1 hours);
        vault.accrue();
        _report("gift to the seed: attacker", -int256(GIFT * unit));
        _feesAreStillDue("gift to the seed");
    }

    /// @notice In one transaction after the opening: in with 100,000, a gift, and out, so that the lock outlives the NAV that it
    /// was made on. A minute later the price is out of bounds, unless somebody else came in between.
    function test_A1_F1_AGiftWithAFlashLoanSparesNobodyTheFee() public {
        token.mint(address(batch), 120_000 * unit);
        uint256 shares = vault.previewDeposit(100_000 * unit);
        Batch.Call[] memory calls = new Batch.Call[](4);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (100_000 * unit, address(batch))));
        calls[1] = _call(address(token), abi.encodeCall(token.transfer, (address(vault), 20_000 * unit)));
        calls[2] = _call(address(vault), abi.encodeCall(vault.compound, ()));
        calls[3] = _call(address(vault), abi.encodeCall(vault.redeem, (shares, address(batch), address(batch))));
        batch.run(calls);
        _skip(1 minutes);
        vault.accrue();
        _report("gift with a flash loan: attacker", int256(token.balanceOf(address(batch))) - int256(120_000 * unit));
        _feesAreStillDue("gift with a flash loan");
    }

    /// @notice Leaving by `exit` again and again restates the lock; each time it may release what is due since the last one.
    function test_A1_F1_ExitsDoNotReleaseFaster() public {
        _deposit(mallory, 1_000);
        token.mint(address(vault), GIFT * unit);
        vault.compound();
        for (uint256 i = 0; i < 60; i++) {
            _skip(1 minutes);
            _exit(mallory, 10, _none());
        }
        vm.assertLe(vault.pps(), uint256(1e18) + 1e18 / 100, "more than an hour's part of NAV was released");
    }

    /// @notice What waits is nobody's loss: it enters the price of those who come, at maxRate.
    function test_A3_WhatWaitsFlowsInAtMaxRate() public {
        token.mint(address(vault), GIFT * unit);
        vault.compound();
        _skip(LOCK);
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        uint256 most = (1_000 * unit * 30) / 36_500;
        uint256 paid = _redeemAll(alice);
        _report("holder of 1,000 on a gift that waits, a day", int256(paid) - int256(1_000 * unit));
        vm.assertApproxEqRel(paid - 1_000 * unit, (most * 9) / 10, 0.001e18, "a tenth is the fee");
    }

    /// @dev Alice brings 1,000, and later the vault earns 100.
    function _feesAreStillDue(string memory how) private {
        _report(string.concat(how, ": price, par = 1e18"), int256(vault.pps()));
        vm.assertLt(vault.lock().hwm, type(uint80).max, "the mark is full");
        _deposit(alice, 1_000 * unit);
        _skip(8 days);
        vault.accrue();
        uint256 before = vault.convertToAssets(vault.balanceOf(feeRecipient));
        token.mint(address(vault), 100 * unit);
        vault.compound();
        _skip(8 days);
        vault.accrue();
        uint256 fee = vault.convertToAssets(vault.balanceOf(feeRecipient)) - before;
        _report(string.concat(how, ": fee of 10 % on 100"), int256(fee));
        vm.assertGe(fee, 10 * unit - unit / 100, "F1: the fee is not due any more");
        vm.assertGe(_wealth(alice), 1_090 * unit, "the holder");
    }
}
