// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VaultFixture} from "../helpers/VaultFixture.sol";
import {VaultAttack} from "./VaultAttack.sol";

/// @notice Attacks on a gain that waits: on who brings it in how fast, and whose it is.
contract VaultWaitingTest is VaultAttack {
    constructor() VaultFixture(18) {}

    /// @notice In at a reported gain of 100 on 1,000, with 100,000, and out. In the same block: 0 for everyone. Best peers
    /// after a day: those that book any gain at once, so a lie too, 0; Yearn, which streams, 8.9; Beefy 89.6.
    function test_A3_ProfitSandwich_ReportedGain() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _gain(100 * unit);
        uint256 id = vm.snapshotState();
        _deposit(mallory, 100_000 * unit);
        _redeemAll(mallory);
        _report("sandwich of a reported gain, same block: attacker", _profit(mallory, 100_000 * unit));
        vm.assertLe(_profit(mallory, 100_000 * unit), int256(0), "A3: same block");
        vm.revertToState(id);
        _deposit(mallory, 100_000 * unit);
        _skip(1 days);
        _redeemAll(mallory);
        int256 profit = _profit(mallory, 100_000 * unit);
        _report("sandwich of a reported gain, a day: attacker", profit);
        vm.assertLe(profit, int256((100 * unit) / 14), "A3: newcomers hastened the gain");
    }

    /// @notice A3. Nor does it pay to stay for some days, with whatever capital, however seldom anyone accrues. Yearn: 8.9 for
    /// each of ten days.
    function testFuzz_A3_NewcomersDontHasten(uint256 capital, uint256 entered, uint256 stays, uint256 touches) public {
        capital = _bound(capital, 1_000 * unit, 10_000_000 * unit);
        (entered, stays, touches) = (_bound(entered, 0, 7 days), _bound(stays, 1 hours, 7 days), _bound(touches, 1, 8));
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _gain(100 * unit);
        vault.accrue();
        uint256 left = _gross() - vault.totalAssets();
        vm.assertTrue(_waits(), "no gain waits");
        _skip(entered);
        _deposit(mallory, capital);
        for (uint256 i = 1; i <= touches; i++) {
            _skip(stays / touches);
            vault.accrue();
        }
        _redeemAll(mallory);
        vm.assertLe(_profit(mallory, capital), int256(_most(left, capital, stays)), "A3: newcomers hastened the gain");
    }

    /// @notice A3. All of it flows in at last: a fourteenth of it a day, maxRate of what was there before where that is more,
    /// and what a hundred-thousandth of it is at once.
    function test_A3_WhatWaitsFlowsIn() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _gain(100 * unit);
        uint256 before = vault.books().nav;
        _deposit(mallory, 50_000 * unit);
        uint256 left = _gross() - vault.totalAssets();
        uint256 days_;
        for (; _waits(); days_++) {
            vm.assertApproxEqAbs(_gross() - vault.totalAssets(), left, 1e6, "what waits");
            _skip(1 days);
            vault.accrue();
            uint256 fast = (before * 30) / 36_500;
            left -= left / 14 > fast ? left / 14 : left < fast ? left : fast;
        }
        vm.assertEq(days_, 44, "30 days to 11.5, of which maxRate of 1,000 brings 0.82 a day");
        vm.assertEq(vault.totalAssets(), _gross(), "nothing waits");
    }

    /// @notice A3. Who accrues when changes nothing for those who are here: never less than without it, nor more than what
    /// accruing compounds.
    function testFuzz_A3_AccruingDelaysNothing(uint256 lump, uint256 stays, uint256 touches) public {
        (lump, stays, touches) = (_bound(lump, unit, 200 * unit), _bound(stays, 1, 6 days), _bound(touches, 1, 8));
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _gain(lump);
        uint256 id = vm.snapshotState();
        _skip(stays);
        uint256 quiet = vault.totalAssets();
        vm.revertToState(id);
        for (uint256 i = 0; i < touches; i++) {
            vault.accrue();
            _skip(stays / touches);
        }
        _skip(stays % touches);
        uint256 busy = vault.totalAssets();
        vm.assertGe(busy + touches, quiet, "A3: accruing delayed a gain");
        vm.assertLe(busy - 1_000 * unit, ((quiet - 1_000 * unit) * 1_006) / 1_000 + touches, "A3: accruing hastened a gain");
    }

    /// @notice A3. Four weekly lumps of 10 % a year, accrued three days after each or a block after each: the same for who
    /// leaves then. Where what waits came in by the fourteenth alone: 7.7 and 4.6.
    function test_A3_AccruingAfterEachLump() public {
        int256[2] memory earned;
        for (uint256 i = 0; i < 2; i++) {
            uint256 id = vm.snapshotState();
            _deposit(alice, 1_000 * unit);
            for (uint256 week = 0; week < 4; week++) {
                _skip(4 days);
                vault.accrue();
                _gain((vault.totalAssets() * 10) / 5_214);
                _skip(12);
                if (i == 1) vault.accrue();
                _skip(3 days - 12);
                vault.accrue();
            }
            _redeemAll(alice);
            earned[i] = _profit(alice, 1_000 * unit);
            vm.revertToState(id);
        }
        _report("four weekly lumps, accrued days after each: holder of 1,000", earned[0]);
        _report("                   a block after each", earned[1]);
        vm.assertApproxEqAbs(earned[1], earned[0], 1e15, "A3: an accrual delayed what others earned");
    }

    /// @notice A3. Nor do those who leave and enter again: what waits knows the least assets that there were.
    function test_A3_LeavingAndEnteringHastensNothing() public {
        _deposit(alice, 1_000 * unit);
        _deposit(bob, 99_000 * unit);
        _skip(1 days);
        _gain(300 * unit);
        vault.accrue();
        vm.assertTrue(_waits(), "no gain waits");
        uint256 left = _gross() - vault.totalAssets();
        _redeemAll(bob);
        vault.accrue();
        _deposit(mallory, 99_000 * unit);
        _skip(1 days);
        _redeemAll(mallory);
        int256 profit = _profit(mallory, 99_000 * unit);
        _report("in for those who left 300 behind, a day: attacker", profit);
        vm.assertLe(profit, int256(left / 14), "A3: entering again hastened a gain");
    }

    /// @notice A3. In before a lump of 100, out after a while: a source that books lumps at once shares them among all who
    /// are in it. Here at most maxRate of what the capital is, for the time that it stayed; peers without a lock: all of it.
    function testFuzz_A3_BeforeALump_AtMostMaxRate(uint256 capital, uint256 stays, bool touched) public {
        (capital, stays) = (_bound(capital, unit, 1_000_000 * unit), _bound(stays, 12, 6 days));
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _deposit(mallory, capital);
        _gain(100 * unit);
        if (touched) vault.accrue();
        _skip(stays);
        _redeemAll(mallory);
        // Within a day's room that the others had saved, in which a newcomer's capital has no part yet.
        uint256 most = (capital * 30 * stays) / (100 * 365 days);
        vm.assertLe(_profit(mallory, capital), int256(most + most / 100 + 1), "A3: more than maxRate");
    }

    function test_A3_BeforeALump_Row() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _deposit(mallory, 100_000 * unit);
        _gain(100 * unit);
        _skip(1 days);
        _redeemAll(mallory);
        _report("in before a lump of 100, a day with 100,000: attacker", _profit(mallory, 100_000 * unit));
        _report("                                             holder of 1,000", int256(_worth(alice)) - int256(1_000 * unit));
    }

    /// @notice A3, C2. A fall of 1.9 % was realised and its recovery is reported: nobody buys what is in sight. Where entries
    /// opened at 98 % of the mark all the same: +18.8 of the 19 for 100,000, within an hour.
    function test_A3_ARecoveryInSightIsNotForSale() public {
        uint256[2] memory fall = [uint256(19), 100];
        for (uint256 i = 0; i < 2; i++) {
            uint256 id = vm.snapshotState();
            _deposit(alice, 1_000 * unit);
            _skip(1 days);
            _lose(fall[i] * unit);
            vault.accrue();
            _skip(12);
            _gain(fall[i] * unit);
            uint256 hours_;
            for (; vault.maxDeposit(mallory) == 0; hours_++) _skip(1 hours);
            vm.assertEq(hours_, i == 0 ? 5 : 24, "a tenth of the mark a day"); // 1.9 % in 4.6 hours, 10 % in a day
            _deposit(mallory, 100_000 * unit);
            _skip(1 hours);
            _redeemAll(mallory);
            int256 profit = _profit(mallory, 100_000 * unit);
            _report(string.concat("in at the end of a recovery of ", vm.toString(fall[i]), ", an hour: attacker"), profit);
            vm.assertLe(profit, int256(1_000), "A3: part of a recovery was sold");
            vm.revertToState(id);
        }
    }

    /// @notice A3. A fall and a lump come in together: what a newcomer lacks to the mark isn't paid out of what waits. Where
    /// entries opened a basis point below it: +97 of 100 for a million, in two minutes.
    function test_A3_NoWayBackForNewcomers() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _lose(5 * unit);
        vault.accrue();
        _skip(12);
        _gain(105 * unit);
        while (vault.maxDeposit(mallory) == 0) _skip(12);
        _deposit(mallory, 1_000_000 * unit);
        vm.assertTrue(_waits(), "no gain waits");
        for (uint256 i = 0; i < 10; i++) {
            _skip(12);
            vault.accrue();
        }
        _redeemAll(mallory);
        int256 profit = _profit(mallory, 1_000_000 * unit);
        _report("in where the mark is reached, 100 waits, two minutes: attacker", profit);
        uint256 most = _most(101 * unit, 1_000_000 * unit, 2 minutes);
        vm.assertLe(profit, int256(most), "A3: the way back to the mark was for sale");
    }

    /// @notice A3. A gift to a vault that is a little below its mark closes it for minutes: what it costs goes to the holders.
    function test_A3_AGiftBelowTheMarkClosesForMinutes() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _lose(5 * unit);
        vault.accrue();
        _skip(1 hours);
        vm.assertGt(vault.maxDeposit(bob), 0, "closed at 99.5 % with nothing in sight");
        vault.accrue();
        _giftYieldShares(mallory, unit);
        vm.assertEq(vault.maxDeposit(bob), 0, "open with a recovery in sight");
        _skip(15 minutes); // a thousandth, at a tenth a day: 864 s
        vm.assertGt(vault.maxDeposit(bob), 0, "closed for longer than what was in sight lasts");
    }

    /// @notice A3. Also after everything was lost, where the least that there was is the seed, the wait ends in time.
    function test_A3_TheWaitEndsAfterATotalLoss() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        source.lose(token.balanceOf(address(source)));
        vault.accrue();
        vm.assertLe(vault.totalAssets(), unit / 1e6, "all but the seed, which lies idle");
        token.mint(address(source), 2_010 * unit); // half of it is the vault's
        uint256 days_;
        do {
            _skip(1 days);
            vault.accrue();
        } while (_waits() && ++days_ < 150);
        vm.assertLt(days_, 150, "A3: what waits never ended");
        vm.assertGe(vault.totalAssets() + unit / 1_000, _gross(), "and brought less than was there");
    }

    /// @notice A3. A cent given to a vault of ten, before a million enters: nobody's own yield waits for it.
    function test_A3_AGiftDelaysNobodysYield() public {
        int256[2] memory earned;
        for (uint256 i = 0; i < 2; i++) {
            uint256 id = vm.snapshotState();
            _deposit(alice, 10 * unit);
            if (i == 1) _giftYieldShares(mallory, unit / 100);
            _skip(1 hours);
            vault.accrue();
            vm.assertEq(_waits(), i == 1, "whether a gain waits");
            _deposit(bob, 1_000_000 * unit);
            for (uint256 day = 0; day < 7; day++) {
                source.gain((token.balanceOf(address(source)) * 5) / 36_500);
                _skip(1 days);
                vault.accrue();
            }
            _redeemAll(bob);
            earned[i] = _profit(bob, 1_000_000 * unit);
            vm.revertToState(id);
        }
        _report("7 days' yield of a million: without a gift before", earned[0]);
        _report("                            with one of a cent to a vault of ten", earned[1]);
        vm.assertGe(earned[1], earned[0], "A3: a gift held others' yield back");
    }

    /// @notice A3. Nor do gifts that keep a wait alive since the vault was small: a million's weekly lumps come as without.
    function test_A3_AWaitFromSmallDaysDelaysNobody() public {
        int256[2] memory earned;
        for (uint256 i = 0; i < 2; i++) {
            uint256 id = vm.snapshotState();
            _deposit(alice, 10 * unit);
            if (i == 1) _giftYieldShares(mallory, unit);
            vault.accrue();
            _deposit(bob, 1_000_000 * unit);
            for (uint256 hour = 1; hour <= 28 * 24; hour++) {
                _skip(1 hours);
                if (i == 1) {
                    vault.accrue();
                    _giftYieldShares(mallory, unit / 20);
                }
                if (hour % 6 == 0 || i == 1) vault.accrue();
                if (hour % (7 * 24) == 4 * 24) _gain(1_000 * unit);
            }
            _redeemAll(bob);
            earned[i] = _profit(bob, 1_000_000 * unit);
            vm.revertToState(id);
        }
        _report("four lumps of 1,000 for a million: without gifts", earned[0]);
        _report("                   with 34.6 in gifts, an hour apart", earned[1]);
        vm.assertGe(earned[1], earned[0], "A3: gifts held others' yield back");
    }

    /// @notice I7. A loss takes what waits, and then nothing waits: what is earned later flows in as ever.
    function test_A3_ALossEndsTheWait() public {
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        source.gain(20 * unit);
        vault.accrue();
        vm.assertTrue(_waits(), "no gain waits");
        source.lose(20 * unit);
        vault.accrue();
        vm.assertFalse(_waits(), "a gain waits that was lost");
        uint256 nav = vault.totalAssets();
        source.gain(unit);
        _skip(1 days);
        vm.assertApproxEqAbs(vault.totalAssets(), nav + unit / 2, 2, "half of it is the vault's, less than maxRate of it");
    }

    /// @dev What a newcomer with `capital` can have of `left` that waits: a fourteenth a day, or maxRate of a hundredth of NAV.
    function _most(uint256 left, uint256 capital, uint256 stays) private view returns (uint256) {
        uint256 byRate = (((vault.totalAssets() + capital) / 100) * 30 * stays) / (100 * 365 days);
        uint256 byTime = (left * stays) / 14 days;
        return byTime > byRate ? byTime : byRate;
    }

    function _waits() private view returns (bool) {
        return vault.lock().flags & 16 != 0;
    }

    function _worth(address who) private view returns (uint256) {
        return vault.convertToAssets(vault.balanceOf(who));
    }
}
