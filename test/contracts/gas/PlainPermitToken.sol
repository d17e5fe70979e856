// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {PlainToken} from "./PlainToken.sol";

/// @notice The same with EIP-2612.
contract PlainPermitToken is PlainToken, ERC20Permit {
    constructor(string memory name) PlainToken(name) ERC20Permit(name) {}
}
