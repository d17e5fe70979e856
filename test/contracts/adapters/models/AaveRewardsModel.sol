// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAaveV3Rewards} from "../../../../contracts/adapters/markets/IAaveV3Rewards.sol";
import {TestToken} from "../../helpers/TestToken.sol";

/// @notice A model of Aave's rewards controller: what each reward owes the caller is what a test set.
contract AaveRewardsModel is IAaveV3Rewards {
    address[] private _rewards;
    mapping(address reward => uint256 owed) public owed;
    mapping(address reward => bool broken) public broken;

    function add(address reward, uint256 amount, bool broken_) external {
        _rewards.push(reward);
        owed[reward] = amount;
        broken[reward] = broken_;
    }

    function claimRewards(
        address[] calldata,
        uint256 amount,
        address to,
        address reward
    ) external returns (uint256 claimed) {
        require(!broken[reward], "broken");
        claimed = owed[reward] < amount ? owed[reward] : amount;
        owed[reward] -= claimed;
        TestToken(reward).mint(to, claimed);
    }

    function getRewardsByAsset(address) external view returns (address[] memory) {
        return _rewards;
    }
}
