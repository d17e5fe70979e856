// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of Compound III's rewards contract that an adapter uses
interface ICometRewards {
    /// @notice Pays what `src`, the caller, earned in `comet` to `to`.
    function claimTo(address comet, address src, address to, bool shouldAccrue) external;

    /// @notice The reward of a market; 0 when it has none. Later versions answer more fields after these.
    function rewardConfig(address comet) external view returns (address token, uint64 rescaleFactor, bool shouldUpscale);
}
