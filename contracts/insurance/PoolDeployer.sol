// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {CoverManager} from "./CoverManager.sol";
import {ModuleDeployer} from "./ModuleDeployer.sol";
import {Modules} from "./Modules.sol";

/// @title Deployer of one insurance pool
/// @notice Gives each module the addresses of all, so that nobody who deploys can get one of them wrong. In the order of the
/// functions: each module refuses to be anywhere but where the others expect it. Only the account that made this contract.
/// @dev The governor lies between the last two: it knows the claims module before that exists, which reads the governor.
/// One transaction each: together they are more than a block's transaction may hold (EIP-7825).
contract PoolDeployer is ModuleDeployer {
    /// @notice The pool, closed.
    function deployPool(
        bytes calldata code,
        IERC20Metadata asset,
        string calldata name,
        string calldata symbol,
        address authority
    ) external returns (address) {
        return deploy(abi.encodePacked(code, abi.encode(asset, name, symbol, authority, modules())));
    }

    function deployManager(bytes calldata code, CoverManager.Config calldata config) external returns (address) {
        return deploy(abi.encodePacked(code, abi.encode(config, modules())));
    }

    function deployNft(bytes calldata code) external returns (address) {
        return deploy(abi.encodePacked(code, abi.encode(modules())));
    }

    function deployIncidents(bytes calldata code, address authority) external returns (address) {
        return deploy(abi.encodePacked(code, abi.encode(authority, modules())));
    }

    function deployReserve(bytes calldata code, address asset) external returns (address) {
        return deploy(abi.encodePacked(code, abi.encode(asset, modules())));
    }

    function deployClaims(
        bytes calldata code,
        address governor,
        uint256 minDeposit
    ) external returns (address) {
        return deploy(abi.encodePacked(code, abi.encode(modules(), governor, minDeposit)));
    }

    /// @notice Where the modules are or will be.
    function modules() public view returns (Modules memory) {
        return
            Modules({
                pool: addressOf(0),
                manager: addressOf(1),
                nft: addressOf(2),
                incidents: addressOf(3),
                reserve: addressOf(4),
                claims: addressOf(5)
            });
    }
}
