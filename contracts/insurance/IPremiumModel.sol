// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What cover costs
/// @notice The yearly premium rate rises with utilisation u = live cover / capital that can back it, along two straight
/// lines: from `rate0` at u = 0 to `rate1` at `kink`, and on to `rate2` at u = 1. A purchase pays the **integral** of that
/// curve over the utilisation it adds, so that buying in parts is never cheaper than buying at once.
/// @dev Rates and utilisation: 1e18 = 100 % (a year). Amounts in asset wei. Pure and immutable.
interface IPremiumModel {
    /// @notice The rates don't rise, or the kink is not inside (0, 1), or a rate is above 1,000 % a year.
    error PremiumModel__BadCurve(uint256 rate0, uint256 rate1, uint256 rate2, uint256 kink);
    /// @notice More cover than there is capital.
    error PremiumModel__AboveCapacity(uint256 cover, uint256 capacity);

    /// @notice The premium of `amount` more cover beside `live`, for `duration` seconds.
    /// @param multiplierBps the product's part of the curve's premium, 10,000 = all of it
    /// @return premium asset wei, rounded up: for the pool
    /// @dev Reverts with `PremiumModel__AboveCapacity`.
    function premium(
        uint256 live,
        uint256 amount,
        uint256 capacity,
        uint256 duration,
        uint256 multiplierBps
    ) external view returns (uint256 premium);

    /// @notice The yearly rate at `live` of `capacity`, rounded down.
    function rateAt(uint256 live, uint256 capacity) external view returns (uint256);

    function rate0() external view returns (uint256);

    function rate1() external view returns (uint256);

    function rate2() external view returns (uint256);

    function kink() external view returns (uint256);
}
