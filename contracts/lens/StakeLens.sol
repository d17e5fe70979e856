// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";

import {IVoteStaking} from "../governance/IVoteStaking.sol";

/// @title Reads what an account has staked, at one block
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Amounts in token wei, times in seconds.
contract StakeLens {
    /// @param assets Waiting to be withdrawn.
    struct Waiting {
        uint256 requestId;
        uint256 assets;
        uint256 readyAt;
    }

    /// @param weight Of rewards; at most twice what is staked.
    /// @param delegatee Gets the votes; 0 when nobody does or they are split.
    /// @param parts How the votes are split, if they are.
    /// @param tokenBalance Not staked.
    /// @param allowance Tokens that the staking contract may take.
    struct Stake {
        uint256 timestamp;
        uint256 staked;
        uint256 lockDuration;
        uint256 weight;
        uint256 totalWeight;
        uint256 claimable;
        address delegatee;
        uint256 tokenBalance;
        uint256 allowance;
        IVoteStaking.Part[] parts;
        Waiting[] waiting;
    }

    function getStake(IVoteStaking staking, address owner) external view returns (Stake memory stake) {
        stake.timestamp = block.timestamp;
        stake.staked = staking.stakeOf(owner);
        stake.lockDuration = staking.lockOf(owner);
        stake.weight = staking.weightOf(owner);
        stake.totalWeight = staking.totalWeight();
        stake.claimable = staking.claimable(owner);
        stake.delegatee = staking.delegates(owner);
        IERC20 token = IERC20(staking.asset());
        stake.tokenBalance = token.balanceOf(owner);
        stake.allowance = token.allowance(owner, address(staking));
        stake.parts = staking.splitOf(owner);
        stake.waiting = _waiting(staking, owner);
    }

    /// @dev Ids count from 0; one that was paid answers zeros.
    function _waiting(IVoteStaking staking, address owner) private view returns (Waiting[] memory waiting) {
        uint256 count = staking.requestCount(owner);
        uint256 open;
        for (uint256 id = 0; id < count; ++id) {
            if (staking.requestOf(owner, id).assets > 0) ++open;
        }
        waiting = new Waiting[](open);
        for (uint256 id = count; open > 0; ) {
            IVoteStaking.Request memory request = staking.requestOf(owner, --id);
            if (request.assets > 0) waiting[--open] = Waiting(id, request.assets, request.readyAt);
        }
    }
}
