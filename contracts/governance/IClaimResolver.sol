// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What the DAO calls when a vote about a claim has passed
/// @notice Implemented by a claims module, which asks for the vote with `IMillGovernor.proposeClaim`.
interface IClaimResolver {
    /// @notice Decides the claim against what silence would have decided: where the assessors have a valid result it is
    /// overturned, where there is none the claim is accepted. A defeated or expired proposal changes nothing.
    /// @dev Only the DAO's timelock.
    function resolveClaim(uint256 claimId) external;
}
