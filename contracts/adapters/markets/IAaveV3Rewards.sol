// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of Aave v3's rewards controller that an adapter uses
interface IAaveV3Rewards {
    /// @notice Pays what the caller earned of `reward` on `assets`, at most `amount`, to `to`.
    function claimRewards(
        address[] calldata assets,
        uint256 amount,
        address to,
        address reward
    ) external returns (uint256 claimed);

    /// @notice Reward tokens of one aToken.
    function getRewardsByAsset(address asset) external view returns (address[] memory);
}
