// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of Morpho Blue that an adapter uses
/// @dev Shares carry six digits more than assets: a market with S shares and A assets prices one at (A + 1) / (S + 1e6).
interface IMorphoBlue {
    struct MarketParams {
        address loanToken;
        address collateralToken;
        address oracle;
        address irm;
        uint256 lltv;
    }

    /// @param lastUpdate Second of the last accrual; 0 when the market does not exist.
    /// @param fee Part of the interest that mints shares to the fee recipient, 1e18 = all.
    struct Market {
        uint128 totalSupplyAssets;
        uint128 totalSupplyShares;
        uint128 totalBorrowAssets;
        uint128 totalBorrowShares;
        uint128 lastUpdate;
        uint128 fee;
    }

    function supply(
        MarketParams calldata marketParams,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        bytes calldata data
    ) external returns (uint256 assetsSupplied, uint256 sharesSupplied);

    function withdraw(
        MarketParams calldata marketParams,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        address receiver
    ) external returns (uint256 assetsWithdrawn, uint256 sharesWithdrawn);

    function market(bytes32 id) external view returns (Market memory);

    function position(
        bytes32 id,
        address user
    ) external view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral);
}
