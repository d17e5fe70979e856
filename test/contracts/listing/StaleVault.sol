// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice Counts what comes and goes, and nothing else: what is lost on the way stays in its price.
contract StaleVault is ERC4626 {
    uint256 private _counted;

    constructor(IERC20 asset) ERC20("Stale", "STALE") ERC4626(asset) {}

    function totalAssets() public view override returns (uint256) {
        return _counted;
    }

    function _transferIn(address from, uint256 assets) internal override {
        super._transferIn(from, assets);
        _counted += assets;
    }

    function _transferOut(address to, uint256 assets) internal override {
        super._transferOut(to, assets);
        _counted -= assets;
    }
}
