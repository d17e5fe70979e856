// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice Gives a hundredth too many shares: whoever deposits lowers its price.
contract GenerousVault is ERC4626 {
    constructor(IERC20 asset) ERC20("Generous", "GEN") ERC4626(asset) {}

    function previewDeposit(uint256 assets) public view override returns (uint256) {
        return (super.previewDeposit(assets) * 101) / 100;
    }
}
