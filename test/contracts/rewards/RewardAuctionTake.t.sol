// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {BlocklistToken, FalseReturningToken, FeeOnTransferToken, ReentrantToken} from "../helpers/HostileTokens.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Vm} from "../Vm.sol";
import {AuctionBase} from "./AuctionBase.sol";
import {FlashTaker} from "./FlashTaker.sol";

/// @notice Buying: bounds, who pays, the callback, and what a sold-out lot does to the anchor.
contract RewardAuctionTakeTest is AuctionBase {
    function test_AU2_Take_PaysTheVaultAndDelivers() public {
        _lot(100e18);
        _skip(1 hours);
        vm.expectEmit(address(auction));
        emit IRewardAuction.LotTaken(address(reward), taker, other, 40e18, 80e18);
        vm.prank(taker);
        uint256 paid = auction.take(address(reward), 40e18, 80e18, other, vm.getBlockTimestamp(), "");
        vm.assertEq(paid, 80e18); // 40 at the anchor of 2
        vm.assertEq(asset.balanceOf(address(vault)), 80e18);
        vm.assertEq(reward.balanceOf(other), 40e18);
        vm.assertEq(asset.balanceOf(address(auction)), 0);
        vm.assertEq(_remaining(), 60e18);
    }

    function test_Take_MaxPaymentAndDeadlineBounds() public {
        _lot(100e18);
        uint256 now_ = vm.getBlockTimestamp();
        vm.startPrank(taker);
        vm.expectRevert(
            abi.encodeWithSelector(IRewardAuction.RewardAuction__PaymentAboveMax.selector, 800e18, 800e18 - 1)
        );
        auction.take(address(reward), 100e18, 800e18 - 1, taker, now_, "");
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__Expired.selector, now_ - 1));
        auction.take(address(reward), 100e18, 800e18, taker, now_ - 1, "");
        auction.take(address(reward), 100e18, 800e18, taker, now_, "");
        vm.stopPrank();
    }

    /// @dev Sold at the anchor: it says nothing of one that stays.
    function test_AU5_AnAnchorThatStaysIsNotAnnounced() public {
        _lot(100e18);
        _skip(1 hours);
        vm.recordLogs();
        _take(taker, 100e18);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertFalse(logs[i].topics[0] == IRewardAuction.AnchorMoved.selector);
        }
        vm.assertEq(_anchor(), ANCHOR);
    }

    function test_AU4_Take_AmountBounds() public {
        _lot(105e18 + 5);
        uint256 tenth = 105e17 + 1; // a tenth of the lot, rounded up
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__TakeTooSmall.selector, tenth - 1, tenth));
        _take(taker, tenth - 1);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__TakeTooSmall.selector, 0, tenth));
        _take(taker, 0);
        _take(taker, tenth);
        uint256 rest = _remaining();
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__TakeTooLarge.selector, rest + 1, rest));
        _take(taker, rest + 1);
        _take(taker, rest - 1);
        _take(taker, 1); // all that remains, however little
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__NoLot.selector, address(reward)));
        _take(taker, 1);
    }

    function test_Take_RevertWhen_TheDayIsOver() public {
        _lot(100e18);
        _skip(1 days - 1);
        _take(taker, 10e18);
        _skip(1);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__NoLot.selector, address(reward)));
        _take(taker, 10e18);
    }

    function test_AU5_SoldOutAtOnceMovesTheAnchorToThePrice() public {
        _lot(100e18);
        vm.expectEmit(address(auction));
        emit IRewardAuction.AnchorMoved(address(reward), ANCHOR, 4 * ANCHOR);
        _take(taker, 100e18);
        _lot(100e18);
        _skip(5 hours);
        _take(taker, 100e18);
        vm.assertEq(_anchor(), ANCHOR);
        _lot(100e18);
        _skip(1 hours);
        _take(taker, 100e18); // at the anchor: nothing moves
        vm.assertEq(_anchor(), ANCHOR);
    }

    /// @dev 20 % at 4, 50 % at 2, 30 % at 1/4 of the anchor: 0.8 + 1 + 0.075 = 1.875.
    function test_AU6_AnchorBecomesTheAverageWeightedByAmount() public {
        _lot(100e18);
        _take(taker, 20e18);
        _skip(30 minutes);
        _take(other, 50e18);
        vm.assertEq(_anchor(), ANCHOR);
        _skip(3 hours);
        _take(taker, 30e18);
        vm.assertEq(_anchor(), (ANCHOR * 1_875) / 1_000);
        _lot(100e18); // nothing of the last lot is left in the next one's average
        _skip(1 hours);
        _take(taker, 50e18);
        _take(taker, 50e18);
        vm.assertEq(_anchor(), (ANCHOR * 1_875) / 1_000);
    }

    /// @dev Any way to buy a lot out: AU3, AU5, AU6 and the books.
    function testFuzz_AU3_PartsAddUpToTheLot(uint256 amount, uint256[6] calldata parts, uint256[6] calldata waits) public {
        amount = _bound(amount, MIN_LOT, 1e27);
        _lot(amount);
        uint256 sumOfPayments = 0;
        uint256 sumOfPrices = 0; // amount × price: < 1e27 × 4e37 × 7 < 2^256
        for (uint256 i = 0; i < 6 && _remaining() > 0; ++i) {
            _skip(_bound(waits[i], 0, 2 hours));
            uint256 left = _remaining();
            uint256 min = (amount + 9) / 10;
            uint256 part = left <= min ? left : _bound(parts[i], min, left);
            sumOfPrices += part * _price();
            sumOfPayments += _take(taker, part);
            vm.assertEq(_remaining(), left - part);
        }
        uint256 rest = _remaining();
        if (rest > 0) {
            sumOfPrices += rest * _price();
            sumOfPayments += _take(other, rest);
        }
        vm.assertEq(asset.balanceOf(address(vault)), sumOfPayments);
        vm.assertGe(sumOfPayments * 1e36, sumOfPrices);
        vm.assertEq(reward.balanceOf(taker) + reward.balanceOf(other), amount);
        vm.assertEq(reward.balanceOf(address(auction)), 1);
        vm.assertLe(_anchor(), 4 * ANCHOR);
        vm.assertGe(_anchor() + 7, ANCHOR / 4);
        vm.assertApproxEqAbs(_anchor(), sumOfPrices / amount, 7); // each of ≤ 7 parts rounds down by less than 1
    }

    /* THE CALLBACK */

    function test_Take_FlashFillOwnsNothingAndKeepsTheDifference() public {
        _lot(100e18);
        _skip(65 minutes); // 1 hour + a sixth of a half-life: 1 − 1/12 of the anchor
        FlashTaker flash = new FlashTaker(auction, asset, ANCHOR);
        uint256 paid = flash.fill(address(reward), 100e18);
        vm.assertEq(paid, uint256(2_200e18) / 12 + 1);
        vm.assertEq(asset.balanceOf(address(vault)), paid);
        vm.assertEq(asset.balanceOf(address(flash)), 200e18 - paid);
        vm.assertEq(asset.allowance(address(flash), address(auction)), 0);
    }

    function test_Take_RevertWhen_TheTakerDoesNotPay() public {
        _lot(100e18);
        FlashTaker flash = new FlashTaker(auction, asset, 8 * ANCHOR);
        flash.setPays(false);
        vm.expectRevert();
        flash.fill(address(reward), 100e18);
        vm.assertEq(reward.balanceOf(address(auction)), 100e18 + 1);
        vm.assertEq(_remaining(), 100e18);
    }

    /// @dev Only the caller is called back: nobody can make the auction call a third party, or let one pay.
    function test_AU9_OnlyTheCallerIsCalledBackAndPays() public {
        _lot(100e18);
        FlashTaker victim = new FlashTaker(auction, asset, 8 * ANCHOR);
        asset.mint(address(victim), 1_000e18);
        vm.prank(taker); // an account without code cannot be called back
        vm.expectRevert();
        auction.take(address(reward), 100e18, type(uint256).max, address(victim), type(uint256).max, "sell");
        vm.prank(taker);
        auction.take(address(reward), 100e18, type(uint256).max, address(victim), type(uint256).max, "");
        vm.assertEq(asset.balanceOf(address(victim)), 1_000e18);
        vm.assertEq(asset.balanceOf(taker), type(uint128).max - 800e18);
    }

    function test_AU10_NothingStartsAndNothingIsTakenFromInsideATake() public {
        _lot(100e18);
        TestToken second = new TestToken(18);
        auction.list(address(second), ANCHOR, 1);
        second.mint(address(auction), 5e18);
        FlashTaker flash = new FlashTaker(auction, asset, 8 * ANCHOR);
        bytes[3] memory calls = [
            abi.encodeCall(IRewardAuction.take, (address(reward), 50e18, 1e30, address(flash), 2e9, "")),
            abi.encodeCall(IRewardAuction.start, (address(second))),
            abi.encodeCall(IRewardAuction.startAll, ())
        ];
        for (uint256 i = 0; i < 3; ++i) {
            flash.arm(address(auction), calls[i]);
            flash.fill(address(reward), 25e18);
            vm.assertEq(flash.succeeded(), i == 2);
            if (i < 2) {
                vm.assertEq(bytes32(flash.answer()), ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            }
            vm.assertEq(uint256(auction.lot(address(second)).initial), 0);
        }
    }

    /* TOKENS */

    /// @dev The balance is still here when the token calls out: a lot started then would sell tokens twice.
    function test_AU10_ATokenThatCallsBackStartsNothing() public {
        ReentrantToken token = new ReentrantToken(18);
        _deploy(18, token, ANCHOR, MIN_LOT);
        _lot(100e18);
        token.arm(address(auction), abi.encodeCall(IRewardAuction.start, (address(token))));
        _take(taker, 100e18);
        vm.assertFalse(token.succeeded());
        vm.assertEq(_remaining(), 0);
    }

    function test_AU8_AFeeOnTransferTokenCostsOnlyItsTaker() public {
        _deploy(18, new FeeOnTransferToken(18), ANCHOR, MIN_LOT);
        _lot(100e18);
        uint256 paid = _take(taker, 100e18);
        vm.assertEq(asset.balanceOf(address(vault)), paid);
        vm.assertEq(paid, 800e18);
        vm.assertEq(reward.balanceOf(taker), 99e18);
    }

    function test_AU8_AFalseReturningTokenReverts() public {
        FalseReturningToken token = new FalseReturningToken(18);
        _deploy(18, token, ANCHOR, MIN_LOT);
        _lot(100e18);
        token.arm(true);
        vm.expectRevert();
        _take(taker, 100e18);
        vm.assertEq(asset.balanceOf(address(vault)), 0);
    }

    function test_AU8_ABlockedReceiverBlocksOnlyItself() public {
        BlocklistToken token = new BlocklistToken(18);
        _deploy(18, token, ANCHOR, MIN_LOT);
        _lot(100e18);
        token.setBlocked(taker, true);
        vm.expectRevert(abi.encodeWithSelector(BlocklistToken.BlocklistToken__Blocked.selector, taker));
        _take(taker, 100e18);
        _take(other, 100e18);
    }
}
