// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMorphoBlue} from "./IMorphoBlue.sol";

/// @title The interest rate model of a Morpho Blue market
interface IMorphoRateModel {
    /// @return rate Per second, 1e18 = 100 %: what the market's next accrual will use.
    function borrowRateView(
        IMorphoBlue.MarketParams calldata marketParams,
        IMorphoBlue.Market calldata market
    ) external view returns (uint256 rate);
}
