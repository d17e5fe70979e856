// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AuctionBase} from "./AuctionBase.sol";

/// @notice The price path, against fractions worked out by hand.
contract RewardAuctionPriceTest is AuctionBase {
    function test_AU1_HalvesExactlyEachHalfHourDownToAQuarterOfTheAnchor() public {
        _lot(100e18);
        uint256[7] memory quarters = [uint256(16), 8, 4, 2, 1, 1, 1]; // of the anchor, at 0, ½, 1, 1½, 2, 2½, 3 hours
        for (uint256 i = 0; i < quarters.length; ++i) {
            vm.assertEq(_price(), (ANCHOR * quarters[i]) / 4);
            _skip(30 minutes);
        }
        _skip(24 hours - 7 * 30 minutes - 1);
        vm.assertEq(_price(), ANCHOR / 4);
        _skip(1);
        vm.assertEq(_price(), 0);
    }

    function test_AU1_IsLinearWithinAHalfLife() public {
        _lot(100e18);
        _skip(15 minutes);
        vm.assertEq(_price(), 3 * ANCHOR); // midway between 4 and 2
        _skip(40 minutes); // 25 of the second 30 minutes: 2 − 25/30
        vm.assertEq(_price(), (ANCHOR * 7 + 5) / 6); // 7/6 of the anchor, rounded up
    }

    /// @dev Any anchor, any two moments: within bounds, never rising, and the last price is the anchor's quarter, up.
    function testFuzz_AU1_NeverRisesAndStaysBetweenFourTimesAndAQuarter(uint256 anchor, uint256 t, uint256 dt) public {
        anchor = _bound(anchor, 4, type(uint144).max);
        auction.list(address(reward), anchor, MIN_LOT);
        _lot(100e18);
        t = _bound(t, 0, 1 days - 2);
        _skip(t);
        uint256 earlier = _price();
        _skip(_bound(dt, 1, 1 days - 1 - t));
        uint256 later = _price();
        vm.assertLe(later, earlier);
        vm.assertLe(earlier, 4 * anchor);
        vm.assertGe(later * 4, anchor);
        vm.assertGe(later, 1);
    }

    /// @dev Whole assets per whole reward, for decimals that differ both ways: 3.5 rewards at 4 × 2.
    function test_AU2_QuotesInAssetWeiForAnyDecimals() public {
        uint8[3] memory decimals = [6, 8, 18];
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 j = 0; j < 3; ++j) {
                uint256 unit = 10 ** decimals[j];
                _deploy(decimals[i], new TestToken(decimals[j]), 2 * 10 ** decimals[i] * 1e18, unit);
                _lot(10 * unit);
                vm.assertEq(auction.quote(address(reward), (7 * unit) / 2), 28 * 10 ** decimals[i]);
            }
        }
    }

    function testFuzz_AU2_PaymentIsTheCeilingOfAmountTimesPrice(uint256 anchor, uint256 amount, uint256 t) public {
        anchor = _bound(anchor, 4, 1e40);
        amount = _bound(amount, MIN_LOT, 1e27);
        auction.list(address(reward), anchor, MIN_LOT);
        _lot(amount);
        _skip(_bound(t, 0, 1 days - 1));
        uint256 product = amount * _price(); // < 1e27 × 4e40 < 2^256
        uint256 payment = auction.quote(address(reward), amount);
        vm.assertGe(payment * 1e36, product);
        vm.assertLt((payment - 1) * 1e36, product);
    }

    function test_Quote_RevertWhen_NoLot() public {
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__NoLot.selector, address(reward)));
        auction.quote(address(reward), 1);
        vm.assertEq(_price(), 0);
        IRewardAuction.Lot memory none = auction.lot(address(reward));
        vm.assertEq(uint256(none.startedAt) + none.initial + none.remaining + none.startPrice + none.endsAt, 0);
    }
}
