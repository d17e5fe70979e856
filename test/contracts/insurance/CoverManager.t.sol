// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {CoverManager} from "../../../contracts/insurance/CoverManager.sol";
import {CoverNFT} from "../../../contracts/insurance/CoverNFT.sol";
import {ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {ICoverNFT} from "../../../contracts/insurance/ICoverNFT.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {IncidentModule} from "../../../contracts/insurance/IncidentModule.sol";
import {IPremiumModel} from "../../../contracts/insurance/IPremiumModel.sol";
import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {BUCKET, GRACE, Modules, NOTICE, RAY, WAIT} from "../../../contracts/insurance/Modules.sol";
import {PremiumModel} from "../../../contracts/insurance/PremiumModel.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

contract CoverBuyTest is InsuranceFixture {
    function test_Buy_BindsArmsAndSplitsThePremium() public {
        uint256 shares = _fill(vault, holder, 100_000e6);
        token.mint(holder, 10_000e6);
        (uint256 quoted, uint256 billedUntil) = manager.quote(0, 100_000e6, 90 days);
        vm.prank(holder);
        (uint256 id, uint256 premium) = manager.buy(_purchase(0, 100_000e6, 90 days, shares, holder));
        uint256 time = pool.poolTime();
        vm.assertEq(premium, quoted);
        vm.assertEq(billedUntil, ((time + 90 days + GRACE + BUCKET - 1) / BUCKET) * BUCKET);
        // 0 to 10 % of a curve from 2 % to 6 % at 80 %: the mean rate is 2.25 %.
        vm.assertApproxEqAbs(premium, (100_000e6 * 225 * (billedUntil - time)) / (10_000 * 365 days), 2);
        vm.assertEq(10_000e6 - token.balanceOf(holder), premium);
        vm.assertEq(token.balanceOf(treasury), premium / 10);
        vm.assertEq(reserve.available(), premium / 5);
        vm.assertEq(pool.books().unearned, premium - premium / 10 - premium / 5);
        vm.assertEq(nft.ownerOf(id), holder);
        vm.assertEq(nft.armedOf(id), shares);
        vm.assertEq(vault.balanceOf(address(nft)), shares);
        ICoverManager.Cover memory c = manager.coverOf(id);
        vm.assertEq(c.entry, RAY);
        vm.assertEq(uint256(c.start), time + WAIT);
        vm.assertEq(uint256(c.expiry), time + 90 days);
        vm.assertEq(uint256(c.bucket) * BUCKET, billedUntil);
        _sound();
    }

    function test_Buy_ForSomeoneElse() public {
        uint256 shares = _fill(vault, holder, 10e6);
        token.mint(holder, 100e6);
        vm.prank(holder);
        (uint256 id, ) = manager.buy(_purchase(0, 10e6, 30 days, shares, stranger));
        vm.assertEq(nft.ownerOf(id), stranger);
    }

    function test_Buy_RevertWhen_OutOfBounds() public {
        _fill(vault, holder, 10e6);
        bytes4 reason = ICoverManager.CoverManager__OutOfBounds.selector;
        vm.startPrank(holder);
        vm.expectRevert(abi.encodeWithSelector(reason, 7 days - 1, 7 days, 365 days));
        manager.buy(_purchase(0, 1e6, 7 days - 1, 0, holder));
        vm.expectRevert(abi.encodeWithSelector(reason, 365 days + 1, 7 days, 365 days));
        manager.buy(_purchase(0, 1e6, 365 days + 1, 0, holder));
        vm.expectRevert(abi.encodeWithSelector(reason, 0, 1, type(uint96).max));
        manager.buy(_purchase(0, 0, 30 days, 0, holder));
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NoProduct.selector, 2));
        manager.buy(_purchase(2, 1e6, 30 days, 0, holder));
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NoProduct.selector, 8));
        manager.buy(_purchase(8, 1e6, 30 days, 0, holder));
        ICoverManager.Purchase memory p = _purchase(0, 1e6, 30 days, 0, holder);
        p.maxPremium = 1e6 - 1;
        reason = ICoverManager.CoverManager__PremiumTooHigh.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 1e6, 1e6 - 1));
        manager.buy(p);
        vm.stopPrank();
    }

    function test_Buy_RevertWhen_TheProductsCapOrTheCapacityIsUsed() public {
        _buy(holder, 500_000e6, 0);
        token.mint(holder, 1_000_000e6);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__CapacityExceeded.selector;
        vm.startPrank(holder);
        vm.expectPartialRevert(reason);
        manager.buy(_purchase(0, 10_000e6, 90 days, 0, holder));
        vm.expectPartialRevert(IPremiumModel.PremiumModel__AboveCapacity.selector);
        manager.buy(_purchase(1, 500_100e6, 90 days, 0, holder));
        manager.buy(_purchase(1, 400_000e6, 90 days, 0, holder));
        vm.stopPrank();
    }

    function test_T8_Buy_RevertWhen_ThePriceHasFallen() public {
        _fall(vault, 9_899);
        uint256 price = manager.priceOf(0);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__Unhealthy.selector, 0, price, RAY));
        manager.buy(_purchase(0, 1e6, 30 days, 0, holder));
    }

    function test_T8_ADonationLiftsNoEntry() public {
        _skip(1 days);
        vault.gain(vault.totalAssets()); // the price doubles
        uint256 id = _buy(holder, 1_000e6, 1_000e6);
        // 8 days since the mark was set count as 7: 50 % a year of it.
        uint256 most = RAY + (RAY * 7 * 5_000) / (365 * 10_000);
        vm.assertEq(_entryOf(id), _min(most, RAY + (RAY * 1 * 5_000) / (365 * 10_000)), "T8: a day's growth");
        _skip(300 days);
        id = _buy(holder, 1_000e6, 1_000e6);
        vm.assertLe(_entryOf(id), (most * (RAY + (RAY * 5_000) / (365 * 10_000))) / RAY + 1, "T8: a year of silence counts as a week");
    }

    function test_Buy_ChargesTheMinimum() public {
        token.mint(holder, 10e6);
        vm.startPrank(holder);
        token.approve(address(manager), MAX);
        (, uint256 premium) = manager.buy(_purchase(0, 1, 7 days, 0, holder));
        vm.stopPrank();
        vm.assertEq(premium, 1e6);
    }

    function testFuzz_IN15_PartsCostNoLessThanAtOnce(uint256 amount, uint256 first, uint256 period) public {
        amount = _bound(amount, 2, 400_000e6);
        first = _bound(first, 1, amount - 1);
        period = _bound(period, 7 days, 365 days);
        (uint256 whole, ) = manager.quote(0, amount, period);
        (uint256 part, ) = manager.quote(0, first, period);
        _buy(holder, first, 0, period);
        (uint256 rest, ) = manager.quote(0, amount - first, period);
        vm.assertGe(part + rest, whole, "IN15");
    }

    function test_T6_TheSameSharesInsureOnce() public {
        uint256 shares = _fill(vault, holder, 10_000e6);
        token.mint(holder, 1_000e6);
        vm.startPrank(holder);
        (uint256 one, ) = manager.buy(_purchase(0, 10_000e6, 90 days, shares, holder));
        vm.expectRevert();
        manager.buy(_purchase(0, 10_000e6, 90 days, shares, holder));
        (uint256 two, ) = manager.buy(_purchase(0, 10_000e6, 90 days, 0, holder));
        vm.expectRevert(abi.encodeWithSelector(ICoverNFT.CoverNFT__NotEnoughShares.selector, two, 1, 0));
        manager.disarm(two, 1, holder);
        vm.stopPrank();
        vm.assertEq(nft.armedOf(one), shares, "T6");
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}

