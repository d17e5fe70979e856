// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {ERC4626Adapter} from "../../../contracts/adapters/ERC4626Adapter.sol";
import {PlainRewards} from "./PlainRewards.sol";

/// @notice The adapter that gas is compared on, over a source whose lenders are also paid in another token.
contract PlainRewardedAdapter is ERC4626Adapter {
    PlainRewards public immutable rewards;

    constructor(address vault_, IERC4626 source_, PlainRewards rewards_) ERC4626Adapter(vault_, source_) {
        rewards = rewards_;
    }

    function claimRewards() external override {
        rewards.claim(_rewardReceiver(address(rewards.token())));
    }
}
