// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IAuctionTaker} from "../../../contracts/rewards/IAuctionTaker.sol";
import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";

interface ISwapRouter {
    struct ExactInput {
        bytes path;
        address recipient;
        uint256 deadline;
        uint256 amountIn;
        uint256 amountOutMinimum;
    }

    function exactInput(ExactInput calldata parameters) external payable returns (uint256 amountOut);
}

/// @notice Buys a lot with nothing of its own: sells it on Uniswap v3 before it pays, and keeps the difference.
contract UniswapTaker is IAuctionTaker {
    IRewardAuction public immutable auction;
    ISwapRouter public immutable router;

    constructor(IRewardAuction auction_, ISwapRouter router_) {
        (auction, router) = (auction_, router_);
    }

    function fill(address token, uint256 amount, bytes calldata path) external returns (uint256 payment) {
        return auction.take(token, amount, type(uint256).max, address(this), block.timestamp, path);
    }

    function onAuctionTake(address token, uint256 amount, uint256 payment, bytes calldata path) external {
        require(msg.sender == address(auction), "not the auction");
        IERC20(token).approve(address(router), amount);
        router.exactInput(ISwapRouter.ExactInput(path, address(this), block.timestamp, amount, payment));
        IERC20(auction.asset()).approve(msg.sender, payment);
    }
}
