// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";

import {IClaimResolver} from "../../../contracts/governance/IClaimResolver.sol";
import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {ProposalRules} from "../../../contracts/governance/ProposalRules.sol";
import {ClaimsDouble} from "./ClaimsDouble.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

abstract contract CancelFixture is GovernanceFixture {
    function _refuses(address caller, Proposal memory p) internal {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, p.id, caller));
        _cancel(caller, p);
    }

    function _hatch() internal view returns (Proposal memory) {
        return _govern(abi.encodeCall(GovernorProposalGuardian.setProposalGuardian, (address(0))));
    }
}

contract CancelTest is CancelFixture {
    function test_G6_GuardianCancelsAtAnyStage() public {
        Proposal memory p = _propose(alice, _setBox(1));
        _cancel(guardian, p);
        p = _propose(alice, _setBox(2));
        _open(p);
        _cancel(guardian, p);
        _assertState(p, IGovernor.ProposalState.Canceled);
        p = _pass(_setBox(3));
        _cancel(guardian, p);
        _assertState(p, IGovernor.ProposalState.Canceled);
        _skip(2 days);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _execute(p);
    }

    function test_G6_GuardianCannotBlockItsOwnRemoval() public {
        Proposal memory p = _pass(_hatch());
        _refuses(guardian, p);
        _skip(1);
        _execute(p);
        vm.assertEq(governor.proposalGuardian(), address(0));
        vm.assertEq(governor.guardianUntil(), 0);
        Proposal memory next = _propose(bob, _setBox(1));
        _refuses(guardian, next);
    }

    function test_G6_GuardianOnlyCancels() public {
        Proposal memory p = _pass(_setBox(1));
        vm.expectPartialRevert(IMillGovernor.MillGovernor__BeforeEta.selector);
        vm.prank(guardian);
        governor.execute(p.targets, p.values, p.calldatas, keccak256("proposal"));
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, guardian));
        vm.prank(guardian);
        governor.setProposalGuardian(guardian);
    }

    /// @notice OpenZeppelin's way, to answer address(0) once the guardian has expired, gives every proposer the right to
    /// cancel what is queued.
    function test_V8_WhenTheGuardianExpiresNobodyGainsARight() public {
        uint256 until = governor.guardianUntil();
        vm.warp(until - 8 days);
        Proposal memory p = _pass(_setBox(1));
        vm.warp(until - 1);
        _assertState(p, IGovernor.ProposalState.Queued);
        uint256 snapshot = vm.snapshotState();
        _cancel(guardian, p);
        vm.revertToState(snapshot);
        vm.warp(until);
        _refuses(guardian, p);
        _refuses(alice, p);
        _refuses(attacker, p);
        Proposal memory open = _propose(alice, _setBox(2));
        _open(open);
        _refuses(alice, open);
        _refuses(guardian, open);
    }

    function test_G6_SettingTheGuardianAgainRenewsItForAYear() public {
        vm.warp(governor.guardianUntil() + 1);
        _passAndExecute(_govern(abi.encodeCall(GovernorProposalGuardian.setProposalGuardian, (guardian))));
        vm.assertEq(governor.guardianUntil(), vm.getBlockTimestamp() + 365 days);
        _cancel(guardian, _propose(bob, _setBox(1)));
    }

    function test_Proposer_CancelsWhilePendingOnly() public {
        Proposal memory p = _propose(alice, _setBox(1));
        vm.warp(governor.proposalSnapshot(p.id));
        uint256 snapshot = vm.snapshotState();
        _cancel(alice, p);
        vm.revertToState(snapshot);
        _skip(1);
        _refuses(alice, p);
    }

    function test_Anyone_CancelsWhenTheProposerFallsBelowTheThreshold() public {
        Proposal memory p = _propose(alice, _setBox(1));
        _refuses(attacker, p);
        vm.prank(alice);
        token.delegate(bob);
        // Votes of the last second count, so an undelegation within the transaction does not.
        _refuses(attacker, p);
        _skip(1);
        uint256 snapshot = vm.snapshotState();
        _cancel(attacker, p);
        vm.revertToState(snapshot);
        _open(p);
        _cancel(attacker, p);
    }

    /// @notice Else a proposer, or one large delegator, kills or sells what has been approved.
    function test_V9_QueuedCannotBeCancelledByUndelegating() public {
        Proposal memory p = _propose(alice, _setBox(1));
        _open(p);
        _vote(whale, p, FOR);
        vm.prank(alice);
        token.delegate(bob);
        _close(p);
        _refuses(attacker, p);
        _refuses(alice, p);
        _queue(p);
        _refuses(attacker, p);
        _refuses(alice, p);
    }

    function test_G5_RaisedThresholdMakesNothingCancellable() public {
        uint256 raised = (SUPPLY * 20) / 100;
        Proposal memory raise = _propose(whale, _govern(abi.encodeCall(GovernorSettings.setProposalThreshold, (raised))));
        _open(raise);
        _vote(whale, raise, FOR);
        _close(raise);
        _queue(raise);
        vm.warp(governor.proposalEta(raise.id) - 2 days);
        Proposal memory p = _propose(alice, _setBox(1));
        _open(p);
        vm.warp(governor.proposalEta(raise.id));
        _execute(raise);
        vm.assertEq(governor.proposalThreshold(), raised);
        _refuses(attacker, p);
        vm.expectPartialRevert(IGovernor.GovernorInsufficientProposerVotes.selector);
        _propose(bob, _setBox(2));
    }

    function test_Cancel_RevertWhen_ThereIsNone() public {
        Proposal memory p = _setBox(1);
        vm.expectPartialRevert(IGovernor.GovernorNonexistentProposal.selector);
        _cancel(guardian, p);
        vm.expectPartialRevert(IGovernor.GovernorNonexistentProposal.selector);
        _cancel(attacker, p);
    }
}

