// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {SEED_OWNER} from "./CompoundingVault.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {IVaultFactory} from "./IVaultFactory.sol";

/// @title VaultFactory
contract VaultFactory is IVaultFactory {
    using SafeERC20 for IERC20;

    /// @inheritdoc IVaultFactory
    bytes32 public immutable creationCodeHash;
    /// @inheritdoc IVaultFactory
    mapping(address vault => bool isOurs) public isVault;
    address[] private _vaults;

    constructor(bytes32 creationCodeHash_) {
        creationCodeHash = creationCodeHash_;
    }

    /// @inheritdoc IVaultFactory
    function createVault(
        VaultParameters calldata parameters,
        bytes32 salt,
        bytes calldata creationCode
    ) external returns (address vault) {
        vault = Create2.deploy(0, _salt(salt, msg.sender), _initCode(parameters, creationCode));
        isVault[vault] = true;
        _vaults.push(vault);
        emit VaultCreated(vault, parameters.asset, msg.sender, salt);

        IERC20 asset = IERC20(parameters.asset);
        uint256 seed = ICompoundingVault(vault).seedAssets();
        asset.safeTransferFrom(msg.sender, address(this), seed);
        asset.forceApprove(vault, seed);
        ICompoundingVault(vault).deposit(seed, SEED_OWNER);
    }

    /// @inheritdoc IVaultFactory
    function vaultAddress(
        VaultParameters calldata parameters,
        bytes32 salt,
        bytes calldata creationCode,
        address creator
    ) external view returns (address) {
        return Create2.computeAddress(_salt(salt, creator), keccak256(_initCode(parameters, creationCode)));
    }

    /// @inheritdoc IVaultFactory
    function vaultCount() external view returns (uint256) {
        return _vaults.length;
    }

    /// @inheritdoc IVaultFactory
    function vaults(uint256 from, uint256 to) external view returns (address[] memory list) {
        list = new address[](to - from);
        for (uint256 i = 0; i < list.length; ++i) list[i] = _vaults[from + i];
    }

    function _initCode(VaultParameters calldata p, bytes calldata creationCode) private view returns (bytes memory) {
        bytes32 hash = keccak256(creationCode);
        require(hash == creationCodeHash, VaultFactory__WrongCode(hash, creationCodeHash));
        return
            abi.encodePacked(
                creationCode,
                abi.encode(p.asset, p.name, p.symbol, p.authority, p.feeRecipient, p.feeBps, p.maxRate)
            );
    }

    function _salt(bytes32 salt, address creator) private pure returns (bytes32) {
        return keccak256(abi.encode(creator, salt));
    }
}
