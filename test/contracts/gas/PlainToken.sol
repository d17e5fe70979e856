// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice OpenZeppelin's ERC-20 as it is, 18 decimals: what gas is compared on.
contract PlainToken is ERC20 {
    constructor(string memory name) ERC20(name, name) {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }
}
