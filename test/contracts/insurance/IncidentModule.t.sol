// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ClaimKind, ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {ICoverNFT} from "../../../contracts/insurance/ICoverNFT.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {BUCKET, GRACE, NOTICE, RAY} from "../../../contracts/insurance/Modules.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice A vault that can't be read while it is entered, and lets whoever withdraws act meanwhile.
contract EnteredVault is Source4626 {
    bool internal entered;
    bool public broken;

    constructor(TestToken token) Source4626(token) {}

    function setBroken(bool broken_) external {
        broken = broken_;
    }

    /// @notice Lends everything out for the length of a call.
    function flash(address borrower, bytes calldata data) external returns (bool ok) {
        entered = true;
        (ok, ) = borrower.call(data);
        entered = false;
    }

    function convertToAssets(uint256 shares) public view override returns (uint256) {
        require(!entered && !broken, "entered");
        return super.convertToAssets(shares);
    }
}

abstract contract IncidentBase is InsuranceFixture {
    uint256 internal id;

    /// @dev 100,000 of cover for 100,000 shares at a price of 1, started and seen healthy.
    function setUp() public virtual override {
        super.setUp();
        id = _buy(holder, 100_000e6, 100_000e6);
        _skip(4 days);
        _poke();
    }

    /// @dev Readings that anyone takes through a fallen price.
    function _openAndFile() internal returns (uint256 incident) {
        incident = _open(id);
        incidents.file(id);
    }
}

