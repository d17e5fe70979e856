// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice Losses, the lock, maxRate, the mark and the fee, each against the specification's formula.
abstract contract VaultAccrual is VaultFixture {
    HostileAdapter internal market; // reports what it holds: no market's rounding in the figures

    function setUp() public {
        _setUpVault(1_000, 30);
        market = _addHostile();
        _deposit(alice, 1_000 * unit);
    }

    /* LOCK */

    function testFuzz_I6_TheLockFallsOnALine(uint256 gain, uint256 t1, uint256 t2) public {
        gain = _bound(gain, 1, 500 * unit);
        token.mint(address(vault), gain);
        vm.assertEq(vault.compound(), gain);
        t1 = _bound(t1, 0, 8 days);
        _skip(t1);
        vm.assertEq(vault.locked(), t1 >= LOCK ? 0 : Math.ceilDiv(gain * (LOCK - t1), LOCK), "I6: off the line");
        vault.accrue();
        vm.assertEq(vault.totalAssets() + vault.locked(), _gross(), "I1: something is missing");
        // An accrual restates the lock on the same line: within a wei, never above.
        t2 = _bound(t2, 0, 8 days);
        _skip(t2);
        uint256 line = t1 + t2 >= LOCK ? 0 : Math.ceilDiv(gain * (LOCK - t1 - t2), LOCK);
        vm.assertGe(vault.locked(), line);
        vm.assertLe(vault.locked(), line + 1, "I6: an accrual moved the line");
    }

    /// @notice The end is the average of both ends, weighted by amount, rounded down: never later than a full period.
    function testFuzz_I6_AnAdditionTakesTheWeightedEnd(uint256 first, uint256 wait, uint256 second) public {
        first = _bound(first, 1, 500 * unit);
        second = _bound(second, 1, 500 * unit);
        wait = _bound(wait, 0, 8 days);
        token.mint(address(vault), first);
        vault.compound();
        _skip(wait);
        uint256 held = vault.locked();
        token.mint(address(vault), second);
        vault.compound();
        uint256 left = wait >= LOCK ? 0 : LOCK - wait;
        uint256 expected = block.timestamp + (held * left + second * LOCK) / (held + second);
        vm.assertEq(vault.lock().end, expected, "I6: the weighted end");
        vm.assertEq(vault.locked(), held + second);
        vm.assertTrue(vault.lock().end <= block.timestamp + LOCK, "I6: later than its period");
    }

    /* LOSS */

    function testFuzz_I7_WaitingPaysThenTheLockThenThePrice(uint256 locked, uint256 waiting, uint256 loss) public {
        locked = _bound(locked, 0, 200 * unit);
        waiting = _bound(waiting, 0, 200 * unit);
        token.mint(address(vault), locked);
        vault.compound();
        market.gain(waiting);
        vault.accrue();
        uint256 nav = vault.totalAssets();
        vm.assertEq(vault.totalAssets() + vault.locked() + waiting, _gross());
        loss = _bound(loss, 0, market.realAssets());
        market.lose(loss);
        uint256 fromLock = Math.min(vault.lock().locked, loss > waiting ? loss - waiting : 0);
        uint256 fromNav = loss > waiting + locked ? loss - waiting - locked : 0;
        vault.accrue();
        vm.assertEq(vault.totalAssets(), nav - fromNav, "I7: the price pays last");
        vm.assertEq(vault.locked(), locked - fromLock, "I7: the lock pays second");
    }

    function test_LossRealised_IsSaid() public {
        token.mint(address(vault), 50 * unit);
        vault.compound();
        uint256 nav = vault.totalAssets();
        market.lose(80 * unit);
        vm.expectEmit(address(vault));
        emit ICompoundingVault.LossRealised(nav, nav - 30 * unit, 50 * unit);
        vault.accrue();
    }

    /* RATE */

    function testFuzz_I5_GainsComeNoFasterThanMaxRate(uint256 gain, uint256 rate, uint256 silence) public {
        rate = _bound(rate, 0, 200);
        vm.prank(curator);
        vault.setMaxRate(rate);
        vault.accrue();
        uint256 nav = vault.totalAssets();
        gain = _bound(gain, 0, 2_000 * unit);
        market.gain(gain);
        silence = _bound(silence, 0, 60 days);
        _skip(silence);
        uint256 room = (nav * rate * Math.min(silence, 7 days)) / (100 * 365 days);
        // At the mark NAV is a wei below `mark × (supply + V)`, so that wei counts as a recovery.
        vm.assertApproxEqAbs(vault.totalAssets(), nav + Math.min(gain, room), 1, "I5: not what maxRate allows");
    }

    /// @notice Below the mark: a tenth of the NAV at the mark a day, up to the mark and not past it.
    function testFuzz_I5_RecoveryBelowTheMark(uint256 loss, uint256 gain, uint256 time) public {
        loss = _bound(loss, unit, 1_000 * unit);
        gain = _bound(gain, 0, 2_000 * unit);
        time = _bound(time, 0, 7 days);
        market.lose(loss);
        vault.accrue();
        uint256 nav = vault.totalAssets();
        uint256 top = Math.mulDiv(vault.entryMark(), vault.totalSupply() + V, 1e18 * V);
        market.gain(gain);
        _skip(time);
        uint256 room = Math.max((nav * 30 * time) / (100 * 365 days), Math.min(top - nav, (top * time) / 10 days));
        vm.assertEq(vault.totalAssets(), nav + Math.min(gain, room), "I5: not what a recovery allows");
    }

    /* MARK */

    function test_F2_TheMarkFollowsThePriceWhileOnlyTheSeedIsThere() public {
        _redeemAll(alice);
        vm.assertEq(vault.totalSupply(), vault.balanceOf(DEAD));
        uint256 idle = vault.books().idle;
        if (idle != 0) _allocate(market, idle);
        market.lose(market.realAssets() / 2);
        vault.accrue();
        vm.assertEq(vault.lock().hwm, vault.pps(), "F2: the mark did not follow the price down");
        vm.assertLt(vault.lock().hwm, 1e18);
        _deposit(bob, 100 * unit); // open
        market.gain(10 * unit);
        _skip(7 days);
        vault.accrue();
        vm.assertGt(vault.balanceOf(feeRecipient), 0, "from here on there are fees");
    }

    function test_F2_F3_ReanchoringOpensEntriesAndLeavesTheFeesMark() public {
        market.lose(400 * unit);
        vault.accrue();
        uint256 hwm = vault.lock().hwm;
        vm.assertEq(vault.maxDeposit(bob), 0);
        vm.prank(curator);
        vault.reanchorEntryMark();
        vm.assertEq(vault.entryMark(), vault.pps());
        vm.assertEq(vault.lock().hwm, hwm, "F2: the fee's mark moved");
        _deposit(bob, 100 * unit);
        // What comes back now comes at maxRate, and the mark goes up with the price.
        market.gain(500 * unit);
        uint256 price = vault.pps();
        _skip(7 days);
        vault.accrue();
        vm.assertLe(vault.pps(), (price * (36_500 + 30 * 7)) / 36_500 + 1, "a recovery past the mark");
        vm.assertEq(vault.entryMark(), vault.pps(), "the mark rises with the price");
        vm.assertEq(vault.balanceOf(feeRecipient), 0, "F3: a fee below the high-water mark");
        // A loss from there closes entries again, against the risen mark.
        market.lose(market.realAssets() / 2);
        vault.accrue();
        vm.assertEq(vault.maxDeposit(bob), 0, "the mark fell with the price");
    }

    /// @notice A re-anchored mark is dropped where the price is at the high-water mark again.
    function test_F2_AReanchoredMarkEndsAtTheHighWaterMark() public {
        market.lose(50 * unit);
        vault.accrue();
        vm.prank(curator);
        vault.reanchorEntryMark();
        vm.assertEq(vault.lock().flags & 2, 2);
        market.gain(500 * unit);
        for (uint256 i = 0; i < 12; i++) {
            _skip(7 days);
            vault.accrue();
        }
        vm.assertEq(vault.lock().flags & 2, 0, "still re-anchored");
        vm.assertEq(vault.entryMark(), vault.lock().hwm);
    }

    /// @notice Nothing waits where nothing is left to wait, also where a hundred-thousandth of what is there is less than a wei.
    function test_A3_NothingWaitsInAnEmptiedVault() public {
        _redeemAll(alice);
        market.gain(1);
        _skip(7 days);
        vault.accrue();
        vm.assertEq(vault.lock().flags & 16, 0, "a gain waits that is in");
    }

    /// @notice Also where the price comes back to it and no further than fees are taken.
    function test_F2_AReanchoredMarkEndsWithoutAFee() public {
        market.lose(50 * unit);
        vault.accrue();
        vm.prank(curator);
        vault.reanchorEntryMark();
        for (uint256 i = 0; i < 10; i++) {
            market.gain(5 * unit + (i == 9 ? unit / 1_000 : 0)); // less than maxRate brings in: nothing waits
            _skip(7 days);
            vault.accrue();
        }
        vm.assertEq(vault.lock().hwm, 1e18, "a new high-water mark");
        vm.assertEq(vault.lock().flags & 2, 0, "still re-anchored");
    }

    function test_Reanchor_RevertWhen_NextToNothingIsLeft() public {
        market.lose(market.realAssets() - unit / 2);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__PriceTooLow.selector);
        vm.prank(curator);
        vault.reanchorEntryMark();
        market.gain(unit); // to 0.15 %
        vault.accrue();
        _skip(1 hours);
        vm.prank(curator);
        vault.reanchorEntryMark();
    }

    /// @notice A thousandth of par is still enough.
    function test_Reanchor_AtTheLeastPrice() public {
        _deposit(alice, 999); // with the seed and the virtual asset it can be divided by a thousand
        market.lose(_gross() + 1 - (vault.totalSupply() + V) / (1_000 * V));
        vault.accrue();
        vm.assertEq(vault.pps(), 1e15);
        vm.prank(curator);
        vault.reanchorEntryMark();
        vm.assertEq(vault.entryMark(), 1e15);
    }

    /* FEE */

    function testFuzz_F1_TheFeeIsItsPartOfTheRise(uint256 gain, uint256 feeBps) public {
        feeBps = _bound(feeBps, 0, 5_000);
        vm.prank(curator);
        vault.setFee(feeBps);
        gain = _bound(gain, unit, 300 * unit);
        token.mint(address(vault), gain); // through the lock: maxRate does not bind
        vault.compound();
        _skip(LOCK);
        uint256 hwm = vault.lock().hwm;
        uint256 supply = vault.totalSupply();
        vault.accrue();
        uint256 gross = _price(vault.totalAssets(), supply);
        uint256 expected = Math.mulDiv((gross - hwm) * feeBps, supply, 1e18 * V * 10_000);
        uint256 worth = vault.convertToAssets(vault.balanceOf(feeRecipient));
        vm.assertLe(worth, expected, "F1: more than its part");
        vm.assertApproxEqAbs(worth, expected, 4, "F1: less than its part");
        vm.assertEq(vault.lock().hwm, vault.pps(), "F1: the mark is the price after the fee");
        vm.assertGe(vault.pps(), hwm, "F4: the fee pushed the price below the mark");
        if (feeBps == 0) vm.assertEq(vault.totalSupply(), supply, "F1: a fee of nothing");
    }

    function test_Fee_IsSaid() public {
        token.mint(address(vault), 100 * unit);
        vault.compound();
        _skip(LOCK);
        vm.expectEmit(false, false, false, false, address(vault));
        emit ICompoundingVault.FeeAccrued(0, 0);
        vault.accrue();
    }

    /// @notice A new fee counts from its second on.
    function test_Fee_UpToNowIsTakenAtTheOldRate() public {
        token.mint(address(vault), 100 * unit);
        vault.compound();
        _skip(LOCK);
        vm.prank(curator);
        vault.setFee(5_000);
        uint256 worth = vault.convertToAssets(vault.balanceOf(feeRecipient));
        vm.assertApproxEqAbs(worth, 10 * unit, unit / 1_000, "10 % of 100");
        _skip(1 days);
        vault.accrue();
        vm.assertEq(vault.convertToAssets(vault.balanceOf(feeRecipient)), worth, "again, at the new rate");
        address next = _account("next recipient");
        token.mint(address(vault), 100 * unit);
        vault.compound();
        _skip(LOCK);
        vm.prank(curator);
        vault.setFeeRecipient(next);
        vm.assertEq(vault.balanceOf(next), 0, "the next recipient was paid for the past");
        vm.assertGt(vault.convertToAssets(vault.balanceOf(feeRecipient)), worth + 49 * unit);
    }

    function test_Rate_UpToNowIsTakenAtTheOldRate() public {
        market.gain(500 * unit);
        _skip(7 days);
        uint256 nav = vault.totalAssets();
        vm.prank(curator);
        vault.setMaxRate(200);
        vm.assertEq(vault.totalAssets(), nav, "the new rate counted for the past");
    }

    /// @notice n accruals or one: the same NAV and the same lock, to a wei each, and fees within their own earnings.
    function testFuzz_F4_AccruingOftenIsAccruingOnce(uint256 gain, uint256 donation, uint256 times) public {
        gain = _bound(gain, 0, unit); // 0.1 % in six days: below maxRate
        donation = _bound(donation, 0, 50 * unit);
        times = _bound(times, 2, 12);
        token.mint(address(vault), donation);
        vault.compound();
        _skip(1 days);
        vault.accrue();
        uint256 id = vm.snapshotState();
        market.gain((gain / times) * times);
        _skip(5 days);
        vault.accrue();
        (uint256 nav, uint256 locked, uint256 price) = (vault.totalAssets(), vault.locked(), vault.pps());
        vm.revertToState(id);
        for (uint256 i = 0; i < times; i++) {
            market.gain(gain / times);
            _skip(uint256(5 days) / times);
            vault.accrue();
        }
        _skip(5 days - (uint256(5 days) / times) * times);
        vault.accrue();
        vm.assertApproxEqAbs(vault.totalAssets(), nav, times, "F4: NAV");
        vm.assertApproxEqAbs(vault.locked(), locked, times, "F4: lock");
        // Fee shares earn what the others earn: of a rise of 5 % a tenth, of which again 5 %, halved by time, and its fee.
        vm.assertApproxEqRel(vault.pps(), price, 5e14, "F4: price");
        vm.assertGe(vault.pps(), 1e18, "F4: below the mark it started from");
    }

    /// @notice A gain too small for one second's room is not lost by touching every second: it goes on waiting.
    function test_F4_TouchingOftenLosesAtMostAWeiOfRoomEach() public {
        market.gain(unit / 100);
        uint256 nav = vault.totalAssets();
        for (uint256 i = 0; i < 50; i++) {
            _skip(12);
            vault.accrue();
        }
        uint256 room = (nav * 30 * 600) / (100 * 365 days);
        // Fifty roundings down, and what each step earns on the steps before: (1 + x)^50 − 1 − 50 x < (50 x)² / 2.
        vm.assertGe(vault.totalAssets() + 50, nav + room);
        vm.assertLe(vault.totalAssets(), nav + room + (nav / 1e18 + 1) * 2e7 + 1);
    }

    /* TYPES */

    /// @notice M14. 2^255 from eight adapters neither overflows the sum nor moves the price faster than maxRate.
    function test_ReviewM14_C3_HugeReportsAreClamped() public {
        HostileAdapter[7] memory liars;
        for (uint256 i = 0; i < 7; i++) {
            liars[i] = _addHostile();
            _deallocate(market, unit);
            _allocate(liars[i], unit);
            liars[i].setValue(HostileAdapter.Value.Fixed, i % 2 == 0 ? 2 ** 255 : type(uint256).max);
        }
        vault.accrue();
        uint256 nav = vault.totalAssets();
        _skip(1 days);
        vault.accrue();
        vm.assertEq(vault.totalAssets(), nav + (nav * 30 * 1 days) / (100 * 365 days));
        _redeem(alice, 1e18);
        vm.assertGt(vault.maxWithdraw(alice), 900 * unit);
        for (uint256 i = 0; i < 7; i++) liars[i].setValue(HostileAdapter.Value.Honest, 0);
        vault.accrue();
        _redeemAll(alice);
    }

    /// @notice M15. What is beyond the types saturates as a gain and is refused as a flow.
    function test_ReviewM15_GainsSaturateFlowsRevert() public {
        token.mint(address(vault), 2 ** 97);
        vault.compound();
        vm.assertEq(vault.locked(), type(uint96).max, "the lock saturates");
        _deposit(bob, 2 ** 96); // as much as is locked: it can release all of it in time
        _skip(LOCK);
        vault.accrue();
        vm.assertGt(vault.totalAssets(), 2 ** 97 - 1);
        _redeem(alice, 1e18);
        uint256 held = Math.max(vault.totalAssets(), vault.books().idle);
        vm.assertEq(vault.maxDeposit(alice), type(uint104).max - held);
    }
}

contract VaultAccrual6Test is VaultAccrual {
    constructor() VaultFixture(6) {}
}

contract VaultAccrual8Test is VaultAccrual {
    constructor() VaultFixture(8) {}
}

contract VaultAccrual18Test is VaultAccrual {
    constructor() VaultFixture(18) {}
}
