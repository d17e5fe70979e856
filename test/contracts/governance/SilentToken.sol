// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {RewardToken} from "./RewardToken.sol";

/// @notice A token whose fallback takes any call.
contract SilentToken is RewardToken {
    fallback() external {}
}
