// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {TestToken} from "../../helpers/TestToken.sol";

/// @notice What the owner of SushiSwap's MasterChef may set: takes all LP tokens of a farm, and gives as many of its own.
contract MigratorModel {
    function migrate(IERC20 lpToken) external returns (TestToken replacement) {
        uint256 amount = lpToken.balanceOf(msg.sender);
        replacement = new TestToken(18);
        replacement.mint(msg.sender, amount);
        lpToken.transferFrom(msg.sender, address(this), amount);
    }
}
