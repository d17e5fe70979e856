// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Owes accounts a token, as a protocol's reward distributor does, and holds more than it owes.
contract PlainRewards {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    mapping(address account => uint256 amount) public owed;

    constructor(IERC20 token_) {
        token = token_;
    }

    function owe(address account, uint256 amount) external {
        owed[account] += amount;
    }

    function claim(address receiver) external {
        uint256 amount = owed[msg.sender];
        owed[msg.sender] = 0;
        token.safeTransfer(receiver, amount);
    }
}
