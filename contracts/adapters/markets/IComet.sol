// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of a Compound III market that an adapter uses
interface IComet {
    function supply(address asset, uint256 amount) external;

    /// @notice Beyond the caller's balance it borrows against collateral that the caller has, whoever supplied it.
    function withdrawTo(address to, address asset, uint256 amount) external;

    function baseToken() external view returns (address);

    /// @notice Base assets of a supplier, interest up to now included, rounded down.
    function balanceOf(address account) external view returns (uint256);

    /// @notice Base assets of all suppliers, interest up to now included.
    function totalSupply() external view returns (uint256);

    function isSupplyPaused() external view returns (bool);

    function isWithdrawPaused() external view returns (bool);

    /// @notice Newer markets only.
    function isBaseSupplyPaused() external view returns (bool);

    /// @notice Newer markets only.
    function isLendersWithdrawPaused() external view returns (bool);
}
