// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title A receiver that pays for a lot out of what it makes of it
interface IAuctionTaker {
    /// @notice Called by the auction after `amount` of `token` arrived and before `payment` of the asset is pulled from
    /// the taker. An implementation must check that the caller is the auction it deals with.
    function onAuctionTake(address token, uint256 amount, uint256 payment, bytes calldata data) external;
}
