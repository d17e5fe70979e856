// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorCountingFractional} from "@openzeppelin/contracts/governance/extensions/GovernorCountingFractional.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";

import {ExcludedVotes} from "../../../contracts/governance/ExcludedVotes.sol";
import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {IProposalPolicy, ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {ProposalPolicy} from "../../../contracts/governance/ProposalPolicy.sol";
import {ProposalRules, Rules} from "../../../contracts/governance/ProposalRules.sol";
import {Box} from "./Box.sol";
import {BoxMaker} from "./BoxMaker.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

/// @notice One action of each class.
abstract contract ClassFixture is GovernanceFixture {
    function _ofClass(ProposalClass class) internal view returns (Proposal memory) {
        if (class == ProposalClass.Emergency) return _action(address(box), abi.encodeCall(Box.pause, ()));
        if (class == ProposalClass.Routine) return _setBox(7);
        if (class == ProposalClass.Treasury) return _action(address(box), abi.encodeCall(Box.spend, (1)));
        return _govern(abi.encodeCall(GovernorSettings.setVotingDelay, (DELAY)));
    }

    function _base() internal pure returns (uint256) {
        return (SUPPLY * 55) / 100;
    }
}

contract ProposalLifeTest is ClassFixture {
    function test_Life_EachClassHasItsDelay() public {
        uint256[4] memory delays = [uint256(1 days), 2 days, 5 days, 7 days];
        for (uint256 i = 0; i < 4; ++i) {
            Proposal memory p = _propose(alice, _ofClass(ProposalClass(i)));
            vm.assertEq(uint256(governor.proposalRules(p.id).class()), i);
            _open(p);
            // Neither of the two is half of the base alone, so an emergency isn't over early.
            _vote(whale, p, FOR);
            _vote(bob, p, AGAINST);
            _close(p);
            if (i == 0) _assertState(p, IGovernor.ProposalState.Succeeded);
            uint256 queuedAt = vm.getBlockTimestamp();
            _queue(p);
            uint256 eta = queuedAt + delays[i];
            vm.assertEq(governor.proposalEta(p.id), eta);
            vm.warp(eta - 1);
            // The timelock itself has only its minimum: the class delay is the governor's.
            if (i > 0) vm.expectRevert(abi.encodeWithSelector(IMillGovernor.MillGovernor__BeforeEta.selector, p.id, eta));
            else vm.expectRevert();
            _execute(p);
            _skip(1);
            _execute(p);
            _assertState(p, IGovernor.ProposalState.Executed);
        }
    }

    function test_Propose_EmitsAnIndexedEvent() public {
        Proposal memory p = _setBox(7);
        uint256 id = governor.hashProposal(p.targets, p.values, p.calldatas, keccak256("proposal"));
        vm.expectEmit(address(governor));
        emit IMillGovernor.ProposalIndexed(id, alice, ProposalClass.Routine, keccak256("proposal"));
        _propose(alice, p);
    }

    function test_Propose_RevertWhen_BelowThreshold() public {
        vm.prank(carol);
        require(token.transfer(attacker, THRESHOLD - 1), "transfer");
        vm.prank(attacker);
        token.delegate(attacker);
        _skip(1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorInsufficientProposerVotes.selector,
                attacker,
                THRESHOLD - 1,
                THRESHOLD
            )
        );
        _propose(attacker, _setBox(7));
        vm.prank(carol);
        require(token.transfer(attacker, 1), "transfer");
        _skip(1);
        _propose(attacker, _setBox(7));
    }

    function test_Expired_SucceededButNotQueued() public {
        Proposal memory p = _propose(alice, _setBox(7));
        _open(p);
        _vote(whale, p, FOR);
        vm.warp(governor.proposalDeadline(p.id) + 14 days);
        _assertState(p, IGovernor.ProposalState.Succeeded);
        _skip(1);
        _assertState(p, IGovernor.ProposalState.Expired);
        vm.expectRevert(_unexpected(p, IGovernor.ProposalState.Expired, 1 << uint8(IGovernor.ProposalState.Succeeded)));
        _queue(p);
    }

    function test_Expired_QueuedButNotExecuted() public {
        Proposal memory p = _pass(_setBox(7));
        vm.warp(governor.proposalEta(p.id) + 14 days);
        _assertState(p, IGovernor.ProposalState.Queued);
        _skip(1);
        _assertState(p, IGovernor.ProposalState.Expired);
        vm.expectRevert(_unexpected(p, IGovernor.ProposalState.Expired, 1 << uint8(IGovernor.ProposalState.Queued)));
        _execute(p);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _cancel(guardian, p);
    }

    function test_Live_OneProposalAtATime() public {
        Proposal memory first = _propose(alice, _setBox(7));
        uint256 until = governor.proposalDeadline(first.id);
        vm.assertEq(governor.liveUntil(alice), until);
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IMillGovernor.MillGovernor__ProposalLive.selector, alice, until));
        _propose(alice, _setBox(8));
        _skip(1);
        _propose(alice, _setBox(8));
    }

    function test_Live_CancelFreesTheProposer() public {
        Proposal memory first = _propose(alice, _setBox(7));
        _cancel(alice, first);
        vm.assertEq(governor.liveUntil(alice), 0);
        _propose(alice, _setBox(8));
    }

    /// @notice Cancelling an old proposal, queued meanwhile, must not free the slot of a new one.
    function test_Live_CancelOfAnOldOneFreesNothing() public {
        Proposal memory first = _pass(_setBox(7));
        Proposal memory second = _propose(alice, _setBox(8));
        _cancel(guardian, first);
        vm.assertEq(governor.liveUntil(alice), governor.proposalDeadline(second.id));
        vm.expectPartialRevert(IMillGovernor.MillGovernor__ProposalLive.selector);
        _propose(alice, _setBox(9));
    }

    function test_LateQuorum_ExtendsTheVoteOnce() public {
        Proposal memory p = _propose(alice, _setBox(7));
        uint256 deadline = governor.proposalDeadline(p.id);
        vm.warp(deadline);
        _vote(whale, p, FOR);
        vm.assertEq(governor.proposalDeadline(p.id), deadline + LATE);
        vm.warp(deadline + LATE);
        _vote(alice, p, AGAINST);
        vm.assertEq(governor.proposalDeadline(p.id), deadline + LATE);
    }
}

