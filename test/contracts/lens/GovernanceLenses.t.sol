// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {IVoteStaking} from "../../../contracts/governance/IVoteStaking.sol";
import {ProposalRules, Rules} from "../../../contracts/governance/ProposalRules.sol";
import {ProposalLens} from "../../../contracts/lens/ProposalLens.sol";
import {StakeLens} from "../../../contracts/lens/StakeLens.sol";
import {GovernanceFixture} from "../governance/GovernanceFixture.sol";

contract GovernanceLensesTest is GovernanceFixture {
    function test_Lens_ShowsAProposalThroughItsLife() public {
        ProposalLens lens = new ProposalLens();
        Proposal memory p = _propose(alice, _setBox(1));
        ProposalLens.Proposal memory seen = lens.getProposal(governor, p.id);
        vm.assertEq(seen.proposer, alice);
        vm.assertEq(seen.timestamp, block.timestamp);
        vm.assertEq(uint256(seen.state), uint256(IGovernor.ProposalState.Pending));
        vm.assertEq(uint256(seen.class), uint256(ProposalClass.Routine));
        vm.assertEq(seen.snapshot, block.timestamp + DELAY);
        vm.assertEq(seen.deadline, block.timestamp + DELAY + PERIOD);
        vm.assertEq(seen.quorum, 0, "its base is not known yet");
        vm.assertEq(seen.eta, 0);
        _open(p);
        _vote(whale, p, FOR);
        _vote(bob, p, AGAINST);
        _vote(carol, p, ABSTAIN);
        seen = lens.getProposal(governor, p.id);
        vm.assertEq(uint256(seen.state), uint256(IGovernor.ProposalState.Active));
        vm.assertEq(seen.forVotes, (SUPPLY * 25) / 100);
        vm.assertEq(seen.againstVotes, (SUPPLY * 10) / 100);
        vm.assertEq(seen.abstainVotes, (SUPPLY * 5) / 100);
        vm.assertEq(seen.quorum, governor.proposalQuorum(p.id));
        vm.assertGt(seen.quorum, 0);
        Rules rules = governor.proposalRules(p.id);
        vm.assertEq(seen.approvalBps, rules.approvalBps());
        vm.assertEq(seen.extraDelay, rules.extraDelay());
        vm.assertFalse(seen.isHatch);
        vm.assertFalse(seen.isClaim);
        _close(p);
        _queue(p);
        seen = lens.getProposal(governor, p.id);
        vm.assertEq(uint256(seen.state), uint256(IGovernor.ProposalState.Queued));
        vm.assertEq(seen.eta, governor.proposalEta(p.id));
        vm.assertGe(seen.eta, block.timestamp + timelock.getMinDelay() + seen.extraDelay);
    }

    function test_Lens_ShowsAHatch() public {
        ProposalLens lens = new ProposalLens();
        Proposal memory p = _propose(alice, _govern(abi.encodeCall(governor.setProposalGuardian, (address(0)))));
        ProposalLens.Proposal memory seen = lens.getProposal(governor, p.id);
        vm.assertTrue(seen.isHatch);
        vm.assertEq(uint256(seen.class), uint256(ProposalClass.Critical));
        vm.assertTrue(governor.proposalRules(p.id).has(ProposalRules.HATCH));
    }

    function test_Lens_ShowsAStakeAndWhatWaits() public {
        StakeLens lens = new StakeLens();
        vm.startPrank(alice);
        staking.stake(100e18, address(0));
        staking.lock(uint32(staking.MAX_LOCK()));
        IVoteStaking.Part[] memory parts = new IVoteStaking.Part[](2);
        parts[0] = IVoteStaking.Part(bob, 2_500);
        parts[1] = IVoteStaking.Part(carol, 7_500);
        staking.delegateSplit(parts);
        staking.requestUnstake(10e18);
        staking.requestUnstake(20e18);
        staking.requestUnstake(30e18);
        vm.stopPrank();
        reward.mint(address(this), 700e18);
        reward.approve(address(staking), 700e18);
        staking.notifyReward(700e18);
        StakeLens.Stake memory seen = lens.getStake(staking, alice);
        vm.assertEq(seen.timestamp, block.timestamp);
        vm.assertEq(seen.staked, 40e18);
        vm.assertEq(seen.lockDuration, staking.MAX_LOCK());
        vm.assertEq(seen.weight, staking.weightOf(alice));
        vm.assertEq(seen.totalWeight, staking.totalWeight());
        vm.assertEq(seen.delegatee, address(0), "split");
        vm.assertEq(seen.parts.length, 2);
        vm.assertEq(seen.parts[1].delegatee, carol);
        vm.assertEq(uint256(seen.parts[1].bps), 7_500);
        vm.assertEq(seen.tokenBalance, token.balanceOf(alice));
        vm.assertEq(seen.allowance, token.allowance(alice, address(staking)));
        vm.assertEq(seen.waiting.length, 3);
        _skip(staking.WEEK() + 1);
        vm.assertEq(lens.getStake(staking, alice).claimable, staking.claimable(alice));
        // The middle one is paid: the others keep their ids.
        vm.warp(staking.requestOf(alice, 1).readyAt);
        vm.prank(alice);
        staking.withdraw(1, alice);
        seen = lens.getStake(staking, alice);
        vm.assertEq(seen.waiting.length, 2);
        vm.assertEq(seen.waiting[0].requestId, 0);
        vm.assertEq(seen.waiting[0].assets, 10e18);
        vm.assertEq(seen.waiting[1].requestId, 2);
        vm.assertEq(seen.waiting[1].assets, 30e18);
        vm.assertEq(seen.waiting[1].readyAt, staking.requestOf(alice, 2).readyAt);
    }

    function test_Lens_ShowsASingleDelegatee() public {
        StakeLens lens = new StakeLens();
        vm.prank(alice);
        staking.stake(1e18, bob);
        StakeLens.Stake memory seen = lens.getStake(staking, alice);
        vm.assertEq(seen.delegatee, bob);
        vm.assertEq(seen.waiting.length, 0);
    }
}
