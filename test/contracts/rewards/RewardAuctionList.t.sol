// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {ERC4626Adapter} from "../../../contracts/adapters/ERC4626Adapter.sol";
import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AuctionBase} from "./AuctionBase.sol";

/// @notice What may be sold, and at what reference price, is the curator's to say, within bounds.
contract RewardAuctionListTest is AuctionBase {
    function test_List_RevertWhen_CallerHasNoRole() public {
        bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, other);
        vm.prank(other);
        vm.expectRevert(refused);
        auction.list(address(reward), ANCHOR, MIN_LOT);
        vm.prank(other);
        vm.expectRevert(refused);
        auction.delist(address(reward));
    }

    function test_List_StatesItsTerms() public view {
        IRewardAuction.Listing memory terms = auction.listing(address(reward));
        vm.assertEq(uint256(terms.anchor), ANCHOR);
        vm.assertEq(uint256(terms.minLot), MIN_LOT);
        vm.assertEq(uint256(terms.decimals), 18);
        vm.assertEq(auction.tokens().length, 1);
        vm.assertEq(auction.vault(), address(vault));
        vm.assertEq(auction.asset(), address(asset));
        vm.assertEq(auction.authority(), address(authority));
    }

    function test_AU7_List_RevertWhen_AssetSharesOrPositionToken() public {
        Source4626 source = new Source4626(asset);
        vault.addAdapter(address(new ERC4626Adapter(address(vault), IERC4626(address(source)))));
        address[3] memory tokens = [address(asset), address(vault), address(source)];
        for (uint256 i = 0; i < tokens.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__ProtectedToken.selector, tokens[i]));
            auction.list(tokens[i], ANCHOR, MIN_LOT);
        }
        address another = address(new TestToken(18)); // no adapter's: anything else may be sold
        auction.list(another, ANCHOR, MIN_LOT);
        vm.assertEq(auction.tokens()[1], another);
    }

    function test_List_AnchorBounds() public {
        uint256 max = type(uint144).max;
        auction.list(address(reward), 4, MIN_LOT);
        auction.list(address(reward), max, MIN_LOT);
        vm.expectRevert(
            abi.encodeWithSelector(IRewardAuction.RewardAuction__AnchorOutOfBounds.selector, 3, 4, max)
        );
        auction.list(address(reward), 3, MIN_LOT);
        vm.expectRevert(
            abi.encodeWithSelector(IRewardAuction.RewardAuction__AnchorOutOfBounds.selector, max + 1, 4, max)
        );
        auction.list(address(reward), max + 1, MIN_LOT);
    }

    function test_List_MinLotBounds() public {
        uint256 max = type(uint104).max;
        auction.list(address(reward), ANCHOR, 1);
        auction.list(address(reward), ANCHOR, max);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__MinLotOutOfBounds.selector, 0, max));
        auction.list(address(reward), ANCHOR, 0);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__MinLotOutOfBounds.selector, max + 1, max));
        auction.list(address(reward), ANCHOR, max + 1);
    }

    function test_List_DecimalsBound() public {
        auction.list(address(new TestToken(36)), ANCHOR, 1);
        TestToken wide = new TestToken(37);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__UnsupportedDecimals.selector, 37, 36));
        auction.list(address(wide), ANCHOR, 1);
    }

    function test_List_AtMostEightTokens() public {
        for (uint256 i = 1; i < 8; ++i) auction.list(address(new TestToken(18)), ANCHOR, MIN_LOT);
        auction.list(address(reward), ANCHOR, MIN_LOT + 1); // listed: no ninth
        TestToken ninth = new TestToken(18);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__TooManyTokens.selector, 8));
        auction.list(address(ninth), ANCHOR, MIN_LOT);
    }

    function test_List_EndsTheRunningLotSoThatNoPriceChangesUnderIt() public {
        _lot(100e18);
        _take(taker, 50e18);
        vm.expectEmit(address(auction));
        emit IRewardAuction.LotEnded(address(reward), 50e18);
        auction.list(address(reward), 2 * ANCHOR, MIN_LOT);
        vm.assertEq(_price(), 0);
        vm.assertEq(auction.start(address(reward)), 50e18);
        _take(taker, 50e18);
        // nothing of the lot that was cut short counts: sold at 4 × the new anchor, which moves to just that
        vm.assertEq(_anchor(), 8 * ANCHOR);
    }

    /// @notice Side by side with a plain array: listed at the end, delisted by moving the last into the gap.
    function testFuzz_List_KeepsEveryListedToken(uint256 seed) public {
        auction.delist(address(reward));
        vm.assertEq(auction.tokens().length, 0);
        address[] memory expected = new address[](8);
        address[] memory pool = new address[](8);
        for (uint256 i = 0; i < 8; ++i) pool[i] = address(new TestToken(18));
        uint256 count;
        for (uint256 step = 0; step < 32; ++step) {
            address token = pool[(seed >> (8 * step)) & 7];
            uint256 at = 0;
            while (at < count && expected[at] != token) ++at;
            if (at == count) {
                auction.list(token, ANCHOR, MIN_LOT);
                expected[count++] = token;
            } else {
                auction.delist(token);
                expected[at] = expected[--count];
            }
            address[] memory tokens = auction.tokens();
            vm.assertEq(tokens.length, count);
            for (uint256 i = 0; i < count; ++i) vm.assertEq(tokens[i], expected[i]);
        }
    }

    function test_Delist_RemovesTheTokenAndKeepsWhatIsHere() public {
        TestToken second = new TestToken(18);
        auction.list(address(second), ANCHOR, MIN_LOT);
        _lot(100e18);
        auction.delist(address(reward));
        vm.assertEq(auction.tokens().length, 1);
        vm.assertEq(auction.tokens()[0], address(second));
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__NoLot.selector, address(reward)));
        _take(taker, 100e18);
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__NotListed.selector, address(reward)));
        auction.start(address(reward));
        vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__NotListed.selector, address(reward)));
        auction.delist(address(reward));
        auction.list(address(reward), ANCHOR, MIN_LOT);
        vm.assertEq(auction.start(address(reward)), 100e18);
    }
}