contract CoverArmTest is InsuranceFixture {
    function test_Arm_TakesTheLowerOfEntryAndPrice() public {
        uint256 id = _buy(holder, 100_000e6, 50_000e6);
        vault.gain(vault.totalAssets() / 200);
        uint256 shares = _fill(vault, holder, 50_000e6);
        vm.prank(holder);
        manager.arm(id, shares);
        vm.assertEq(_entryOf(id), RAY, "a risen price lifts no entry");
        vm.assertEq(nft.armedOf(id), 50_000e6 + shares);
    }

    function test_Arm_AnEmptyPolicyEntersAtThePriceNow() public {
        uint256 id = _buy(holder, 100_000e6, 0);
        _fall(vault, 9_950);
        uint256 shares = _fill(vault, holder, 50_000e6);
        uint256 price = manager.priceOf(0);
        vm.prank(holder);
        manager.arm(id, shares);
        vm.assertEq(_entryOf(id), price);
    }

    function test_Arm_RevertWhen_NotTheOwner() public {
        uint256 id = _buy(holder, 100_000e6, 50_000e6);
        bytes memory reason = abi.encodeWithSelector(ICoverManager.CoverManager__NotOwner.selector, id, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(reason);
        manager.arm(id, 1);
        vm.expectRevert(reason);
        manager.disarm(id, 1, stranger);
        vm.expectRevert(reason);
        manager.cancel(id);
        vm.expectRevert(reason);
        manager.extend(id, 1, MAX);
        vm.stopPrank();
    }

    function test_Disarm_WorksWhateverThePriceDoes() public {
        uint256 id = _buy(holder, 100_000e6, 50_000e6);
        _fall(vault, 1);
        vm.prank(holder);
        manager.disarm(id, 20_000e6, stranger);
        vm.assertEq(vault.balanceOf(stranger), 1_000_000e6 + 20_000e6);
        vm.assertEq(nft.armedOf(id), 30_000e6);
        vm.prank(holder);
        vm.expectRevert(
            abi.encodeWithSelector(ICoverNFT.CoverNFT__NotEnoughShares.selector, id, 30_000e6 + 1, 30_000e6)
        );
        manager.disarm(id, 30_000e6 + 1, holder);
    }

    function test_Transfer_CarriesCoverAndShares() public {
        uint256 id = _buy(holder, 100_000e6, 50_000e6);
        vm.prank(holder);
        nft.transferFrom(holder, stranger, id);
        vm.prank(stranger);
        manager.disarm(id, 50_000e6, stranger);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NotOwner.selector, id, holder));
        manager.cancel(id);
    }
}

