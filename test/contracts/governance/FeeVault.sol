// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice A vault whose market can be empty, or fail.
contract FeeVault is ERC4626 {
    uint256 public liquidity = type(uint256).max;
    bool public broken;
    bool public shy;

    error FeeVault__Broken();

    constructor(IERC20 asset_) ERC20("Vault", "VLT") ERC4626(asset_) {}

    function setLiquidity(uint256 shares) external {
        liquidity = shares;
    }

    function setBroken(bool value) external {
        broken = value;
    }

    /// @notice It says that it pays nothing, and pays: as a vault does behind somebody's `exit`.
    function setShy(bool value) external {
        shy = value;
    }

    function redeem(uint256 shares, address receiver, address owner) public override returns (uint256) {
        require(!broken, FeeVault__Broken());
        if (!shy) return super.redeem(shares, receiver, owner);
        uint256 assets = previewRedeem(shares);
        _withdraw(msg.sender, receiver, owner, assets, shares);
        return assets;
    }

    function maxRedeem(address owner) public view override returns (uint256) {
        if (shy) return 0;
        uint256 most = super.maxRedeem(owner);
        return most < liquidity ? most : liquidity;
    }
}
