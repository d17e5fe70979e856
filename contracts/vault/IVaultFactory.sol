// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Makes vaults, seeds them and remembers them
/// @notice A vault is too large to be carried inside another contract (EIP-170), so its creation code comes with the
/// call and must have the hash that the factory was made with: every vault it knows runs that one code.
interface IVaultFactory {
    /// @param asset Token the vault takes, 6 to 18 decimals.
    /// @param authority AccessManager that holds the roles.
    /// @param feeRecipient Gets fee shares; may be 0 only while `feeBps` is 0.
    /// @param feeBps Performance fee, at most 5,000.
    /// @param maxRate Percent a year by which unmeasured gains may move the price, at most 200.
    struct VaultParameters {
        address asset;
        string name;
        string symbol;
        address authority;
        address feeRecipient;
        uint256 feeBps;
        uint256 maxRate;
    }

    event VaultCreated(address indexed vault, address indexed asset, address indexed creator, bytes32 salt);

    /// @notice Not the creation code that this factory deploys.
    error VaultFactory__WrongCode(bytes32 given, bytes32 expected);

    /// @notice Deploys a vault by CREATE2 and makes its dead seed deposit with assets pulled from the caller, in one
    /// transaction. The caller's address is part of the salt, so nobody can take another's address. Anyone.
    /// @param creationCode Of `CompoundingVault`, without constructor arguments.
    function createVault(
        VaultParameters calldata parameters,
        bytes32 salt,
        bytes calldata creationCode
    ) external returns (address vault);

    /// @notice Where `createVault` would put it.
    function vaultAddress(
        VaultParameters calldata parameters,
        bytes32 salt,
        bytes calldata creationCode,
        address creator
    ) external view returns (address);

    /// @notice keccak256 of the creation code of every vault made here.
    function creationCodeHash() external view returns (bytes32);

    /// @notice Whether this factory made it.
    function isVault(address vault) external view returns (bool);

    function vaultCount() external view returns (uint256);

    /// @notice Vaults `from` to `to − 1`, in the order they were made.
    function vaults(uint256 from, uint256 to) external view returns (address[] memory);
}
