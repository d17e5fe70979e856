// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAuctionTaker} from "../../../contracts/rewards/IAuctionTaker.sol";
import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {TestToken} from "../helpers/TestToken.sol";

/// @notice Owns nothing, sells the lot inside the callback at `price` (a market of unlimited depth) and pays out of it.
/// A test may have it call something else first.
contract FlashTaker is IAuctionTaker {
    IRewardAuction public immutable auction;
    TestToken public immutable asset;
    uint256 public immutable price;
    address public target;
    bytes public data;
    bool public succeeded;
    bytes public answer;
    bool public pays = true;

    constructor(IRewardAuction auction_, TestToken asset_, uint256 price_) {
        (auction, asset, price) = (auction_, asset_, price_);
    }

    function arm(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function setPays(bool pays_) external {
        pays = pays_;
    }

    function fill(address token, uint256 amount) external returns (uint256 payment) {
        return auction.take(token, amount, type(uint256).max, address(this), type(uint256).max, "sell");
    }

    function onAuctionTake(address token, uint256 amount, uint256 payment, bytes calldata) external {
        require(msg.sender == address(auction), "not the auction");
        TestToken(token).burn(address(this), amount);
        asset.mint(address(this), (amount * price) / 1e36);
        if (target != address(0)) (succeeded, answer) = target.call(data);
        if (pays) asset.approve(address(auction), payment);
    }
}
