// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Who may enter a vault
/// @notice Looked at on deposit and mint only; never on transfers or exits. Asked inside of an entry, where the vault tells no
/// price: one that reads it refuses everyone.
interface IGate {
    /// @param caller Pays the assets.
    /// @param receiver Gets the shares.
    function canDeposit(address caller, address receiver) external view returns (bool);
}