contract CoverExtendTest is InsuranceFixture {
    uint256 internal id;

    function setUp() public override {
        super.setUp();
        id = _buy(holder, 100_000e6, 100_000e6);
        token.mint(holder, 100_000e6);
    }

    function test_Extend_MovesExpiryBucketAndStream() public {
        _skip(30 days);
        ICoverManager.Cover memory before = manager.coverOf(id);
        vm.prank(holder);
        uint256 premium = manager.extend(id, 100 days, MAX);
        ICoverManager.Cover memory c = manager.coverOf(id);
        vm.assertEq(uint256(c.expiry), uint256(before.expiry) + 100 days);
        uint256 longer = (uint256(c.bucket) - before.bucket) * BUCKET;
        // The cover is the only one: 0 to a tenth of a capacity that has earned a little meanwhile.
        vm.assertApproxEqRel(premium, (100_000e6 * 225 * longer) / (10_000 * 365 days), 1e15);
        vm.assertEq(pool.liveOf(0), 100_000e6);
        _sound();
        vm.warp(uint256(c.bucket) * BUCKET - 1);
        vm.assertEq(pool.liveOf(0), 100_000e6);
        _skip(1);
        vm.assertEq(pool.liveOf(0), 0);
        _sound();
    }

    function test_T7_Extend_InTheLastSecondAndNotLater() public {
        vm.warp(manager.coverOf(id).expiry - 1);
        vm.startPrank(holder);
        uint256 snapshot = vm.snapshotState();
        manager.extend(id, 30 days, MAX);
        vm.revertToState(snapshot);
        vm.stopPrank();
        _skip(1);
        _expectOver();
        vm.warp(manager.coverOf(id).expiry + GRACE);
        _expectOver();
    }

    function test_U10_ExtensionAfterExpiryReverts() public {
        vm.warp(manager.coverOf(id).expiry + 5 days);
        _fall(vault, 9_950);
        _expectOver();
    }

    function test_Extend_RevertWhen_MoreThanAYearIsLeft() public {
        bytes4 reason = ICoverManager.CoverManager__OutOfBounds.selector;
        vm.startPrank(holder);
        vm.expectRevert(abi.encodeWithSelector(reason, 275 days + 1, 1, 275 days));
        manager.extend(id, 275 days + 1, MAX);
        manager.extend(id, 275 days, MAX);
        vm.stopPrank();
    }

    function test_Extend_RevertWhen_TheQueueHasTheCapital() public {
        _buy(stranger, 400_000e6, 0);
        uint256 shares = pool.balanceOf(underwriter);
        vm.prank(underwriter);
        pool.requestRedeem((shares * 6) / 10, underwriter);
        vm.prank(holder);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__CapacityExceeded.selector);
        manager.extend(id, 30 days, MAX);
    }

    function test_Extend_RevertWhen_ThePriceIsLow() public {
        _fall(vault, 9_800);
        vm.prank(holder);
        vm.expectPartialRevert(ICoverManager.CoverManager__Unhealthy.selector);
        manager.extend(id, 30 days, MAX);
    }

    /// @dev After the DAO's notice nobody insures against the first tenth any more, at no premium: neither does an old cover.
    function test_Extend_RevertWhen_TheDeductibleHasGrown() public {
        manager.scheduleProduct(0, ICoverManager.Terms(address(vault), 500, 5_000, 10_000));
        _skip(NOTICE);
        manager.applyProduct(0);
        vm.prank(holder);
        manager.extend(id, 1 days, MAX); // ten of a hundred are more than five
        uint256 low = _buy(stranger, 1_000e6, 1_000e6);
        manager.scheduleProduct(0, _terms(address(vault)));
        _skip(NOTICE);
        manager.applyProduct(0);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__OutOfBounds.selector, 500, 1_000, 10_000));
        manager.extend(low, 1 days, MAX);
        vm.prank(holder);
        manager.extend(id, 1 days, MAX);
    }

    function _expectOver() internal {
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__Over.selector, id));
        manager.extend(id, 30 days, MAX);
    }
}

