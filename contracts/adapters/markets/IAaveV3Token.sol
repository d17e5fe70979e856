// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of an Aave v3 aToken or debt token that an adapter uses
interface IAaveV3Token {
    function balanceOf(address account) external view returns (uint256);

    function scaledBalanceOf(address account) external view returns (uint256);

    function scaledTotalSupply() external view returns (uint256);

    function getIncentivesController() external view returns (address);
}
