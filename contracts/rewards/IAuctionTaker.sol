// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title A buyer that pays for a lot out of what it makes of it
interface IAuctionTaker {
    /// @notice Called by the auction on whoever called `take` with data, after `amount` of `token` reached the receiver
    /// and before `payment` of the asset is pulled from this contract. It runs only within this contract's own `take`; an
    /// implementation checks that the caller is the auction it deals with.
    function onAuctionTake(address token, uint256 amount, uint256 payment, bytes calldata data) external;
}
