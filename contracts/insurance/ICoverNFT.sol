// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";

/// @title Policies
/// @notice An ERC-721 per cover that holds the cover's armed vault shares: who gets the policy gets both. It can't change
/// hands while a claim is open. Its picture and data are made on chain, escaped, from what the contracts say now;
/// ERC-4906 tells when they changed.
/// @dev Shares in share wei. Vault shares merely sent here are in no policy.
interface ICoverNFT is IERC4906 {
    error CoverNFT__WrongAddress(address nft);
    error CoverNFT__NotManager(address caller);
    error CoverNFT__ClaimOpen(uint256 id);
    error CoverNFT__NotEnoughShares(uint256 id, uint256 shares, uint256 armed);

    /// @notice Makes the next policy, with `shares` armed that are sent here in the same transaction; ids count from 1. Only
    /// the cover manager.
    function mint(address receiver, uint256 shares) external returns (uint256 id);

    /// @notice Books shares that were sent here. Only the cover manager.
    function credit(uint256 id, uint256 shares) external;

    /// @notice Sends armed shares of `vault` on. Only the cover manager.
    /// @dev Reverts with `CoverNFT__NotEnoughShares`.
    function debit(uint256 id, address vault, uint256 shares, address receiver) external;

    /// @notice Says that the policy's picture changed, and whose it is. Only the cover manager.
    function refresh(uint256 id) external returns (address owner);

    /// @notice Armed shares of a policy.
    function armedOf(uint256 id) external view returns (uint256);

    /// @notice How many policies have been made.
    function count() external view returns (uint256);
}
