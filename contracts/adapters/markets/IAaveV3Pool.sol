// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of an Aave v3 pool that an adapter uses
/// @dev The shape of `Reserve` is the same from version 3.0 on; fields that later versions retired keep their place.
interface IAaveV3Pool {
    /// @param configuration Bit field: 48–55 decimals, 56 active, 57 frozen, 60 paused, 64–79 reserve factor in bps,
    /// 116–151 supply cap in whole tokens (0 = none), 252 liquidity is counted and not read from the balance.
    /// @param accruedToTreasury Scaled aTokens that are owed to the treasury and not minted yet.
    struct Reserve {
        uint256 configuration;
        uint128 liquidityIndex;
        uint128 liquidityRate;
        uint128 variableBorrowIndex;
        uint128 variableBorrowRate;
        uint128 stableBorrowRate;
        uint40 lastUpdateTimestamp;
        uint16 id;
        address aToken;
        address stableDebtToken;
        address variableDebtToken;
        address interestRateStrategy;
        uint128 accruedToTreasury;
        uint128 unbacked;
        uint128 isolationModeTotalDebt;
    }

    function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode) external;

    function withdraw(address asset, uint256 amount, address to) external returns (uint256 withdrawn);

    function getReserveData(address asset) external view returns (Reserve memory);

    function getReserveNormalizedIncome(address asset) external view returns (uint256);

    function getReserveNormalizedVariableDebt(address asset) external view returns (uint256);

    /// @dev From version 3.1 on.
    function getVirtualUnderlyingBalance(address asset) external view returns (uint128);
}