contract IncidentOpenTest is IncidentBase {
    function test_Open_AtTheEntryLessTheDeductible() public {
        _fall(vault, 9_001);
        uint256 price = manager.priceOf(0);
        bytes4 reason = IIncidentModule.IncidentModule__NoLoss.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, price, _price(9_000)));
        incidents.open(id);
        vault.lose(1_000e6);
        _open(id);
        vm.assertEq(pool.books().incidents, 1);
        vm.assertEq(pool.exposure(), 100_000e6);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__IncidentOpen.selector, 1));
        incidents.open(id);
    }

    function test_Open_StopsPurchasesCancelsAndDisarming() public {
        _fall(vault, 5_000);
        _open(id);
        bytes memory reason = abi.encodeWithSelector(ICoverManager.CoverManager__IncidentOpen.selector, 0);
        vm.startPrank(holder);
        vm.expectRevert(reason);
        manager.buy(_purchase(0, 1e6, 30 days, 0, holder));
        vm.expectRevert(reason);
        manager.cancel(id);
        vm.expectRevert(reason);
        manager.disarm(id, 1, holder);
        vm.expectRevert(reason);
        manager.arm(id, 1);
        vm.expectRevert(reason);
        manager.extend(id, 1 days, MAX);
        vm.expectRevert(reason);
        manager.poke(0);
        token.mint(holder, 1e6);
        manager.buy(_purchase(1, 1e6, 30 days, 0, holder)); // the other product goes on
        vm.stopPrank();
    }

    /// @dev Bought before a loss that nobody had seen yet: it hadn't started when the price was last healthy.
    function test_T8_Open_RevertWhen_TheCoverHadNotStarted() public {
        uint256 late = _buy(stranger, 1_000e6, 1_000e6);
        _fall(vault, 5_000);
        _skip(10 days);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, late));
        incidents.open(late);
        _open(id);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, late));
        incidents.file(late);
        incidents.file(id);
    }

    /// @dev And not afterwards either, when the price is healthy again by the new mark: its entry has followed.
    function test_T8_AWaitingCoverIsNotPaidForTheLossItWaitedThrough() public {
        uint256 late = _buy(stranger, 1_000e6, 1_000e6);
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        _close(incident);
        _poke();
        vm.assertEq(_entryOf(late), _price(5_000), "T8");
        bytes4 reason = IIncidentModule.IncidentModule__NoLoss.selector;
        vm.expectPartialRevert(reason);
        incidents.open(late);
    }

    function test_T8_NorWhenTheMarkIsGivenUpWithoutAnIncident() public {
        uint256 late = _buy(stranger, 1_000e6, 1_000e6);
        _fall(vault, 8_000);
        _poke();
        _skip(7 days);
        _poke();
        vm.assertEq(_entryOf(late), manager.priceOf(0), "T8: the one that waited");
        vm.assertEq(_entryOf(id), RAY, "T8: the one that had started");
        vm.expectPartialRevert(IIncidentModule.IncidentModule__NoLoss.selector);
        incidents.open(late);
        _open(id);
    }

    function test_Open_RevertWhen_ExpiredOrNothingIsArmed() public {
        uint256 naked = _buy(stranger, 1_000e6, 0);
        _skip(4 days);
        _poke();
        _fall(vault, 5_000);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, naked));
        incidents.open(naked);
        vm.warp(manager.coverOf(id).expiry);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, id));
        incidents.open(id);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, 99));
        incidents.open(99);
    }

    function test_U13_AfterALossOfEightAnOldCoverStillOpensAtTen() public {
        _fall(vault, 9_200);
        _poke();
        _skip(7 days - 1);
        _poke();
        vm.assertEq(manager.productOf(0).hwm, RAY, "U13: a second too early");
        _skip(1);
        _poke();
        vm.assertEq(manager.productOf(0).hwm, manager.priceOf(0), "U13: the mark is re-anchored");
        _buy(stranger, 1_000e6, 1_000e6); // and buys go on
        _fall(vault, 9_750); // 0.92 * 0.975 = 0.897
        _open(id);
    }

    /// @dev The shares that come after a loss are insured from the price at which they came.
    function test_U13_SharesArmedAfterTheLossAreInsuredFromThere() public {
        _fall(vault, 9_200);
        _poke();
        _skip(7 days);
        _poke();
        uint256 price = manager.priceOf(0);
        uint256 shares = _fill(vault, holder, 92_000e6); // as many again
        vm.prank(holder);
        manager.arm(id, shares);
        uint256 expected = (100_000e6 * RAY + shares * price) / (100_000e6 + shares);
        vm.assertEq(_entryOf(id), expected, "U13: the average");
    }

    /// @dev A low price seen before an incident that lapsed is not the first of two: it takes a week more to give up the mark.
    function test_U13_AnIncidentEndsWhatWasSeenBefore() public {
        _fall(vault, 5_000);
        _poke();
        uint256 incident = _open(id);
        _skip(28 days);
        incidents.close(incident);
        _poke();
        vm.assertEq(manager.productOf(0).hwm, RAY, "U13");
        _skip(7 days);
        _poke();
        vm.assertEq(manager.productOf(0).hwm, manager.priceOf(0), "U13: a week later");
    }

    /// @dev Low twice, a week apart, but healthy in between: no loss, and nobody's mark is taken down by two dips.
    function test_U13_TwoDipsMakeNoMark() public {
        uint256 assets = vault.totalAssets();
        for (uint256 i = 0; i < 2; ++i) {
            _fall(vault, 9_500);
            _poke();
            vault.gain(assets - vault.totalAssets());
            _skip(4 days);
            _poke();
            _skip(4 days);
        }
        vm.assertEq(manager.productOf(0).hwm, RAY, "U13");
        vm.assertEq(manager.markCount(0), 0, "U13");
    }

    /// @dev Marks that the entry has not followed yet come before the average.
    function test_U13_TheAverageIsOfTheEntryAfterItsMarks() public {
        uint256 quiet = _buy(stranger, 10_000e6, 10_000e6);
        _skip(4 days);
        _poke();
        _fall(vault, 5_000);
        _close(_openAndFile());
        _fall(vault, 9_000); // 0.45, not a loss by an entry of 0.5 and 10 %
        _poke();
        _skip(7 days);
        _poke();
        uint256 price = manager.priceOf(0);
        uint256 shares = _fill(vault, stranger, 4_500e6); // as many again
        vm.prank(stranger);
        manager.arm(quiet, shares);
        uint256 expected = (10_000e6 * _price(5_000) + shares * price) / (10_000e6 + shares);
        vm.assertEq(_entryOf(quiet), expected, "U13: of 0.5 and 0.45");
    }

    function test_T8_ACoverBoughtAfterAMarkHasItsOwnEntry() public {
        _fall(vault, 5_000);
        _close(_openAndFile());
        _skip(7 days);
        vault.gain(vault.totalAssets() / 200); // half a percent, of the 0.96 % that the mark may grow by
        uint256 later = _buy(stranger, 10_000e6, 10_000e6);
        vm.assertGt(manager.priceOf(0), _price(5_000));
        vm.assertEq(_entryOf(later), manager.priceOf(0), "T8");
    }

    function test_U12_AReadFromInsideAVaultCallbackRecordsNothing() public {
        EnteredVault entered = new EnteredVault(token);
        _fill(Source4626(address(entered)), stranger, 1_000_000e6);
        manager.scheduleProduct(2, _terms(address(entered)));
        _skip(NOTICE);
        manager.applyProduct(2);
        uint256 shares = _fill(Source4626(address(entered)), holder, 10_000e6);
        token.mint(holder, 1_000e6);
        vm.prank(holder);
        (uint256 cover, ) = manager.buy(_purchase(2, 10_000e6, 60 days, shares, holder));
        _skip(4 days);
        manager.poke(2);
        entered.lose(505_000e6);
        vm.assertFalse(entered.flash(address(incidents), abi.encodeCall(incidents.open, (cover))), "U12: open");
        vm.assertEq(incidents.count(), 0, "U12");
        uint256 incident = incidents.open(cover);
        _skip(1 days);
        vm.assertFalse(entered.flash(address(incidents), abi.encodeCall(incidents.record, (incident))), "U12: record");
        vm.assertEq(incidents.incidentOf(incident).slots, 0, "U12");
        entered.setBroken(true);
        vm.expectRevert("entered");
        incidents.record(incident);
        entered.setBroken(false);
        // Starved of gas it reverts as well, instead of taking the price for 0.
        for (uint256 gas = 30_000; gas < 80_000; gas += 5_000) {
            (bool ok, ) = address(incidents).call{gas: gas}(abi.encodeCall(incidents.record, (incident)));
            if (!ok) vm.assertEq(incidents.incidentOf(incident).slots, 0, "U12: starved");
            else vm.assertEq(incidents.incidentOf(incident).values[0], manager.priceOf(2), "U12: or recorded right");
        }
    }
}

