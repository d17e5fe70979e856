// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of Merkl's distributor that an adapter uses
/// @notice https://docs.merkl.xyz; the same address on most networks.
interface IMerklDistributor {
    /// @notice The caller is neither the user nor an operator of his.
    error NotWhitelisted();
    /// @notice The grant is not under the current root.
    error InvalidProof();
    /// @notice Nothing is claimed, or lists differ in length.
    error InvalidLengths();

    /// @notice Pays each of `users` what it was granted and has not had yet. For a user itself and its operators only.
    /// @param amounts All that each was ever granted of each token, in the token's wei.
    /// @param proofs Of each grant under the current root; a leaf is keccak256(abi.encode(user, token, amount)).
    function claim(
        address[] calldata users,
        address[] calldata tokens,
        uint256[] calldata amounts,
        bytes32[][] calldata proofs
    ) external;
}