contract ProposalCountTest is ClassFixture {
    /// @notice For and Abstain of exactly the quorum pass, one vote less doesn't; for every class.
    function testFuzz_G5_QuorumIsExact(uint8 classSeed, bool enough) public {
        ProposalClass class = ProposalClass(_bound(classSeed, 0, 3));
        uint256[4] memory bps = [uint256(400), 400, 800, 1_500];
        // 5.5e26 divides by 10,000: no rounding. The floor is 1e25, below 4 % of the base (2.2e25).
        uint256 quorum = (_base() * bps[uint256(class)]) / 10_000;
        Proposal memory p = _propose(alice, _ofClass(class));
        _open(p);
        _voteSplit(whale, p, 0, quorum - 1e18, enough ? 1e18 : 1e18 - 1);
        vm.assertEq(governor.proposalQuorum(p.id), quorum);
        _close(p);
        _assertState(p, enough ? IGovernor.ProposalState.Succeeded : IGovernor.ProposalState.Defeated);
    }

    /// @notice More than half of For and Against for three classes, more than 60 % for Critical.
    function testFuzz_Approval_IsExact(uint8 classSeed, bool enough) public {
        ProposalClass class = ProposalClass(_bound(classSeed, 0, 3));
        uint256 against = class == ProposalClass.Critical ? 8e25 : 1e26;
        Proposal memory p = _propose(alice, _ofClass(class));
        _open(p);
        _voteSplit(whale, p, against, 2e26 - against, enough ? 0 : 1);
        if (enough) _voteSplit(alice, p, 0, 1, 0);
        _close(p);
        _assertState(p, enough ? IGovernor.ProposalState.Succeeded : IGovernor.ProposalState.Defeated);
    }

    function test_Quorum_FloorHoldsWhenTheBaseIsSmall() public {
        // Whale and alice exclude themselves: 15 % of the supply are left, 4 % of which are 6e24 < floor.
        vm.prank(whale);
        token.delegate(ExcludedVotes.DELEGATE);
        vm.prank(alice);
        token.delegate(ExcludedVotes.DELEGATE);
        _skip(1);
        Proposal memory p = _propose(bob, _setBox(7));
        _open(p);
        vm.assertEq(governor.proposalQuorum(p.id), FLOOR);
        vm.assertEq(governor.quorum(governor.proposalSnapshot(p.id)), FLOOR);
    }

    function test_Quorum_RoundsUp() public {
        // One wei of votes more in the base: 4 % of it isn't a whole number, and counts as the next one.
        vm.prank(treasury);
        require(token.transfer(carol, 1), "transfer");
        _skip(1);
        vm.assertEq(governor.quorum(vm.getBlockTimestamp() - 1), (_base() * 400) / 10_000 + 1);
    }

    function test_V5_CriticalIsReachableWithATreasuryOf90Percent() public {
        vm.prank(whale);
        require(token.transfer(treasury, (SUPPLY * 25) / 100), "transfer");
        vm.prank(alice);
        require(token.transfer(treasury, (SUPPLY * 15) / 100), "transfer");
        vm.prank(bob);
        require(token.transfer(treasury, (SUPPLY * 5) / 100), "transfer");
        // 10 % are left: bob and carol with 5 % each. A quorum of 15 % of the supply would be out of reach.
        _skip(1);
        Proposal memory p = _propose(bob, _ofClass(ProposalClass.Critical));
        _open(p);
        vm.assertEq(governor.proposalQuorum(p.id), (SUPPLY * 150) / 10_000);
        _vote(bob, p, FOR);
        _close(p);
        _assertState(p, IGovernor.ProposalState.Succeeded);
    }

    function test_Early_OnlyOnceHalfOfTheBaseIsFor() public {
        Proposal memory p = _propose(alice, _ofClass(ProposalClass.Emergency));
        _open(p);
        _vote(whale, p, FOR);
        // Base 5.5e26, half 2.75e26, whale 2.5e26.
        _voteSplit(alice, p, 0, 0.25e26 - 1, 0);
        _assertState(p, IGovernor.ProposalState.Active);
        _voteSplit(alice, p, 0, 1, 0);
        _assertState(p, IGovernor.ProposalState.Succeeded);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _vote(bob, p, AGAINST);
        _queue(p);
        _assertState(p, IGovernor.ProposalState.Queued);
        // Early means early in the vote, never past the timelock.
        vm.expectRevert();
        _execute(p);
        _skip(1 days);
        _execute(p);
        vm.assertEq(box.pauses(), 1);
        _assertState(p, IGovernor.ProposalState.Executed);
    }

    function testFuzz_G3_OnlyAnEmergencyIsEarly(uint8 classSeed) public {
        Proposal memory p = _propose(alice, _ofClass(ProposalClass(_bound(classSeed, 1, 3))));
        _open(p);
        _vote(whale, p, FOR);
        _vote(alice, p, FOR);
        _vote(bob, p, FOR);
        _vote(carol, p, FOR);
        _assertState(p, IGovernor.ProposalState.Active);
    }

    function test_V2_EarlyQueuedThenCancelledIsCanceled() public {
        Proposal memory p = _propose(alice, _ofClass(ProposalClass.Emergency));
        _open(p);
        _vote(whale, p, FOR);
        _vote(alice, p, FOR);
        _queue(p);
        _assertState(p, IGovernor.ProposalState.Queued);
        bytes32 operation = timelock.hashOperationBatch(p.targets, p.values, p.calldatas, 0, _salt(p));
        vm.prank(address(governor));
        timelock.cancel(operation);
        _assertState(p, IGovernor.ProposalState.Canceled);
    }

    function test_G2_SplitsCannotExceedTheWeight() public {
        Proposal memory p = _propose(alice, _setBox(7));
        _open(p);
        uint256 weight = token.getVotes(carol);
        _voteSplit(carol, p, weight / 2, 0, 0);
        uint256 left = weight - weight / 2;
        bytes memory params = abi.encodePacked(uint128(0), uint128(left), uint128(1));
        vm.expectRevert(
            abi.encodeWithSelector(
                GovernorCountingFractional.GovernorExceedRemainingWeight.selector,
                carol,
                left + 1,
                left
            )
        );
        vm.prank(carol);
        governor.castVoteWithReasonAndParams(p.id, 255, "", params);
        _vote(carol, p, FOR);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, carol));
        _vote(carol, p, FOR);
    }

    function test_Votes_AreTokenPlusStake() public {
        vm.prank(carol);
        staking.stake(2e25, carol);
        _skip(1);
        uint256 second = vm.getBlockTimestamp() - 1;
        vm.assertEq(governor.getVotes(carol, second), (SUPPLY * 5) / 100, "staking neither adds nor takes votes");
        vm.assertEq(token.getPastVotes(carol, second), (SUPPLY * 5) / 100 - 2e25);
        vm.assertEq(staking.getPastVotes(carol, second), 2e25);
    }
}

