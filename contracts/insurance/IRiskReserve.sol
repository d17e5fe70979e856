// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title First loss
/// @notice A share of every premium lies here and pays before the underwriters do. It leaves only through the pool: by
/// a settlement, or as the fee of those who assessed a claim. Nobody can withdraw it; the DAO decides what share of later
/// premiums comes here. Of what a vault recovers after a payment it has back what it paid, once the capital has what that did.
/// @dev Asset wei. What is sent here by anyone else is a gift to the insured and the underwriters.
interface IRiskReserve {
    /// @notice The pool took `assets` for a settlement.
    event Drawn(uint256 assets);

    /// @notice `caller` is not the pool.
    error RiskReserve__NotPool(address caller);
    /// @notice `module` was to be this contract.
    error RiskReserve__WrongAddress(address module);

    /// @notice Sends up to `assets` to the pool. Only the pool.
    /// @return drawn what there was of it
    /// @dev Reverts with `RiskReserve__NotPool`.
    function draw(uint256 assets) external returns (uint256 drawn);

    /// @notice What there is.
    function available() external view returns (uint256);

    function asset() external view returns (address);

    function pool() external view returns (address);
}