contract IncidentFileTest is IncidentBase {
    function test_File_LocksAllThatRemains() public {
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        vm.prank(stranger); // anyone, for the holder
        incidents.file(id);
        vm.assertEq(incidents.filedIn(id), incident);
        vm.assertEq(pool.books().locked, 100_000e6);
        vm.assertEq(pool.liveOf(0), 0);
        vm.assertEq(pool.exposure(), 0);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ClaimOpen.selector, id));
        incidents.file(id);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverNFT.CoverNFT__ClaimOpen.selector, id));
        nft.transferFrom(holder, stranger, id);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ClaimOpen.selector, id));
        manager.cancel(id);
    }

    function test_File_RevertWhen_FourteenDaysAreOver() public {
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        uint256 ends = pool.poolTime() + 14 days;
        vm.warp(ends);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__FilingOver.selector, incident, ends));
        incidents.file(id);
        vm.warp(ends - 1);
        incidents.file(id);
    }

    function test_File_AfterTheExpiryIfTheLossWasBefore() public {
        vm.warp(manager.coverOf(id).expiry - 1);
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        _skip(13 days);
        incidents.file(id);
        vm.assertEq(incidents.filedIn(id), incident);
    }

    function test_U3_DepositAfterTheLossPaysNothing() public {
        uint256 naked = _buy(stranger, 400e6, 0);
        _skip(4 days);
        _poke();
        uint256 before = token.balanceOf(stranger) + vault.convertToAssets(vault.balanceOf(stranger));
        _fall(vault, 5_000);
        uint256 lost = before - token.balanceOf(stranger) - vault.convertToAssets(vault.balanceOf(stranger));
        uint256 shares = _fill(vault, stranger, 450e6);
        vm.prank(stranger);
        vm.expectPartialRevert(ICoverManager.CoverManager__Unhealthy.selector);
        manager.arm(naked, shares);
        uint256 incident = _openAndFile();
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__IncidentOpen.selector, 0));
        manager.arm(naked, shares);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, naked));
        incidents.file(naked);
        _close(incident);
        uint256 after_ = token.balanceOf(stranger) + vault.convertToAssets(vault.balanceOf(stranger));
        int256 profit = int256(after_) - int256(before) - 450e6 + int256(lost);
        _report("who deposits after the loss behind a cover without shares", profit);
        vm.assertLe(profit, 0, "U3");
    }

    function test_U4_AFilingOfOneWeiFreesNothing() public {
        uint256 thin = _buy(stranger, 300_000e6, 1);
        _skip(4 days);
        _poke();
        _fall(vault, 5_000);
        uint256 free = pool.freeAssets();
        _open(id);
        incidents.file(thin);
        vm.assertEq(pool.books().locked, 300_000e6, "U4: all of the cover");
        vm.assertEq(pool.freeAssets(), free, "U4");
        _sound();
    }

    function test_U11_ADeniedClaimIsExposureAgain() public {
        address claims = pool.modules().claims;
        vm.prank(claims);
        manager.openClaim(id, ClaimKind.Assessed);
        uint256 second_ = _buy(stranger, 50_000e6, 50_000e6);
        _skip(4 days);
        _poke();
        _fall(vault, 5_000);
        uint256 incident = _open(second_);
        vm.assertEq(pool.exposure(), 50_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ClaimOpen.selector, id));
        incidents.file(id);
        vm.prank(claims);
        manager.closeClaim(id, ClaimKind.Assessed, 0);
        vm.assertEq(pool.exposure(), 150_000e6, "U11: both");
        incidents.file(id);
        incidents.file(second_);
        vm.assertEq(pool.exposure(), 0, "U11: no underflow");
        _close(incident);
        vm.assertGt(incidents.settle(id), 0, "U11");
        _sound();
    }

    function test_Module_RevertWhen_AnyoneElseCalls() public {
        bytes memory reason = abi.encodeWithSelector(ICoverManager.CoverManager__NotModule.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(reason);
        manager.setIncident(0, true);
        vm.expectRevert(reason);
        manager.mark(0, 1, 1);
        vm.expectRevert(reason);
        manager.openClaim(id, ClaimKind.Parametric);
        vm.expectRevert(reason);
        manager.closeClaim(id, ClaimKind.Assessed, 1);
        vm.expectRevert(reason);
        manager.releaseShares(id, 1, 0);
        vm.expectRevert(reason);
        manager.drawReserve(1, stranger);
        vm.stopPrank();
        // The incident module can't end what the claims module began.
        address claims = pool.modules().claims;
        vm.prank(claims);
        manager.openClaim(id, ClaimKind.Assessed);
        vm.prank(address(incidents));
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NoClaim.selector, id));
        manager.closeClaim(id, ClaimKind.Parametric, 1);
    }
}

