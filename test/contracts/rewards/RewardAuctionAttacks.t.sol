// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {VaultDriver} from "../adapters/VaultDriver.sol";
import {AuctionBase} from "./AuctionBase.sol";
import {FlashTaker} from "./FlashTaker.sol";

/// @notice Finding H2: auctions that are wash-taken, starved, spammed, topped up, left with a rest. The market price is
/// the anchor throughout, and an honest taker buys all there is as soon as the price is not above it.
contract RewardAuctionAttacksTest is AuctionBase {
    uint256 internal constant MARKET = ANCHOR;
    uint256 internal constant LOT = 1_000e18;
    /// @dev A lot's value: 1,000 rewards at 2.
    uint256 internal constant LOT_VALUE = 2_000e18;

    /* (a) WASH-TAKEN: buying at the start price to drive the next lots out of everyone's reach */

    /// @dev Once: 4 × is paid for the smallest lot, and the next one reaches the market after two hours instead of one.
    function test_H2a_WashTakenOnceDelaysByAnHour() public {
        int256 profit = _wash(1);
        _report("(a) attacker, one wash take", profit);
        vm.assertEq(profit, -60e18); // 10 rewards worth 20 for 80
        _lot(LOT);
        vm.assertEq(_waitForMarket(), 2 hours);
        _sellAtMarket();
    }

    /// @dev Thrice: 3 + 15 + 63 lot values are paid to the vault; then each day unsold halves what was pumped.
    function test_H2a_WashTakenThriceDelaysByFourDaysAndPaysTheVault() public {
        int256 profit = _wash(3);
        _report("(a) attacker, three wash takes", profit);
        vm.assertEq(profit, -81 * 20e18);
        _lot(LOT);
        uint256 day = 0;
        while (_waitForMarket() == type(uint256).max) {
            _skip(1 days);
            auction.start(address(reward));
            ++day;
        }
        vm.assertEq(day, 4); // from 64 × to 4 ×
        int256 others = _sellAtMarket();
        _report("(a) vault, over the market price", int256(asset.balanceOf(address(vault))) - 2_060e18);
        vm.assertEq(others, 0);
    }

    /// @dev Part of a lot moves nothing, so that the price of one more try is always a whole lot.
    function test_H2a_WashTakingAPartMovesNoAnchorUntilTheRestIsPaidFor() public {
        _lot(LOT);
        _take(taker, LOT / 10);
        vm.assertEq(_anchor(), ANCHOR);
        _waitForMarket();
        _take(other, (LOT * 9) / 10);
        vm.assertEq(_anchor(), (ANCHOR * 13) / 10); // 0.1 × 4 + 0.9 × 1
    }

    /* (b) STARVED: nobody else can buy for a while */

    function test_H2b_ACensoredWindowCostsThreeQuartersOfOneLotAndNoMore() public {
        _lot(LOT);
        _skip(3 hours);
        int256 profit = int256(LOT_VALUE) - int256(_take(taker, LOT));
        _report("(b) attacker, alone for three hours", profit);
        vm.assertEq(profit, int256(LOT_VALUE * 3) / 4);
        _lot(LOT); // starts at 4 × a quarter: the market price, to the honest taker at once
        vm.assertEq(_price(), MARKET);
        vm.assertEq(_sellAtMarket(), 0);
        vm.assertEq(_anchor(), ANCHOR);
    }

    function test_H2b_AQuietDayCostsNothing() public {
        _lot(LOT);
        _skip(1 days);
        auction.start(address(reward));
        vm.assertEq(_price(), 2 * MARKET);
        vm.assertEq(_waitForMarket(), 30 minutes);
        vm.assertEq(_sellAtMarket(), 0);
    }

    /// @dev Ten quiet days in a row, then a market: what is lost is what nobody was there to pay.
    function test_H2b_StarvedForTenDaysRecoversInFiveLots() public {
        reward.mint(address(auction), LOT);
        for (uint256 i = 0; i < 10; ++i) {
            auction.start(address(reward));
            _skip(1 days);
        }
        uint256 lots = 0;
        auction.start(address(reward));
        while (_price() < MARKET) {
            _sellAtOnce();
            _lot(LOT);
            ++lots;
        }
        vm.assertEq(lots, 4); // starts at 4 / 2^10 of the market, × 4 each lot: 4^(1 + lots) ≥ 2^10
    }

    /* (c) SPAMMED: dust starts lots that block the real ones */

    function test_H2c_DustStartsNoLot() public {
        reward.mint(address(auction), MIN_LOT - 1);
        auction.startAll();
        vm.assertEq(_remaining(), 0);
        _lot(LOT);
        vm.assertEq(_remaining(), LOT + MIN_LOT - 1);
        _waitForMarket();
        vm.assertEq(_sellAtMarket(), 0);
    }

    /// @dev A lot of the least size is a gift of it, and lasts until somebody buys it: an hour.
    function test_H2c_ASpammerGivesALeastLotAway() public {
        _lot(MIN_LOT);
        reward.mint(address(auction), LOT);
        vm.assertEq(_waitForMarket(), 1 hours);
        _sellAtMarket();
        auction.start(address(reward));
        vm.assertEq(_remaining(), LOT);
        _waitForMarket();
        _sellAtMarket();
        _report("(c) attacker, one spam lot", -int256(asset.balanceOf(address(vault)) - LOT_VALUE));
        vm.assertEq(asset.balanceOf(address(vault)), LOT_VALUE + 20e18);
    }

    /* (d) TOPPED UP: a lot that sits at its lowest price, and then is filled */

    function test_H2d_ALotAtItsLowestPriceIsNotToppedUp() public {
        _lot(MIN_LOT);
        _skip(3 hours);
        reward.mint(address(auction), 10_000e18);
        vault.compound(); // claims arrive, and lots are started
        vm.expectRevert(
            abi.encodeWithSelector(IRewardAuction.RewardAuction__TakeTooLarge.selector, 10_000e18, MIN_LOT)
        );
        _take(taker, 10_000e18);
        int256 profit = 20e18 - int256(_take(taker, MIN_LOT));
        _report("(d) attacker, the least lot at its lowest", profit);
        vm.assertEq(profit, 15e18);
        vault.compound();
        vm.assertEq(_remaining(), 10_000e18);
        vm.assertEq(_price(), MARKET);
        vm.assertEq(_sellAtMarket(), 0);
    }

    /* (e) COMPOUNDING INSIDE THE CALLBACK: balances move while the auction is at work */

    function test_H2e_CompoundingInsideTheCallbackChangesNoPayment() public {
        asset.mint(address(vault), 50e18);
        _lot(LOT);
        _skip(1 hours);
        FlashTaker flash = new FlashTaker(auction, asset, MARKET);
        flash.arm(address(vault), abi.encodeCall(VaultDriver.compound, ()));
        uint256 paid = flash.fill(address(reward), LOT);
        vm.assertTrue(flash.succeeded());
        vm.assertEq(paid, LOT_VALUE);
        vm.assertEq(asset.balanceOf(address(vault)), LOT_VALUE); // the 50 went on, the payment came
        vm.assertEq(vault.compound(), LOT_VALUE);
        _report("(e) attacker", int256(asset.balanceOf(address(flash))));
        vm.assertEq(asset.balanceOf(address(flash)), 0);
    }

    /* (f) A REST LEFT OVER: nine tenths at the market price, the last tenth at the lowest, to drag the anchor down. With
       the last price as the anchor, three lots of this make the fourth start at a quarter of the market price. */

    function test_H2f_ARestTakenAtTheLowestPriceHardlyMovesTheAnchor() public {
        int256 profit = 0;
        for (uint256 i = 0; i < 10; ++i) {
            _lot(LOT);
            _waitForMarket();
            profit += int256((LOT_VALUE * 9) / 10) - int256(_take(taker, (LOT * 9) / 10));
            _skip(3 hours);
            profit += int256(LOT_VALUE / 10) - int256(_take(taker, LOT / 10));
            vm.assertGe(_anchor(), (ANCHOR * 92) / 100);
        }
        _report("(f) attacker, ten lots with nobody else buying the rests", profit);
        // A rest is a tenth, and its discount at most 1 − 0.92 / 4: 7.7 % of a lot. The nine tenths are bought up to one
        // step late: 10 seconds of 1/1,800 each, 0.5 % of a lot. Ten lots.
        vm.assertLe(profit, int256(LOT_VALUE * 82) / 100);
    }

    /// @dev The rest left to run out: it counts at half the anchor.
    function test_H2f_ARestLeftToRunOutHardlyMovesTheAnchor() public {
        reward.mint(address(auction), LOT);
        for (uint256 i = 0; i < 10; ++i) {
            auction.start(address(reward));
            uint256 lot = _remaining();
            _waitForMarket();
            vm.assertApproxEqRel(_price(), MARKET, 0.0056e18); // the market price, but for a step of 10 seconds
            _take(taker, (lot * 9) / 10);
            _skip(1 days);
            reward.mint(address(auction), (lot * 9) / 10);
        }
        vm.assertGe(_anchor(), (ANCHOR * 94) / 100);
    }

    /* HELPERS */

    /// @dev Buys `times` lots of the least size at their start price.
    function _wash(uint256 times) internal returns (int256 profit) {
        for (uint256 i = 0; i < times; ++i) {
            _lot(MIN_LOT);
            profit += 20e18 - int256(_take(taker, MIN_LOT));
        }
    }

    /// @dev Lets minutes pass until the price is not above the market; max when it does not get there in three hours.
    function _waitForMarket() internal returns (uint256 waited) {
        uint256 step = 10 seconds;
        for (waited = 0; waited <= 3 hours; waited += step) {
            if (_price() <= MARKET) return waited;
            _skip(step);
        }
        return type(uint256).max;
    }

    /// @return gained What the honest taker made: 0 means that the vault got the market price.
    function _sellAtMarket() internal returns (int256 gained) {
        uint256 amount = _remaining();
        return int256((amount * MARKET) / 1e36) - int256(_take(other, amount));
    }

    function _sellAtOnce() internal {
        _take(other, _remaining());
    }
}
