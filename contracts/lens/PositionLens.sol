// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/interfaces/IERC20Metadata.sol";

import {ICompoundingVault} from "../vault/ICompoundingVault.sol";

/// @title Reads what an account has in vaults, at one block
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Assets in asset wei, shares in share wei.
contract PositionLens {
    /// @param assets What `shares` are worth, rounded down; 0 while an adapter's view fails.
    /// @param maxWithdraw What the owner can withdraw now; less than `assets` when a market lacks liquidity.
    /// @param assetBalance Assets outside the vault.
    /// @param allowance Assets that the vault may take from the owner.
    struct Position {
        address vault;
        address asset;
        uint8 assetDecimals;
        uint256 timestamp;
        uint256 shares;
        uint256 assets;
        uint256 maxDeposit;
        uint256 maxWithdraw;
        uint256 maxRedeem;
        uint256 assetBalance;
        uint256 allowance;
    }

    function getPositions(
        ICompoundingVault[] calldata vaults,
        address owner
    ) external view returns (Position[] memory positions) {
        positions = new Position[](vaults.length);
        for (uint256 i = 0; i < vaults.length; ++i) positions[i] = _position(vaults[i], owner);
    }

    function _position(ICompoundingVault vault, address owner) private view returns (Position memory position) {
        position.vault = address(vault);
        position.timestamp = block.timestamp;
        position.shares = vault.balanceOf(owner);
        try vault.convertToAssets(position.shares) returns (uint256 assets) {
            position.assets = assets;
        } catch {}
        position.maxDeposit = vault.maxDeposit(owner);
        position.maxWithdraw = vault.maxWithdraw(owner);
        position.maxRedeem = vault.maxRedeem(owner);
        IERC20Metadata asset = IERC20Metadata(vault.asset());
        position.asset = address(asset);
        position.assetDecimals = asset.decimals();
        position.assetBalance = asset.balanceOf(owner);
        position.allowance = asset.allowance(owner, address(vault));
    }
}