contract IncidentPriceTest is IncidentBase {
    function test_Record_OnlyInSlots() public {
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NoSlot.selector, incident));
        incidents.record(incident);
        _skip(1 days);
        incidents.record(incident);
        incidents.record(incident);
        vm.assertEq(incidents.incidentOf(incident).slots, 1);
        _skip(3 days); // slots may be empty
        incidents.record(incident);
        _skip(1 days);
        incidents.record(incident);
        vm.assertEq(incidents.incidentOf(incident).slots, 3);
        incidents.record(incident); // the third goes on to its end
        _skip(1 days);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NoSlot.selector, incident));
        incidents.record(incident);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotOpen.selector, 7));
        incidents.record(7);
    }

    function test_U8_PushedDownReadingsChangeNothing() public {
        _fall(vault, 8_500);
        uint256 truth = manager.priceOf(0);
        uint256 incident = _openAndFile();
        for (uint256 i = 0; i < 3; ++i) {
            _skip(1 days);
            uint256 pushed = vault.totalAssets() / 2;
            vault.lose(pushed); // for the length of the attacker's transaction
            incidents.record(incident);
            vault.gain(pushed);
            _skip(1 hours);
            incidents.record(incident); // anyone, later in the slot
        }
        _skip(12 days);
        incidents.close(incident);
        vm.assertEq(incidents.incidentOf(incident).price, truth, "U8");
        uint256 paid = incidents.settle(id);
        uint256 expected = (100_000e6 * (_price(9_000) - truth)) / RAY;
        _report("what three pushed readings add to the payout", int256(paid) - int256(expected));
        vm.assertEq(paid, expected, "U8");
    }

    /// @dev Two of three: the median holds against one slot that nobody mends.
    function test_T9_OneBadSlotOfThreeChangesNothing() public {
        _fall(vault, 8_500);
        uint256 truth = manager.priceOf(0);
        uint256 incident = _openAndFile();
        _skip(1 days);
        uint256 pushed = vault.totalAssets() / 2;
        vault.lose(pushed);
        incidents.record(incident);
        vault.gain(pushed);
        _skip(1 days);
        incidents.record(incident);
        _skip(1 days);
        incidents.record(incident);
        _skip(11 days);
        incidents.close(incident);
        vm.assertEq(incidents.incidentOf(incident).price, truth, "T9");
    }

    function testFuzz_T9_TheMedianOfTheSlotsMaxima(uint256[6] memory readings) public {
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        uint256[3] memory best;
        for (uint256 i = 0; i < 6; ++i) {
            _skip(i % 2 == 0 ? 1 days - (i == 0 ? 0 : 1 hours) : 1 hours);
            _setAssets(_bound(readings[i], 100_000e6, 1_000_000e6));
            incidents.record(incident);
            uint256 reading = manager.priceOf(0);
            if (reading > best[i / 2]) best[i / 2] = reading;
        }
        _skip(12 days);
        incidents.close(incident);
        uint256 price = incidents.incidentOf(incident).price;
        uint256 below;
        uint256 above;
        for (uint256 i = 0; i < 3; ++i) {
            if (best[i] <= price) ++below;
            if (best[i] >= price) ++above;
        }
        vm.assertTrue(below >= 2 && above >= 2, "T9: one of the three, with one on each side");
    }

    function test_Close_WaitsForTheFilingAndTheThirdSlot() public {
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        uint256 opened = pool.poolTime();
        vm.assertEq(incidents.closesAt(incident), opened + 28 days, "without readings it lapses");
        _recordThree(incident);
        vm.assertEq(incidents.closesAt(incident), opened + 14 days);
        vm.expectRevert(
            abi.encodeWithSelector(IIncidentModule.IncidentModule__TooEarly.selector, incident, opened + 14 days)
        );
        incidents.close(incident);
        vm.warp(opened + 14 days);
        incidents.close(incident);
        vm.assertEq(pool.books().incidents, 0);
        vm.assertEq(manager.productOf(0).hwm, manager.priceOf(0));
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotOpen.selector, incident));
        incidents.close(incident);
    }

    function test_Close_WaitsForALateThirdSlot() public {
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        uint256 opened = pool.poolTime();
        _skip(1 days);
        incidents.record(incident);
        vm.warp(opened + 15 days);
        incidents.record(incident);
        vm.warp(opened + 20 days + 5 hours);
        incidents.record(incident);
        vm.assertEq(incidents.closesAt(incident), opened + 21 days, "the slot from day 20 to day 21");
    }

    function test_Close_LapsesWithoutReadings() public {
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        _skip(28 days - 1);
        vm.expectPartialRevert(IIncidentModule.IncidentModule__TooEarly.selector);
        incidents.close(incident);
        _skip(1);
        incidents.close(incident);
        vm.assertEq(uint256(incidents.incidentOf(incident).state), uint256(IIncidentModule.State.Lapsed));
        vm.assertEq(incidents.settle(id), 0, "nothing by formula");
        vm.assertEq(pool.liveOf(0), 100_000e6, "and the cover goes on");
        vm.assertEq(_entryOf(id), RAY);
        vm.assertEq(pool.books().locked, 0);
        _sound();
    }

    /// @dev Readings that a gift lifts end the incident without a payout, and lift no later entry.
    function test_T8_AGiftDuringAnIncidentLiftsNoMark() public {
        _fall(vault, 8_900);
        uint256 incident = _openAndFile();
        vault.gain(vault.totalAssets());
        _close(incident);
        vm.assertGt(incidents.incidentOf(incident).price, RAY);
        vm.assertEq(incidents.settle(id), 0);
        vm.assertEq(manager.productOf(0).hwm, RAY, "T8");
    }

    function test_Close_KeepsTheFirstLossIfItReopensWithinAWeek() public {
        _fall(vault, 8_900);
        uint256 incident = _openAndFile();
        uint256 first = pool.poolTime();
        _close(incident);
        incidents.settle(id);
        _skip(7 days - 1);
        _fall(vault, 8_000);
        uint256 again = _open(id);
        vm.assertEq(incidents.incidentOf(again).lossAt, first);
        _close(again);
        _skip(7 days);
        _fall(vault, 8_000);
        uint256 later = _open(id);
        vm.assertEq(incidents.incidentOf(later).lossAt, pool.poolTime());
    }

    function _setAssets(uint256 assets) internal {
        uint256 now_ = vault.totalAssets();
        if (assets > now_) vault.gain(assets - now_);
        else vault.lose(now_ - assets);
    }
}