contract CoverCancelTest is InsuranceFixture {
    uint256 internal id;
    uint256 internal premium;

    function setUp() public override {
        super.setUp();
        id = _buy(holder, 100_000e6, 100_000e6);
        premium = manager.coverOf(id).premium;
    }

    function test_Cancel_ReturnsNineTenthsOfWhatIsNotStreamed() public {
        uint256 end = uint256(manager.coverOf(id).bucket) * BUCKET;
        uint256 length = end - pool.poolTime();
        _skip(30 days);
        uint256 before = token.balanceOf(holder);
        uint256 quoted = manager.refundOf(id);
        vm.prank(holder);
        uint256 refund = manager.cancel(id);
        uint256 net = premium - premium / 10 - premium / 5;
        vm.assertApproxEqAbs(refund, (net * (length - 30 days) * 9) / (length * 10), 2);
        vm.assertEq(refund, quoted);
        vm.assertEq(token.balanceOf(holder) - before, refund);
        vm.assertEq(pool.liveOf(0), 0);
        uint256 streams = (pool.books().rate * (length - 30 days)) / 1e12;
        vm.assertApproxEqAbs(streams, refund / 9, 2, "the tenth streams on");
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__Over.selector, id));
        manager.cancel(id);
        vm.prank(holder);
        manager.disarm(id, 100_000e6, holder);
        _sound();
    }

    function test_Cancel_AtExpiryPaysForTheGrace() public {
        vm.warp(manager.coverOf(id).expiry);
        vm.prank(holder);
        vm.assertGt(manager.cancel(id), 0);
        vm.assertEq(pool.liveOf(0), 0);
    }

    function test_Cancel_EndsTheRightToClaim() public {
        _skip(4 days);
        _poke();
        vm.prank(holder);
        manager.cancel(id);
        _fall(vault, 5_000);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__NotEligible.selector, id));
        incidents.open(id);
    }

    function test_Cancel_KeepsTheMinimum() public {
        token.mint(holder, 10e6);
        vm.startPrank(holder);
        (uint256 small, ) = manager.buy(_purchase(0, 1e6, 7 days, 0, holder));
        vm.assertEq(manager.cancel(small), 0);
        vm.stopPrank();
    }

    function test_Cancel_RevertWhen_TheBucketHasEnded() public {
        vm.warp(uint256(manager.coverOf(id).bucket) * BUCKET);
        vm.assertEq(manager.refundOf(id), 0);
        vm.prank(holder);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__BucketOver.selector);
        manager.cancel(id);
    }

    /// @dev What was paid out is used: it earns no premium back.
    function test_Cancel_AfterAPayoutReturnsForTheRestAlone() public {
        _skip(4 days);
        _poke();
        _fall(vault, 5_000);
        uint256 incident = _open(id);
        incidents.file(id);
        _close(incident);
        uint256 whole = manager.refundOf(id);
        incidents.settle(id);
        vm.assertApproxEqAbs(manager.refundOf(id), (whole * 6) / 10, 1, "60,000 of 100,000 are left");
        vm.prank(holder);
        manager.cancel(id);
        _sound();
    }

    /// @dev A large purchase beside it lifts the curve; buying before and cancelling after earns nothing.
    function test_T17_CancellingAroundAPurchaseEarnsNothing() public {
        uint256 before = token.balanceOf(stranger);
        token.mint(stranger, 100_000e6);
        vm.startPrank(stranger);
        (uint256 mine, uint256 paid) = manager.buy(_purchase(0, 100_000e6, 90 days, 0, stranger));
        vm.stopPrank();
        _buy(underwriter, 200_000e6, 0);
        vm.prank(stranger);
        uint256 back = manager.cancel(mine);
        int256 profit = int256(token.balanceOf(stranger)) - int256(before) - 100_000e6;
        _report("who buys before a large purchase and cancels after it", profit);
        vm.assertLt(back, paid, "T17");
        vm.assertLt(profit, 0, "T17");
    }
}

