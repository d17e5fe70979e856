// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Base} from "../Vm.sol";
import {StakingHandler} from "./StakingHandler.sol";

abstract contract StakingInvariants is Base {
    StakingHandler internal handler;

    function setUp() public virtual {
        handler = new StakingHandler();
    }

    function _assertVotes() internal view {
        uint256 tokens = handler.looseTokens();
        uint256 stake = handler.looseStake();
        for (uint256 i = 0; i < 8; ++i) {
            tokens += handler.token().getVotes(handler.voters(i));
            stake += handler.staking().getVotes(handler.voters(i));
        }
        vm.assertEq(tokens, handler.token().totalSupply(), "G1 token");
        vm.assertEq(stake, handler.staking().totalStaked(), "G1 staking");
        vm.assertEq(handler.token().delegates(address(handler.staking())), address(0), "G1 no double count");
        uint256 count = handler.momentCount();
        for (uint256 i = count > 2 ? count - 2 : 0; i < count; ++i) _assertVotesAt(i);
    }

    function _assertVotesAt(uint256 index) internal view {
        (uint256 second, uint256 tokens, uint256 stake) = handler.moments(index);
        if (second >= vm.getBlockTimestamp()) return;
        for (uint256 i = 0; i < 8; ++i) {
            tokens += handler.token().getPastVotes(handler.voters(i), second);
            stake += handler.staking().getPastVotes(handler.voters(i), second);
        }
        vm.assertEq(tokens, handler.token().getPastTotalSupply(second), "G1 token, in the past");
        vm.assertEq(stake, handler.staking().getPastTotalSupply(second), "G1 staking, in the past");
    }

    function _assertStake() internal view {
        uint256 staked;
        uint256 weight;
        for (uint256 i = 0; i < 5; ++i) {
            address actor = handler.actors(i);
            uint256 own = handler.staking().stakeOf(actor);
            uint256 ownWeight = handler.staking().weightOf(actor);
            staked += own;
            weight += ownWeight;
            vm.assertLe(ownWeight, 2 * own, "G9 boost");
            vm.assertGe(ownWeight, own, "G9 weight");
        }
        vm.assertEq(staked, handler.staking().totalStaked(), "G9 sum of stakes");
        vm.assertEq(weight, handler.staking().totalWeight(), "G9 sum of weights");
        vm.assertEq(
            handler.token().balanceOf(address(handler.staking())),
            staked + handler.pending(),
            "G9 stakes and requests are there"
        );
    }

    function _assertRewards() internal view {
        (uint256 streaming, uint256 streamed, uint256 queued) = handler.staking().rewardState();
        uint256 balance = handler.reward().balanceOf(address(handler.staking()));
        uint256 owed = handler.claimableByAll() + streaming - streamed + queued;
        vm.assertEq(balance, handler.notified() - handler.paid(), "G9 paid of what was notified");
        vm.assertGe(balance, owed, "G9 solvent");
        // Each act rounds the index and at most one account down.
        vm.assertLe(balance - owed, handler.acts() + 8, "G9 nothing is lost but a wei per act");
    }
}

contract StakingStatefulTest is StakingInvariants {
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](11);
        selectors[0] = StakingHandler.stake.selector;
        selectors[1] = StakingHandler.lock.selector;
        selectors[2] = StakingHandler.requestUnstake.selector;
        selectors[3] = StakingHandler.withdraw.selector;
        selectors[4] = StakingHandler.claim.selector;
        selectors[5] = StakingHandler.notify.selector;
        selectors[6] = StakingHandler.delegate.selector;
        selectors[7] = StakingHandler.split.selector;
        selectors[8] = StakingHandler.moveTokens.selector;
        selectors[9] = StakingHandler.delegateTokens.selector;
        selectors[10] = StakingHandler.pass.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_G1_G9_VotesStakesAndRewardsAddUp() public view {
        _assertVotes();
        _assertStake();
        _assertRewards();
    }
}

/// @notice The same people, driven by one long fixed sequence: it must reach the rare paths, or the suite above may not.
contract StakingReachTest is StakingInvariants {
    function test_G1_G9_LongSequenceReachesEveryPath() public {
        for (uint256 i = 0; i < 1_500; ++i) {
            handler.any(uint256(keccak256(abi.encode("staking", i))));
            if (i % 10 == 0) {
                _assertVotes();
                _assertStake();
                _assertRewards();
            }
        }
        bytes32[16] memory paths = [
            bytes32("stake"),
            "lock",
            "unstake",
            "unstake under a lock",
            "unstake from a split",
            "refuse an early withdrawal",
            "withdraw",
            "claim",
            "notify",
            "delegate",
            "end a split",
            "split",
            "transfer",
            "delegate tokens",
            "time without stake",
            "many weeks"
        ];
        for (uint256 i = 0; i < paths.length; ++i) {
            vm.assertGt(handler.reached(paths[i]), 0, string(abi.encodePacked("never reached: ", paths[i])));
        }
    }
}
