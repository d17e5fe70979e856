// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice OpenZeppelin's ERC-4626 as it is: the yield source that gas is compared on.
contract PlainSource is ERC4626 {
    constructor(IERC20 asset) ERC20("Source", "SRC") ERC4626(asset) {}
}
