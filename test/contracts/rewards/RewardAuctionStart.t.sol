// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AuctionBase} from "./AuctionBase.sol";
import {BrokenToken} from "./BrokenToken.sol";

/// @notice When a lot may start, with how much, and what the lot before it did to the anchor.
contract RewardAuctionStartTest is AuctionBase {
    /// @notice A balance that is never emptied costs less to fill: with nothing here before, a wei of it stays.
    function test_Start_LeavesAWei() public {
        TestToken other_ = new TestToken(18);
        auction.list(address(other_), ANCHOR, MIN_LOT);
        other_.mint(address(auction), MIN_LOT);
        auction.startAll();
        vm.assertEq(uint256(auction.lot(address(other_)).initial), 0, "a lot took the last wei");
        other_.mint(address(auction), 1);
        auction.startAll();
        vm.assertEq(uint256(auction.lot(address(other_)).initial), MIN_LOT);
    }

    function test_Start_TakesAllThatIsHere() public {
        reward.mint(address(auction), 100e18);
        vm.expectEmit(address(auction));
        emit IRewardAuction.LotStarted(address(reward), 100e18, 4 * ANCHOR);
        vm.prank(other);
        vm.assertEq(auction.start(address(reward)), 100e18);
        IRewardAuction.Lot memory lot = auction.lot(address(reward));
        vm.assertEq(uint256(lot.startedAt), vm.getBlockTimestamp());
        vm.assertEq(uint256(lot.initial), 100e18);
        vm.assertEq(uint256(lot.remaining), 100e18);
        vm.assertEq(lot.startPrice, 4 * ANCHOR);
        vm.assertEq(lot.endsAt, vm.getBlockTimestamp() + 1 days);
    }

    function test_Start_MinLotBound() public {
        reward.mint(address(auction), MIN_LOT - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IRewardAuction.RewardAuction__LotTooSmall.selector,
                address(reward),
                MIN_LOT - 1,
                MIN_LOT
            )
        );
        auction.start(address(reward));
        auction.startAll();
        vm.assertEq(_remaining(), 0);
        reward.mint(address(auction), 1);
        auction.startAll();
        vm.assertEq(_remaining(), MIN_LOT);
    }

    function test_AU3_Start_RevertWhen_ALotIsRunning() public {
        _lot(100e18);
        reward.mint(address(auction), 100e18);
        uint256 endsAt = vm.getBlockTimestamp() + 1 days;
        bytes memory running = abi.encodeWithSelector(
            IRewardAuction.RewardAuction__LotRunning.selector,
            address(reward),
            endsAt
        );
        vm.expectRevert(running);
        auction.start(address(reward));
        auction.startAll();
        vm.assertEq(_remaining(), 100e18);
        vm.warp(endsAt - 1);
        vm.expectRevert(running);
        auction.start(address(reward));
        vm.warp(endsAt);
        vm.assertEq(auction.start(address(reward)), 200e18);
    }

    function test_AU5_UnsoldLotHalvesTheAnchorAndItsRestJoinsTheNext() public {
        _lot(100e18);
        _skip(1 days);
        reward.mint(address(auction), 20e18);
        vm.expectEmit(address(auction));
        emit IRewardAuction.LotEnded(address(reward), 100e18);
        vm.expectEmit(address(auction));
        emit IRewardAuction.AnchorMoved(address(reward), ANCHOR, ANCHOR / 2);
        auction.start(address(reward));
        vm.assertEq(_remaining(), 120e18);
        vm.assertEq(_price(), 2 * ANCHOR);
    }

    function test_AU5_ADelayedStartHalvesOnlyOnce() public {
        _lot(100e18);
        _skip(30 days);
        auction.startAll();
        vm.assertEq(_anchor(), ANCHOR / 2);
    }

    /// @dev 60 % at the anchor, 40 % unsold at half of it: 0.6 + 0.4 / 2 = 0.8.
    function test_AU6_ARestCountsAtHalfTheAnchor() public {
        _lot(100e18);
        _skip(1 hours);
        _take(taker, 60e18);
        _skip(1 days);
        auction.start(address(reward));
        vm.assertEq(_anchor(), (ANCHOR * 8) / 10);
    }

    function test_AU5_AnchorStopsAtItsLeast() public {
        auction.list(address(reward), 5, MIN_LOT);
        reward.mint(address(auction), 100e18);
        for (uint256 i = 0; i < 4; ++i) {
            auction.start(address(reward));
            _skip(1 days);
        }
        vm.assertEq(_anchor(), 4);
        auction.start(address(reward));
        _skip(3 hours);
        vm.assertEq(_price(), 1);
    }

    function test_AU3_ALotIsNeverLargerThanItsSlot() public {
        reward.mint(address(auction), uint256(type(uint104).max) + 5);
        auction.startAll();
        vm.assertEq(_remaining(), type(uint104).max);
        _skip(2 hours);
        asset.mint(taker, type(uint128).max);
        _take(taker, type(uint104).max);
        vm.assertEq(reward.balanceOf(address(auction)), 1 + 5);
    }

    function test_AU8_TokensThatFailBlockNoOther() public {
        BrokenToken broken = new BrokenToken();
        for (uint256 mode = 0; mode < 4; ++mode) {
            broken.set(BrokenToken.Mode.Honest);
            TestToken honest = new TestToken(18);
            auction.list(address(broken), ANCHOR, 1); // before the honest one
            auction.list(address(honest), ANCHOR, 1);
            honest.mint(address(auction), 5e18 + 1);
            broken.set(BrokenToken.Mode(mode + 1));
            auction.startAll{gas: 2_000_000}();
            vm.assertEq(uint256(auction.lot(address(honest)).initial), 5e18);
            vm.assertEq(uint256(auction.lot(address(broken)).initial), 0);
            auction.delist(address(honest));
            auction.delist(address(broken));
        }
    }

    /// @dev Eight tokens that burn all they are given: what `startAll` promises to need.
    function test_AU8_StartAllNeedsAtMostThreeHundredThousandGasPerToken() public {
        auction.delist(address(reward));
        for (uint256 i = 0; i < 8; ++i) {
            BrokenToken broken = new BrokenToken();
            auction.list(address(broken), ANCHOR, 1);
            broken.set(i % 2 == 0 ? BrokenToken.Mode.BurnsGas : BrokenToken.Mode.Bombs);
        }
        auction.startAll{gas: 8 * 300_000}();
    }

    /// @dev Memory grows with each token's answer, and its price with the square: what one of them costs says nothing of eight.
    function test_AU8_LongAnswersOfManyTokensBlockNoOther() public {
        auction.delist(address(reward));
        for (uint256 i = 0; i < 7; ++i) {
            BrokenToken broken = new BrokenToken();
            auction.list(address(broken), ANCHOR, 1);
            broken.set(BrokenToken.Mode.AnswersLong);
        }
        auction.list(address(reward), ANCHOR, 1);
        reward.mint(address(auction), 5e18);
        auction.startAll{gas: 8 * 300_000}();
        vm.assertEq(_remaining(), 5e18);
    }
}
