// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {RewardAuction} from "../../../contracts/rewards/RewardAuction.sol";
import {VaultDriver} from "../adapters/VaultDriver.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Base} from "../Vm.sol";

/// @notice A vault, its auction and one listed reward. The test contract is the authority's admin and has the role.
abstract contract AuctionBase is Base {
    /// @dev 2 whole assets per whole reward.
    uint256 internal constant ANCHOR = 2e18 * 1e18;
    uint256 internal constant MIN_LOT = 10e18;

    TestToken internal asset;
    TestToken internal reward;
    AccessManager internal authority;
    VaultDriver internal vault;
    RewardAuction internal auction;
    address internal taker;
    address internal other;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        _deploy(18, new TestToken(18), ANCHOR, MIN_LOT);
    }

    function _deploy(uint8 assetDecimals, TestToken reward_, uint256 anchor, uint256 minLot) internal {
        asset = new TestToken(assetDecimals);
        reward = reward_;
        authority = new AccessManager(address(this));
        vault = new VaultDriver(address(asset), address(authority));
        auction = new RewardAuction(address(vault));
        vault.setAuction(address(auction));
        auction.list(address(reward), anchor, minLot);
        reward.mint(address(auction), 1); // the wei that no lot takes
        taker = _account("taker");
        other = _account("other");
        _fund(taker);
        _fund(other);
    }

    function _fund(address account) internal {
        asset.mint(account, type(uint128).max);
        vm.prank(account);
        asset.approve(address(auction), type(uint256).max);
    }

    function _lot(uint256 amount) internal {
        reward.mint(address(auction), amount);
        auction.start(address(reward));
    }

    function _take(address account, uint256 amount) internal returns (uint256 payment) {
        vm.prank(account);
        return auction.take(address(reward), amount, type(uint256).max, account, type(uint256).max, "");
    }

    function _anchor() internal view returns (uint256) {
        return auction.listing(address(reward)).anchor;
    }

    function _remaining() internal view returns (uint256) {
        return auction.lot(address(reward)).remaining;
    }

    function _price() internal view returns (uint256) {
        return auction.price(address(reward));
    }
}