contract IncidentSettleTest is IncidentBase {
    function test_Settle_PaysTheLossBeyondTheDeductible() public {
        uint256 reserved = reserve.available();
        uint256 assets = pool.totalAssets();
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        _close(incident);
        uint256 before = token.balanceOf(holder);
        uint256 paid = incidents.settle(id);
        // 100,000 shares * (1 * 0.9 − 0.5)
        vm.assertEq(paid, 40_000e6);
        vm.assertEq(token.balanceOf(holder) - before, 40_000e6);
        vm.assertEq(reserve.available(), 0, "the reserve first");
        vm.assertApproxEqAbs(pool.totalAssets(), assets + reserved - 40_000e6, 100e6, "then the capital, which streams");
        vm.assertEq(manager.coverOf(id).remaining, 60_000e6);
        vm.assertEq(pool.liveOf(0), 60_000e6, "the rest is cover again");
        vm.assertEq(_entryOf(id), _price(5_000));
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotFiled.selector, id));
        incidents.settle(id);
        _sound();
    }

    function test_Settle_RevertWhen_NotClosedOrPaused() public {
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotClosed.selector, incident));
        incidents.settle(id);
        _close(incident);
        vm.prank(guardian);
        pool.pauseClaims(1 days);
        vm.expectRevert();
        incidents.settle(id);
        _skip(1 days);
        incidents.settle(id);
    }

    function test_Settle_PaysNoMoreThanRemains() public {
        uint256 small = _buy(stranger, 1_000e6, 50_000e6);
        _skip(4 days);
        _poke();
        _fall(vault, 1_000);
        uint256 incident = _open(small);
        incidents.file(small);
        _close(incident);
        vm.assertEq(incidents.settle(small), 1_000e6, "IN8");
        vm.assertEq(manager.coverOf(small).remaining, 0);
    }

    function test_U5_ASecondIncidentNeverPaysTheFirstLossAgain() public {
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        _close(incident);
        uint256 first = incidents.settle(id);
        _skip(10 days);
        _poke();
        _fall(vault, 8_980); // 0.449, below 0.5 * 0.9
        uint256 price = manager.priceOf(0);
        incident = _open(id);
        incidents.file(id);
        _close(incident);
        uint256 again = incidents.settle(id);
        _report("a second incident at 0.449 after one at 0.5", int256(again));
        vm.assertEq(first, 40_000e6, "U5");
        vm.assertEq(again, (100_000e6 * (_price(4_500) - price)) / RAY, "U5: the second loss alone");
        vm.assertLe(again, 100e6 + 1, "U5");
    }

    /// @dev A cover that nobody filed loses the same head start.
    function test_U5_NorForACoverThatWasNotFiled() public {
        uint256 quiet = _buy(stranger, 10_000e6, 10_000e6);
        _skip(4 days);
        _poke();
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        _close(incident);
        vm.assertEq(_entryOf(quiet), _price(5_000), "U5");
        _poke();
        vm.expectPartialRevert(IIncidentModule.IncidentModule__NoLoss.selector);
        incidents.open(quiet);
        _fall(vault, 8_000); // 0.4
        incident = _open(quiet);
        incidents.file(quiet);
        _close(incident);
        vm.assertEq(incidents.settle(quiet), 500e6, "U5: 10,000 * (0.5 * 0.9 - 0.4), the second loss alone");
    }

    function test_U6_APauseAcrossABucketsEndFreesNothing() public {
        uint256 end = uint256(manager.coverOf(id).bucket) * BUCKET;
        vm.warp(end - 5 days);
        vm.prank(guardian);
        pool.pauseClaims(14 days);
        _skip(14 days - 1);
        vm.assertEq(pool.liveOf(0), 100_000e6, "U6: its bucket hasn't ended");
        _skip(5 days);
        vm.assertEq(pool.liveOf(0), 100_000e6, "U6: nor a second before it does");
        _skip(1);
        vm.assertEq(pool.liveOf(0), 0, "U6");
    }

    function test_U9_AFalseAlarmPaysNobodyTwice() public {
        uint256 before = _wealth(holder, id);
        uint256 capital = pool.totalAssets();
        uint256 lost = vault.totalAssets() / 2;
        vault.lose(lost);
        uint256 incident = _openAndFile();
        _close(incident);
        incidents.settle(id);
        vault.gain(lost); // recalled
        vm.expectRevert(
            abi.encodeWithSelector(
                IIncidentModule.IncidentModule__StillFrozen.selector,
                id,
                uint256(incidents.incidentOf(incident).closedAt) + 30 days
            )
        );
        incidents.release(id);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__Frozen.selector, id));
        manager.disarm(id, 1, holder);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__Frozen.selector, id));
        manager.arm(id, 1);
        _skip(30 days);
        incidents.release(id);
        int256 profit = int256(_wealth(holder, id)) - int256(before);
        _report("a holder whose vault was written off and recalled", profit);
        vm.assertLe(profit, 0, "U9");
        vm.assertGe(profit, -2, "U9: and loses no more than rounding");
        manager.collect(0);
        vm.warp((pool.poolTime() / BUCKET + 2) * BUCKET);
        vm.assertGe(pool.totalAssets() + reserve.available() + 1e6, capital, "U9: the underwriters have it back");
        vm.prank(holder);
        manager.disarm(id, 1, holder);
        _sound();
    }

    /// @dev Paid twice, for two falls, it owes both payouts.
    function test_U9_TwoPayoutsAreOwedTogether() public {
        uint256 before = _wealth(holder, id);
        uint256 assets = vault.totalAssets();
        _fall(vault, 5_000);
        uint256 incident = _openAndFile();
        _close(incident);
        uint256 paid = incidents.settle(id);
        _skip(10 days);
        _poke();
        _fall(vault, 8_000);
        incident = _openAndFile();
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ClaimOpen.selector, id));
        incidents.release(id);
        _close(incident);
        paid += incidents.settle(id);
        vm.assertEq(paid, 45_000e6, "100,000 * (0.9 - 0.5 + 0.45 - 0.4)");
        vault.gain(assets - vault.totalAssets()); // recalled
        vm.assertEq(incidents.recoveryOf(id).paid, paid, "U9");
        _skip(30 days);
        incidents.release(id);
        int256 profit = int256(_wealth(holder, id)) - int256(before);
        _report("a holder paid twice whose vault is recalled", profit);
        vm.assertLe(profit, 0, "U9");
        vm.assertGe(profit, -2, "U9: and loses no more than rounding");
    }

    /// @dev What the vault recovers only in part is taken only in part, and growth of 50 % a year is not a recovery.
    function testFuzz_U9_TheHolderNeverGains(uint256 fall, uint256 recovered, uint256 late) public {
        uint256 before = _wealth(holder, id);
        uint256 assets = vault.totalAssets();
        uint256 lost = _bound(fall, (assets * 11) / 100, (assets * 99) / 100);
        vault.lose(lost);
        uint256 incident = _openAndFile();
        _close(incident);
        uint256 paid = incidents.settle(id);
        vault.gain(_bound(recovered, 0, lost));
        _skip(_bound(late, 30 days, 119 days));
        uint256 kept = incidents.release(id);
        uint256 after_ = _wealth(holder, id);
        // Within 50 % a year of the loss price a rise counts as the vault's yield: 119 + 14 days of it at most.
        uint256 yield = ((assets - lost) * 5_000 * 133) / (10_000 * 365);
        vm.assertLe(after_, before + (yield * 100_000e6) / assets + 2, "U9");
        vm.assertLe(vault.convertToAssets(kept), paid + 1, "U9: no more than was paid");
    }

    function test_Release_AfterOneHundredAndTwentyDaysWithoutAPrice() public {
        EnteredVault bricked = new EnteredVault(token);
        _fill(Source4626(address(bricked)), stranger, 1_000_000e6);
        manager.scheduleProduct(2, _terms(address(bricked)));
        _skip(NOTICE);
        manager.applyProduct(2);
        uint256 shares = _fill(Source4626(address(bricked)), holder, 10_000e6);
        token.mint(holder, 1_000e6);
        vm.prank(holder);
        (uint256 cover, ) = manager.buy(_purchase(2, 10_000e6, 60 days, shares, holder));
        _skip(4 days);
        manager.poke(2);
        bricked.lose(505_000e6);
        uint256 incident = incidents.open(cover);
        incidents.file(cover);
        _close(incident);
        incidents.settle(cover);
        bricked.setBroken(true);
        _skip(120 days - 1);
        vm.expectRevert("entered");
        incidents.release(cover);
        _skip(1);
        vm.assertEq(incidents.release(cover), 0);
        vm.prank(holder);
        manager.disarm(cover, shares, holder);
        vm.assertEq(bricked.balanceOf(holder), shares);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NotFrozen.selector, cover));
        incidents.release(cover);
    }

    /// @dev Two incidents on two products, settled in either order: each is paid the same.
    function test_T5_TheOrderOfSettlementsChangesNoPayout() public {
        uint256 shares = _fill(other, stranger, 200_000e6);
        token.mint(stranger, 10_000e6);
        vm.prank(stranger);
        (uint256 two, ) = manager.buy(_purchase(1, 200_000e6, 90 days, shares, stranger));
        _skip(4 days);
        manager.poke(0);
        manager.poke(1);
        _fall(vault, 3_000);
        _fall(other, 4_000);
        uint256 a = _openAndFile();
        uint256 b = incidents.open(two);
        incidents.file(two);
        for (uint256 i = 0; i < 3; ++i) {
            _skip(1 days);
            incidents.record(a);
            incidents.record(b);
        }
        _skip(11 days);
        incidents.close(a);
        incidents.close(b);
        uint256 snapshot = vm.snapshotState();
        (uint256 first, uint256 second_) = (incidents.settle(id), incidents.settle(two));
        vm.revertToState(snapshot);
        vm.assertEq(incidents.settle(two), second_, "T5");
        vm.assertEq(incidents.settle(id), first, "T5");
        vm.assertEq(first, 60_000e6, "T5: 100,000 * (0.9 - 0.3)");
        vm.assertEq(second_, 100_000e6, "T5: 200,000 * (0.9 - 0.4)");
    }

    function test_T3_LeavingBeforeDuringAndAfterALoss() public {
        _underwrite(second, 100_000e6);
        uint256 request = _requestAll(second);
        _cool();
        _fall(vault, 5_000);
        uint256 snapshot = vm.snapshotState();
        uint256 before = _finalize(second, request);
        vm.revertToState(snapshot);
        uint256 incident = _open(id);
        snapshot = vm.snapshotState();
        uint256 during = _finalize(second, request);
        vm.revertToState(snapshot);
        incidents.file(id);
        _close(incident);
        incidents.settle(id);
        uint256 after_ = _finalize(second, request);
        _report("leaving before the incident", int256(before) - 100_000e6);
        _report("leaving while it is open", int256(during) - 100_000e6);
        _report("leaving after it", int256(after_) - 100_000e6);
        vm.assertApproxEqAbs(before, 100_000e6, 1, "T3: nothing was known: the value at the request");
        vm.assertLt(during, after_, "T3: the open claim counts as lost, whole");
        vm.assertLt(after_, 100_000e6, "T3: the loss is shared");
    }
}

