// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {Box} from "./Box.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

contract ProposalLifeTest is GovernanceFixture {
    function test_Life_RoutineTakesTwoDaysAfterTheVote() public {
        Proposal memory p = _propose(alice, _setBox(7));
        _assertState(p, IGovernor.ProposalState.Pending);
        vm.assertEq(uint256(governor.proposalRules(p.id).class()), uint256(ProposalClass.Routine));
        _open(p);
        _vote(whale, p, FOR);
        _vote(bob, p, AGAINST);
        _close(p);
        _assertState(p, IGovernor.ProposalState.Succeeded);
        uint256 queuedAt = vm.getBlockTimestamp();
        _queue(p);
        vm.assertEq(governor.proposalEta(p.id), queuedAt + 2 days);
        vm.warp(queuedAt + 2 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IMillGovernor.MillGovernor__BeforeEta.selector, p.id, queuedAt + 2 days));
        _execute(p);
        _skip(1);
        _execute(p);
        vm.assertEq(box.value(), 7);
        _assertState(p, IGovernor.ProposalState.Executed);
    }

    function test_V1_ExecuteBatchDirectlyReverts() public {
        Proposal memory p = _pass(_setBox(7));
        vm.expectRevert();
        vm.prank(attacker);
        timelock.executeBatch(p.targets, p.values, p.calldatas, 0, bytes20(address(governor)) ^ keccak256("proposal"));
    }

    function test_V2_EarlyQueuedThenCancelledIsCanceled() public {
        Proposal memory p = _propose(alice, _action(address(box), abi.encodeCall(Box.pause, ())));
        _open(p);
        _vote(whale, p, FOR);
        _vote(alice, p, FOR);
        _assertState(p, IGovernor.ProposalState.Succeeded);
        _queue(p);
        _assertState(p, IGovernor.ProposalState.Queued);
        bytes32 salt = bytes20(address(governor)) ^ keccak256("proposal");
        bytes32 operation = timelock.hashOperationBatch(p.targets, p.values, p.calldatas, 0, salt);
        vm.prank(address(governor));
        timelock.cancel(operation);
        _assertState(p, IGovernor.ProposalState.Canceled);
    }
}
