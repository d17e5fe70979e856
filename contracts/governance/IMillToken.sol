// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The governance token
/// @notice ERC-20 with permit (EIP-2612) and votes (ERC-5805) on a timestamp clock (ERC-6372).
/// Only the DAO's timelock mints, and never more than `mintCap` in any 365 days, whatever it votes.
interface IMillToken {
    /// @notice The minter set the amount that may be minted in any 365 days.
    event MintCapSet(uint256 oldCap, uint256 newCap);

    /// @notice `caller` is not the minter.
    error MillToken__NotMinter(address caller);
    /// @notice The cap exceeds the maximum that was fixed at deployment.
    error MillToken__CapAboveMaximum(uint256 cap, uint256 maximum);
    /// @notice `amount` is more than what the last 365 days leave.
    error MillToken__MintCapExceeded(uint256 amount, uint256 available);

    /// @notice Mints new tokens.
    /// @dev Only the minter. Reverts with `MillToken__NotMinter`, `MillToken__MintCapExceeded`.
    /// @param to receiver of the tokens
    /// @param amount in token wei (18 decimals)
    function mint(address to, uint256 amount) external;

    /// @notice Sets the amount that may be minted in any 365 days, up to the immutable maximum.
    /// What was minted in the last 365 days keeps counting.
    /// @dev Only the minter. Reverts with `MillToken__NotMinter`, `MillToken__CapAboveMaximum`.
    /// @param newCap in token wei
    function setMintCap(uint208 newCap) external;

    /// @notice The DAO's timelock: an exception to "AccessManager decides", because no role must ever grant minting.
    function minter() external view returns (address);

    /// @notice The largest cap that `setMintCap` accepts, in token wei.
    function maxMintCap() external view returns (uint256);

    /// @notice The amount that may be minted in any 365 days, in token wei.
    function mintCap() external view returns (uint256);

    /// @notice The amount that may be minted now, in token wei.
    function mintable() external view returns (uint256);
}
