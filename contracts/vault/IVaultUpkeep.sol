// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICompoundingVault} from "./ICompoundingVault.sol";

/// @title Tells keepers when a vault is worth compounding, and does it
/// @notice One for all vaults. `compound` itself is open to anyone; this has no power of its own and holds nothing.
interface IVaultUpkeep {
    /// @param due Whether `compound` is worth calling, an hour after the last one at the earliest: a basis point of NAV to book, a
    /// day's rewards to claim, or a percent of NAV to lend, at least as much as the vault's seed, which is the least it lends.
    /// What a market refuses without saying so is not known here.
    /// @param skimmable Assets in the vault's hands that are not in its books yet.
    /// @param tip What the caller would get of them.
    /// @param spare Idle assets above the buffer, but for a wei, that the first adapter would take within its caps. As of the last
    /// accrual.
    /// @param compoundedAt Second of the last `compound`.
    struct CompoundStatus {
        bool due;
        uint256 skimmable;
        uint256 tip;
        uint256 spare;
        uint256 compoundedAt;
    }

    /// @notice Chainlink Automation: compounds the vault in `data` (`abi.encode(vault)`). The tip goes to the caller.
    function performUpkeep(bytes calldata data) external;

    function compoundStatus(ICompoundingVault vault) external view returns (CompoundStatus memory);

    /// @notice Chainlink Automation: whether the vault in `data` (`abi.encode(vault)`) is due.
    function checkUpkeep(bytes calldata data) external view returns (bool upkeepNeeded, bytes memory performData);

    /// @notice Gelato: whether to call `vault` and with what.
    function checker(ICompoundingVault vault) external view returns (bool canExec, bytes memory execPayload);
}