contract ProposalPinTest is ClassFixture {
    function test_V1_ExecuteBatchDirectlyReverts() public {
        Proposal memory p = _pass(_setBox(7));
        _skip(1);
        bytes32 salt = _salt(p);
        vm.expectPartialRevert(bytes4(keccak256("AccessControlUnauthorizedAccount(address,bytes32)")));
        vm.prank(attacker);
        timelock.executeBatch(p.targets, p.values, p.calldatas, 0, salt);
        vm.assertEq(box.value(), 0);
    }

    function test_G7_ChangedCodeIsRefused() public {
        Proposal memory p = _pass(_setBox(7));
        _skip(1);
        vm.etch(address(box), address(token).code);
        vm.expectPartialRevert(IMillGovernor.MillGovernor__TargetCodeChanged.selector);
        _execute(p);
    }

    /// @notice Every target with calldata is in the pin, not the first or last only.
    function testFuzz_G7_EveryTargetIsPinned(uint8 changed) public {
        Box[3] memory boxes = [new Box(), new Box(), new Box()];
        Proposal memory p = _action(address(boxes[0]), abi.encodeCall(Box.set, (1)));
        p = _also(p, address(boxes[1]), 0, abi.encodeCall(Box.set, (1)));
        p = _also(p, address(boxes[2]), 0, abi.encodeCall(Box.set, (1)));
        p = _pass(p);
        _skip(1);
        vm.etch(address(boxes[changed % 3]), address(reward).code);
        vm.expectPartialRevert(IMillGovernor.MillGovernor__TargetCodeChanged.selector);
        _execute(p);
    }

    /// @notice The batch creates its second target. A wei at that address, from anyone, must not block it; code must.
    function test_G7_AWeiForATargetToComeBlocksNoBatch() public {
        BoxMaker maker = new BoxMaker();
        Proposal memory p = _action(address(maker), abi.encodeCall(BoxMaker.make, ()));
        p = _also(p, maker.next(), 0, abi.encodeCall(Box.set, (7)));
        p = _pass(p);
        _skip(1);
        uint256 id = vm.snapshotState();
        vm.etch(maker.next(), address(reward).code);
        vm.expectPartialRevert(IMillGovernor.MillGovernor__TargetCodeChanged.selector);
        _execute(p);
        vm.revertToState(id);
        vm.deal(maker.next(), 1);
        _report("blocking a batch that creates its target: attacker", -1);
        _execute(p);
        vm.assertEq(Box(maker.next()).value(), 7);
    }

    function test_V11_PayeeThatRedelegatesBlocksNoBatch() public {
        vm.deal(address(timelock), 2 ether);
        Proposal memory p = _also(_setBox(7), carol, 1 ether, "");
        p = _pass(p);
        _skip(1);
        // EIP-7702: the account of the payee gets code that delegates to the box, which accepts ether.
        vm.etch(carol, abi.encodePacked(hex"ef0100", address(box)));
        _execute(p);
        vm.assertEq(carol.balance, 1 ether);
        vm.assertEq(box.value(), 7);
    }
}