contract ClaimProposalTest is CancelFixture {
    ClaimsDouble internal claims;

    function setUp() public override {
        super.setUp();
        claims = new ClaimsDouble(governor);
        _passAndExecute(_govern(abi.encodeCall(IMillGovernor.setClaimsModule, (address(claims), true))));
        vm.assertTrue(governor.isClaimsModule(address(claims)));
    }

    function _claim(uint256 claimId) internal view returns (Proposal memory p) {
        p = _action(address(claims), abi.encodeCall(IClaimResolver.resolveClaim, (claimId)));
        p.description = governor.CLAIM_DESCRIPTION();
        p.id = governor.hashProposal(p.targets, p.values, p.calldatas, keccak256(bytes(p.description)));
    }

    /// @notice No holder proposes anything; the module has no votes. The DAO still gets to vote, and its word is done.
    function test_V12_SilentAssessorsTheVoteExistsWithoutAProposer() public {
        uint256 id = claims.escalate(12);
        Proposal memory p = _claim(12);
        vm.assertEq(id, p.id);
        vm.assertEq(governor.proposalProposer(id), address(claims));
        vm.assertEq(uint256(governor.proposalRules(id).class()), uint256(ProposalClass.Routine));
        vm.assertTrue(governor.proposalRules(id).has(ProposalRules.CLAIM));
        _open(p);
        _vote(whale, p, FOR);
        _close(p);
        _queue(p);
        vm.warp(governor.proposalEta(id));
        _execute(p);
        vm.assertEq(claims.resolved(), 12);
        vm.assertEq(claims.resolver(), address(timelock));
    }

    function test_V12_SeveralClaimsAtOnce() public {
        claims.escalate(1);
        claims.escalate(2);
        _assertState(_claim(1), IGovernor.ProposalState.Pending);
        _assertState(_claim(2), IGovernor.ProposalState.Pending);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        claims.escalate(1);
    }

    function test_V12_OnlyTheGuardianCancelsAClaim() public {
        claims.escalate(12);
        Proposal memory p = _claim(12);
        _refuses(attacker, p);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, p.id, address(claims)));
        claims.cancel(12);
        _open(p);
        _refuses(attacker, p);
        _cancel(guardian, p);
    }

    /// @notice A holder who proposes the same action under the same text would use up the id, and could cancel it.
    function test_V12_NobodyUsesUpTheIdOfAClaim() public {
        Proposal memory p = _claim(12);
        vm.expectRevert(
            abi.encodeWithSelector(IMillGovernor.MillGovernor__ReservedDescription.selector, p.description)
        );
        _propose(alice, p);
        claims.escalate(12);
    }

    function test_ProposeClaim_RevertWhen_NotAClaimsModule() public {
        vm.expectRevert(abi.encodeWithSelector(IMillGovernor.MillGovernor__NotClaimsModule.selector, attacker));
        vm.prank(attacker);
        governor.proposeClaim(12);
        _passAndExecute(_govern(abi.encodeCall(IMillGovernor.setClaimsModule, (address(claims), false))));
        vm.expectPartialRevert(IMillGovernor.MillGovernor__NotClaimsModule.selector);
        claims.escalate(12);
    }

    /// @notice What a module proposes as anybody may propose is classified as anybody's.
    function test_V12_AModuleGetsNoOtherProposalThrough() public {
        vm.prank(carol);
        token.delegate(address(claims));
        _skip(1);
        Proposal memory p = _govern(abi.encodeCall(GovernorSettings.setVotingDelay, (DELAY)));
        vm.prank(address(claims));
        p.id = governor.propose(p.targets, p.values, p.calldatas, p.description);
        vm.assertEq(uint256(governor.proposalRules(p.id).class()), uint256(ProposalClass.Critical));
        vm.assertFalse(governor.proposalRules(p.id).has(ProposalRules.CLAIM));
    }

    /// @notice A broken policy doesn't stop claims.
    function test_V12_ClaimsDoNotAskThePolicy() public {
        vm.etch(address(policy), address(box).code);
        claims.escalate(12);
    }
}