contract IncidentDisputeTest is IncidentBase {
    uint256 internal incident;

    function setUp() public override {
        super.setUp();
        _fall(vault, 5_000);
        incident = _openAndFile();
    }

    function test_Dispute_WaitsForTheDaoAndThenProceeds() public {
        _recordThree(incident);
        _skip(10 days);
        vm.prank(guardian);
        incidents.dispute(incident);
        uint256 until = pool.poolTime() + 21 days;
        vm.assertEq(incidents.closesAt(incident), until);
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__AlreadyDisputed.selector, incident));
        incidents.dispute(incident);
        _skip(21 days);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotDisputed.selector, incident));
        incidents.resolveDispute(incident, true);
        incidents.close(incident);
        vm.assertEq(incidents.settle(id), 40_000e6, "silence lets it proceed");
    }

    function test_Dispute_TheDaoVoidsIt() public {
        vm.prank(guardian);
        incidents.dispute(incident);
        incidents.resolveDispute(incident, true);
        vm.assertEq(incidents.settle(id), 0);
        vm.assertEq(_entryOf(id), RAY);
        vm.assertEq(pool.books().incidents, 0);
        vm.assertEq(pool.liveOf(0), 100_000e6);
        _open(id); // the price is still low: another incident, which may be disputed again
    }

    function test_Dispute_TheDaoClearsIt() public {
        _recordThree(incident);
        vm.prank(guardian);
        incidents.dispute(incident);
        incidents.resolveDispute(incident, false);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotDisputed.selector, incident));
        incidents.resolveDispute(incident, true);
        _skip(11 days);
        incidents.close(incident);
        vm.assertEq(incidents.settle(id), 40_000e6);
    }

    function test_Roles_RevertWhen_AStrangerDisputes() public {
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        incidents.dispute(incident);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        incidents.resolveDispute(incident, true);
        vm.stopPrank();
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        incidents.resolveDispute(incident, true);
    }

    function test_Constants_FitEachOther() public pure {
        // The last opening is a second before an expiry, its filing ends 14 days later, a lapse comes after 28: all within the
        // 35 days in which the cover's capital is still bound.
        vm.assertLe(uint256(28 days) + 7 days, GRACE);
    }
}