contract CoverProductTest is InsuranceFixture {
    function test_Schedule_TakesEffectAfterTheNotice() public {
        ICoverManager.Terms memory t = ICoverManager.Terms(address(vault), 500, 4_000, 20_000);
        manager.scheduleProduct(0, t);
        uint256 due = pool.poolTime() + NOTICE;
        _skip(NOTICE - 1);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NotYet.selector, due));
        manager.applyProduct(0);
        _skip(1);
        uint256 id = _buy(holder, 1_000e6, 0);
        manager.applyProduct(0);
        vm.assertEq(uint256(manager.productOf(0).deductibleBps), 500);
        vm.assertEq(uint256(manager.coverOf(id).deductibleBps), 1_000, "IN13: live covers keep theirs");
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NotYet.selector, 0));
        manager.applyProduct(0);
        vm.assertEq(manager.scheduledProduct(0).effectiveAt, 0);
    }

    function test_Schedule_TheNoticeStandsStillInAPause() public {
        manager.scheduleProduct(0, _terms(address(vault)));
        vm.prank(guardian);
        pool.pauseClaims(10 days);
        _skip(NOTICE + 10 days - 1);
        vm.expectPartialRevert(ICoverManager.CoverManager__NotYet.selector);
        manager.applyProduct(0);
        _skip(1);
        manager.applyProduct(0);
    }

    function test_Schedule_TheFirstMarkIsTheLowerPrice() public {
        Source4626 third = new Source4626(token);
        _fill(third, stranger, 1_000e6);
        manager.scheduleProduct(2, _terms(address(third)));
        third.gain(500e6);
        _skip(NOTICE);
        manager.applyProduct(2);
        vm.assertEq(uint256(manager.productOf(2).hwm), RAY);
    }

    function test_Schedule_RevertWhen_TheTermsAreBad() public {
        bytes4 reason = ICoverManager.CoverManager__OutOfBounds.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 8, 0, 7));
        manager.scheduleProduct(8, _terms(address(vault)));
        vm.expectRevert(abi.encodeWithSelector(reason, 199, 200, 1_000));
        manager.scheduleProduct(2, ICoverManager.Terms(address(vault), 199, 5_000, 1));
        vm.expectRevert(abi.encodeWithSelector(reason, 1_001, 200, 1_000));
        manager.scheduleProduct(2, ICoverManager.Terms(address(vault), 1_001, 5_000, 1));
        vm.expectRevert(abi.encodeWithSelector(reason, 5_001, 1, 5_000));
        manager.scheduleProduct(2, ICoverManager.Terms(address(vault), 200, 5_001, 1));
        vm.expectRevert(abi.encodeWithSelector(reason, 0, 1, type(uint16).max));
        manager.scheduleProduct(2, ICoverManager.Terms(address(vault), 200, 5_000, 0));
        reason = ICoverManager.CoverManager__BadVault.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, address(other)));
        manager.scheduleProduct(0, _terms(address(other)));
        vm.expectRevert(abi.encodeWithSelector(reason, address(token)));
        manager.scheduleProduct(2, _terms(address(token)));
        Source4626 foreign = new Source4626(new TestToken(6));
        vm.expectRevert(abi.encodeWithSelector(reason, address(foreign)));
        manager.scheduleProduct(2, _terms(address(foreign)));
    }

    function test_Stop_EndsPurchasesAndWhatIsScheduled() public {
        manager.scheduleProduct(0, _terms(address(vault)));
        vm.prank(guardian);
        manager.stopProduct(0);
        _skip(NOTICE);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__NotYet.selector, 0));
        manager.applyProduct(0);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ProductStopped.selector, 0));
        manager.buy(_purchase(0, 1e6, 30 days, 0, holder));
        manager.scheduleProduct(0, _terms(address(vault)));
        _skip(NOTICE);
        manager.applyProduct(0);
        _buy(holder, 1e6, 0);
    }

    function test_LowerCap_OnlyLowers() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__OutOfBounds.selector, 5_001, 0, 5_000));
        manager.lowerProductCap(0, 5_001);
        manager.lowerProductCap(0, 100);
        vm.stopPrank();
        token.mint(holder, 1_000e6);
        vm.startPrank(holder);
        token.approve(address(manager), MAX);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__CapacityExceeded.selector);
        manager.buy(_purchase(0, 10_001e6, 30 days, 0, holder));
        manager.buy(_purchase(0, 9_900e6, 30 days, 0, holder));
        vm.stopPrank();
    }

    function test_Buys_StopAndResume() public {
        vm.prank(guardian);
        manager.stopBuys();
        vm.prank(holder);
        vm.expectRevert(ICoverManager.CoverManager__BuysStopped.selector);
        manager.buy(_purchase(0, 1e6, 30 days, 0, holder));
        manager.resumeBuys();
        _buy(holder, 1e6, 0);
    }

    function test_Model_ChangesAfterTheNotice() public {
        PremiumModel dear = new PremiumModel(0.2e18, 0.6e18, 3e18, 0.8e18);
        vm.expectRevert(ICoverManager.CoverManager__ZeroAddress.selector);
        manager.scheduleModel(IPremiumModel(stranger));
        manager.scheduleModel(dear);
        (uint256 before, ) = manager.quote(0, 100_000e6, 90 days);
        vm.expectPartialRevert(ICoverManager.CoverManager__NotYet.selector);
        manager.applyModel();
        uint256 id = _buy(holder, 100e6, 0);
        uint256 rate = manager.coverOf(id).rate;
        _skip(NOTICE);
        manager.applyModel();
        (uint256 after_, ) = manager.quote(0, 100_000e6, 90 days);
        vm.assertApproxEqRel(after_, 10 * before, 0.05e18, "but for where the week ends");
        vm.assertEq(uint256(manager.coverOf(id).rate), rate, "IN13");
        vm.expectPartialRevert(ICoverManager.CoverManager__NotYet.selector);
        manager.applyModel();
    }

    function test_Fees_WithinBounds() public {
        bytes4 reason = ICoverManager.CoverManager__OutOfBounds.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 3_001, 0, 3_000));
        manager.setFees(3_001, 0);
        vm.expectRevert(abi.encodeWithSelector(reason, 2_001, 0, 2_000));
        manager.setFees(1_000, 2_001);
        manager.setFees(0, 0);
        _buy(holder, 100_000e6, 0);
        vm.assertEq(token.balanceOf(treasury), 0);
        vm.assertEq(reserve.available(), 0);
        (uint256 dao, uint256 first) = manager.fees();
        vm.assertEq(dao + first, 0);
    }

    function test_Roles_RevertWhen_AStrangerCalls() public {
        bytes memory reason = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(reason);
        manager.scheduleProduct(0, _terms(address(vault)));
        vm.expectRevert(reason);
        manager.scheduleModel(IPremiumModel(stranger));
        vm.expectRevert(reason);
        manager.setFees(0, 0);
        vm.expectRevert(reason);
        manager.stopProduct(0);
        vm.expectRevert(reason);
        manager.lowerProductCap(0, 0);
        vm.expectRevert(reason);
        manager.stopBuys();
        vm.expectRevert(reason);
        manager.resumeBuys();
        vm.stopPrank();
    }

    function test_T10_VaultsOfAnyDecimals() public {
        uint8[4] memory offsets = [0, 6, 12, 18];
        for (uint256 i = 0; i < 4; ++i) {
            OffsetVault made = new OffsetVault(token, offsets[i]);
            _fill(Source4626(address(made)), stranger, 1_000e6);
            manager.scheduleProduct(uint8(2 + i), _terms(address(made)));
            _skip(NOTICE);
            manager.applyProduct(uint8(2 + i));
            // One asset is 10^offset shares.
            vm.assertEq(manager.priceOf(uint8(2 + i)), RAY / 10 ** offsets[i], "T10");
        }
    }

    function test_Constructors_RevertWhen_ForAnotherAddress() public {
        Modules memory m = pool.modules();
        CoverManager.Config memory c = _config();
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__WrongAddress.selector, m.manager));
        new CoverManager(c, m);
        vm.expectRevert(abi.encodeWithSelector(ICoverNFT.CoverNFT__WrongAddress.selector, m.nft));
        new CoverNFT(m);
        vm.expectRevert(abi.encodeWithSelector(IIncidentModule.IncidentModule__WrongAddress.selector, m.incidents));
        new IncidentModule(address(authority), m);
        c.treasury = address(0);
        m.manager = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectRevert(ICoverManager.CoverManager__ZeroAddress.selector);
        new CoverManager(c, m);
        vm.assertEq(abi.encode(manager.modules()), abi.encode(pool.modules()));
        vm.assertEq(abi.encode(incidents.modules()), abi.encode(pool.modules()));
    }
}

/// @notice Shares with more decimals than the asset.
contract OffsetVault is Source4626 {
    uint8 internal immutable offset;

    constructor(TestToken token, uint8 offset_) Source4626(token) {
        offset = offset_;
    }

    function _decimalsOffset() internal view override returns (uint8) {
        return offset;
    }
}