contract ProposalClassTest is ClassFixture {
    function test_V3_MixedBatchHasTheStrictestClass() public {
        Proposal memory p = _ofClass(ProposalClass.Emergency);
        p = _also(p, address(governor), 0, abi.encodeCall(GovernorSettings.setVotingDelay, (DELAY)));
        p = _propose(alice, p);
        vm.assertEq(uint256(governor.proposalRules(p.id).class()), uint256(ProposalClass.Critical));
        vm.assertFalse(governor.proposalRules(p.id).has(ProposalRules.EARLY));
    }

    function test_V4_PolicyChangeLeavesLiveProposalsAsTheyWere() public {
        Proposal memory p = _propose(bob, _setBox(7));
        Rules before = governor.proposalRules(p.id);
        // The table of the new policy is empty: everything is Critical.
        ProposalPolicy strict = new ProposalPolicy(new IProposalPolicy.Entry[](0), new address[](0));
        Proposal memory change = _propose(alice, _govern(abi.encodeCall(IMillGovernor.setPolicy, (strict))));
        _open(change);
        _vote(whale, p, FOR);
        _vote(whale, change, FOR);
        _close(change);
        _queue(change);
        _queue(p);
        vm.warp(governor.proposalEta(change.id));
        _execute(change);
        vm.assertEq(address(governor.policy()), address(strict));
        vm.assertEq(Rules.unwrap(governor.proposalRules(p.id)), Rules.unwrap(before));
        _execute(p);
        vm.assertEq(box.value(), 7);
        Proposal memory later = _propose(bob, _setBox(8));
        vm.assertEq(uint256(governor.proposalRules(later.id).class()), uint256(ProposalClass.Critical));
    }

    function test_Hatch_ReplacesAPolicyThatReverts() public {
        // A policy without `classify`: every ordinary proposal reverts.
        _passAndExecute(_govern(abi.encodeCall(IMillGovernor.setPolicy, (IProposalPolicy(address(box))))));
        vm.expectRevert();
        _propose(bob, _setBox(8));
        _passAndExecute(_govern(abi.encodeCall(IMillGovernor.setPolicy, (policy))));
        _propose(bob, _setBox(8));
    }

    function test_Hatch_IsOnlyWhatItSays() public {
        Proposal memory hatch = _govern(abi.encodeCall(IMillGovernor.setPolicy, (policy)));
        hatch = _also(hatch, address(governor), 0, abi.encodeCall(GovernorProposalGuardian.setProposalGuardian, (bob)));
        Proposal memory withMore = _also(hatch, address(box), 0, abi.encodeCall(Box.set, (1)));
        Proposal memory elsewhere = _action(address(box), abi.encodeCall(IMillGovernor.setPolicy, (policy)));
        Proposal memory withValue = _action(
            address(governor),
            1,
            abi.encodeCall(IMillGovernor.setPolicy, (policy))
        );
        vm.assertTrue(governor.proposalRules(_propose(whale, hatch).id).has(ProposalRules.HATCH));
        vm.assertFalse(governor.proposalRules(_propose(alice, withMore).id).has(ProposalRules.HATCH));
        vm.assertFalse(governor.proposalRules(_propose(bob, elsewhere).id).has(ProposalRules.HATCH));
        vm.assertFalse(governor.proposalRules(_propose(carol, withValue).id).has(ProposalRules.HATCH));
        vm.assertEq(uint256(governor.proposalRules(hatch.id).class()), uint256(ProposalClass.Critical));
    }

    function test_SetPolicy_RevertWhen_NoContract() public {
        Proposal memory p = _pass(_govern(abi.encodeCall(IMillGovernor.setPolicy, (IProposalPolicy(carol)))));
        _skip(1);
        vm.expectRevert(abi.encodeWithSelector(IMillGovernor.MillGovernor__NotAContract.selector, carol));
        _execute(p);
    }

    function testFuzz_Rules_HoldTheirFields(uint8 classSeed, uint176 pin, uint8 flag) public pure {
        ProposalClass class = ProposalClass(_bound(classSeed, 0, 3));
        Rules plain = ProposalRules.ofClass(class);
        Rules rules = plain.withFlag(flag).withPin(pin);
        vm.assertEq(uint256(rules.class()), uint256(class));
        vm.assertEq(uint256(rules.pin()), pin);
        vm.assertEq(rules.quorumBps(), plain.quorumBps());
        vm.assertEq(rules.approvalBps(), plain.approvalBps());
        vm.assertEq(uint256(rules.extraDelay()), plain.extraDelay());
        vm.assertEq(rules.has(flag), flag != 0);
    }
}
