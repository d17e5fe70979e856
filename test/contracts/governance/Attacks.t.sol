// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {IProposalPolicy, ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {ITreasury} from "../../../contracts/governance/ITreasury.sol";
import {IVoteStaking} from "../../../contracts/governance/IVoteStaking.sol";
import {IPayrollStreams} from "../../../contracts/governance/IPayrollStreams.sol";
import {MillToken} from "../../../contracts/governance/MillToken.sol";
import {ProposalPolicy} from "../../../contracts/governance/ProposalPolicy.sol";
import {Treasury} from "../../../contracts/governance/Treasury.sol";
import {VoteStaking} from "../../../contracts/governance/VoteStaking.sol";
import {CallbackToken, FlashVoter, HarmfulTarget, HarmlessTarget, Metamorph, Reenterer} from "./Attackers.sol";
import {Box} from "./Box.sol";
import {CompanyFixture} from "./CompanyFixture.sol";
import {SenderHookToken} from "./SenderHookToken.sol";

/// @notice Attacks that worked elsewhere, replayed with what the attacker gets.
contract AttacksTest is CompanyFixture {
    function setUp() public override {
        super.setUp();
        // As a deployment has it: paying out is Treasury, all that isn't listed is Critical.
        IProposalPolicy.Entry[] memory entries = new IProposalPolicy.Entry[](2);
        entries[0] = IProposalPolicy.Entry(address(box), Box.set.selector, ProposalClass.Routine);
        entries[1] = IProposalPolicy.Entry(address(vaultOfDao), Treasury.pay.selector, ProposalClass.Treasury);
        ProposalPolicy table = new ProposalPolicy(entries, new address[](0));
        _passAndExecute(_govern(abi.encodeCall(IMillGovernor.setPolicy, (table))));
        reward.mint(address(vaultOfDao), 24_000_000e6);
    }

    function _give(address account, uint256 amount) private {
        vm.prank(whale);
        require(token.transfer(account, amount), "transfer");
        vm.prank(account);
        token.delegate(account);
        _skip(1);
    }

    function _grab(uint256 amount) private view returns (Proposal memory) {
        return _action(address(vaultOfDao), abi.encodeCall(ITreasury.pay, (address(reward), attacker, amount)));
    }

    /// @notice Beanstalk, April 2022: 182 million lost to votes that were borrowed for one transaction.
    function test_G4_GA1_FlashLoanedVotesCountNothing() public {
        FlashVoter flash = new FlashVoter(token, staking, governor, whale);
        vm.prank(whale);
        token.approve(address(flash), type(uint256).max);
        uint256 loan = token.balanceOf(whale);
        Proposal memory p = _propose(alice, _grab(24_000_000e6));
        _open(p);
        vm.assertFalse(flash.vote(p.id, loan), "borrowed votes were counted");
        (, uint256 forVotes, ) = governor.proposalVotes(p.id);
        vm.assertEq(forVotes, 0);
        Proposal memory own = _grab(24_000_000e6);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorInsufficientProposerVotes.selector,
                address(flash),
                0,
                THRESHOLD
            )
        );
        flash.propose(own.targets, own.values, own.calldatas, loan);
        _report("attacker, votes borrowed for one transaction", int256(reward.balanceOf(attacker)));
    }

    /// @notice ds-chief: lock, vote and free in one block. Here what is staked stays for a week, so the loan isn't repaid.
    function test_G4_GA2_LockVoteFreeInOneBlock() public {
        FlashVoter flash = new FlashVoter(token, staking, governor, whale);
        vm.prank(whale);
        token.approve(address(flash), type(uint256).max);
        Proposal memory p = _propose(alice, _grab(24_000_000e6));
        _open(p);
        uint256 readyAt = vm.getBlockTimestamp() + 7 days;
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__NotReady.selector, 0, readyAt));
        flash.stakeAndVote(p.id, 1e26);
    }

    /// @notice Even who holds all votes needs the delay, the vote and the timelock.
    function test_G3_NothingPassesInOneTransaction() public {
        FlashVoter flash = new FlashVoter(token, staking, governor, whale);
        _give(address(flash), 2e26);
        Proposal memory p = _called(_setBox(1), "rush");
        vm.prank(address(flash));
        p.id = governor.propose(p.targets, p.values, p.calldatas, p.description);
        _open(p);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        flash.rush(p.id, p.targets, p.values, p.calldatas);
    }

    /// @notice Compound 289, July 2024: 24 million for a quiet weekend's majority. The attacker holds 8 % of the votes and
    /// casts them in the last second.
    function test_GA3_HostileTreasuryGrab() public {
        _give(attacker, (SUPPLY * 55 * 8) / 10_000);
        Proposal memory p = _propose(attacker, _grab(24_000_000e6));
        vm.assertEq(uint256(governor.proposalRules(p.id).class()), uint256(ProposalClass.Treasury));
        uint256 deadline = governor.proposalDeadline(p.id);
        vm.warp(deadline);
        _vote(attacker, p, FOR);
        // Quorum came late: two more days, in which the holders wake up.
        vm.assertEq(governor.proposalDeadline(p.id), deadline + LATE);
        vm.warp(deadline + LATE);
        _vote(alice, p, AGAINST);
        _close(p);
        _assertState(p, IGovernor.ProposalState.Defeated);
        // Had nobody come, five days and the guardian stand between the vote and the money.
        _report("attacker, a treasury grab with 8 % of the votes", int256(reward.balanceOf(attacker)));
    }

    function test_GA3_GrabThatPassesIsCancelledByTheGuardian() public {
        _give(attacker, (SUPPLY * 55 * 8) / 10_000);
        Proposal memory p = _propose(attacker, _grab(24_000_000e6));
        _open(p);
        _vote(attacker, p, FOR);
        _close(p);
        _queue(p);
        vm.assertEq(governor.proposalEta(p.id), vm.getBlockTimestamp() + 5 days);
        _cancel(guardian, p);
        _skip(5 days);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _execute(p);
        vm.assertEq(reward.balanceOf(attacker), 0);
    }

    /// @notice Build Finance, February 2022: a takeover by a small quorum, then unlimited minting. 8 % pass nothing here that
    /// mints, and a vote that does pass mints no more than the cap of a year.
    function test_GA4_LowQuorumMint() public {
        _give(attacker, (SUPPLY * 55 * 8) / 10_000);
        Proposal memory p = _action(address(token), abi.encodeCall(MillToken.mint, (attacker, MAX_MINT + 1)));
        p = _propose(attacker, p);
        vm.assertEq(uint256(governor.proposalRules(p.id).class()), uint256(ProposalClass.Critical));
        _open(p);
        _vote(attacker, p, FOR);
        _close(p);
        _assertState(p, IGovernor.ProposalState.Defeated);
        p = _pass(_called(p, "all vote for it"));
        _skip(1);
        vm.expectPartialRevert(bytes4(keccak256("MillToken__MintCapExceeded(uint256,uint256)")));
        _execute(p);
    }

    /// @notice Tornado Cash, May 2023: the code at the target was not the code that had been voted on.
    function test_GA5_MetamorphicTarget() public {
        Metamorph metamorph = new Metamorph();
        bytes memory harmless = type(HarmlessTarget).creationCode;
        bytes memory harmful = bytes.concat(
            type(HarmfulTarget).creationCode,
            abi.encode(address(token), attacker)
        );
        // An address without code yet, where the harmful code will be put after the vote.
        address later = vm.computeCreate2Address("salt", keccak256(harmful), address(metamorph));
        Proposal memory empty = _pass(_action(later, abi.encodeCall(HarmlessTarget.run, ())));
        _skip(1);
        metamorph.put(harmful, "salt");
        vm.expectPartialRevert(IMillGovernor.MillGovernor__TargetCodeChanged.selector);
        _execute(empty);
        // And code that is swapped, however that was done.
        address shown = metamorph.put(harmless, "salt");
        Proposal memory swapped = _pass(_action(shown, abi.encodeCall(HarmlessTarget.run, ())));
        _skip(1);
        vm.etch(shown, later.code);
        vm.expectPartialRevert(IMillGovernor.MillGovernor__TargetCodeChanged.selector);
        _execute(swapped);
        // And an account that runs other code than it did (EIP-7702): it needs no trick for that.
        address account = _account("account");
        vm.etch(account, abi.encodePacked(hex"ef0100", metamorph.put(harmless, "again")));
        Proposal memory delegated = _pass(_action(account, abi.encodeCall(HarmlessTarget.run, ())));
        _skip(1);
        vm.etch(account, abi.encodePacked(hex"ef0100", later));
        vm.expectPartialRevert(IMillGovernor.MillGovernor__TargetCodeChanged.selector);
        _execute(delegated);
    }

    /// @notice Roles of the timelock: nobody can be given one but by a Critical proposal, whatever else is in it.
    function test_GA6_TimelockLockOut() public {
        bytes32 admin = timelock.DEFAULT_ADMIN_ROLE();
        bytes32 proposer = timelock.PROPOSER_ROLE();
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        vm.prank(attacker);
        timelock.grantRole(proposer, attacker);
        // The governor itself has no say over roles either, nor can it be made to give up its own.
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        vm.prank(address(governor));
        timelock.revokeRole(admin, address(timelock));
        bytes memory revoke = abi.encodeCall(IAccessControl.revokeRole, (proposer, address(governor)));
        Proposal memory p = _also(_setBox(1), address(timelock), 0, revoke);
        p = _propose(alice, p);
        vm.assertEq(uint256(governor.proposalRules(p.id).class()), uint256(ProposalClass.Critical));
        bytes memory renounce = abi.encodeCall(IAccessControl.renounceRole, (proposer, address(governor)));
        Proposal memory q = _govern(abi.encodeCall(governor.relay, (address(timelock), 0, renounce)));
        q = _propose(bob, q);
        vm.assertEq(uint256(governor.proposalRules(q.id).class()), uint256(ProposalClass.Critical));
    }

    /// @notice Who copies a proposal from the mempool can't use up its id, if its text names the proposer.
    function test_Attack_ProposalIsCopied() public {
        _give(attacker, THRESHOLD);
        string memory text = string.concat("pay #proposer=", Strings.toHexString(alice));
        Proposal memory p = _called(_setBox(1), text);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorRestrictedProposer.selector, attacker));
        _propose(attacker, p);
        _propose(alice, p);
        // Without the name it works: the SDK always appends it.
        Proposal memory open = _setBox(2);
        open = _propose(attacker, open);
        _cancel(attacker, open);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _propose(bob, open);
    }

    /// @notice Velocimeter: 1,024 delegations to a victim made its transfers cost 25 million gas. Here a delegation to an
    /// account adds one checkpoint to a list that is searched by halves.
    function test_GA8_DelegateArrayDoS() public {
        vm.startPrank(carol);
        staking.stake(1e24, carol);
        _skip(1);
        staking.stake(1e18, address(0));
        uint256 before = vm.lastCallGas().gasTotalUsed;
        vm.stopPrank();
        for (uint160 i = 1; i <= 300; ++i) {
            address dust = address(i << 40);
            vm.prank(bob);
            require(token.transfer(dust, 2), "transfer");
            vm.startPrank(dust);
            token.approve(address(staking), 1);
            token.delegate(carol);
            staking.stake(1, carol);
            vm.stopPrank();
            _skip(1);
        }
        vm.startPrank(carol);
        staking.stake(1e18, address(0));
        vm.assertLt(uint256(vm.lastCallGas().gasTotalUsed), before + 5_000);
        staking.requestUnstake(1e24);
        vm.stopPrank();
    }

    /// @notice A reward token that calls its receiver: what is entered again is refused.
    function test_Attack_ReentrancyThroughTheRewardToken() public {
        CallbackToken callback = new CallbackToken();
        staking = new VoteStaking(address(token), address(callback));
        Reenterer robber = new Reenterer();
        _give(address(robber), 1e24);
        robber.act(address(token), abi.encodeCall(token.approve, (address(staking), 1e24)));
        robber.act(address(staking), abi.encodeCall(staking.stake, (1e24, address(0))));
        callback.mint(address(this), 100e18);
        callback.approve(address(staking), 100e18);
        staking.notifyReward(100e18);
        _skip(14 days);
        bytes memory claim = abi.encodeCall(staking.claim, (address(robber)));
        robber.plan(address(staking), claim);
        robber.act(address(staking), claim);
        vm.assertTrue(robber.wasRefused());
        vm.assertEq(
            bytes32(robber.reason()),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector)
        );
        _report("attacker, claiming again from inside a claim", int256(callback.balanceOf(address(robber))) - 100e18);
        vm.assertLe(callback.balanceOf(address(robber)), 100e18);
    }

    /// @notice A token that calls its sender first: what arrives meanwhile must not be counted once more. The robber pays
    /// 100, and from inside that another 100; counted would be 300.
    function test_Attack_PaymentsCountedTwiceThroughTheSendersHook() public {
        SenderHookToken hooked = new SenderHookToken();
        staking = new VoteStaking(address(token), address(hooked));
        Reenterer robber = new Reenterer();
        uint40 start = uint40(vm.getBlockTimestamp());
        IPayrollStreams.Plan memory plan = IPayrollStreams.Plan({
            token: address(hooked),
            recipient: address(robber),
            refundTo: address(robber),
            amount: 100e18,
            start: start,
            cliff: start,
            end: start + 100
        });
        address[2] memory payees = [address(staking), address(streams)];
        bytes[2] memory calls = [
            abi.encodeCall(staking.notifyReward, (100e18)),
            abi.encodeCall(streams.create, (plan))
        ];
        for (uint256 i = 0; i < 2; ++i) {
            hooked.mint(address(robber), 200e18);
            robber.act(address(hooked), abi.encodeCall(hooked.approve, (payees[i], 200e18)));
            robber.plan(payees[i], calls[i]);
            robber.act(payees[i], calls[i]);
            vm.assertTrue(robber.wasRefused(), "entered");
        }
        (, , uint256 queued) = staking.rewardState();
        vm.assertEq(queued, hooked.balanceOf(address(staking)), "rewards that nobody paid");
        uint256 last = uint256(uint160(address(hooked))) * 2 ** 96 + streams.streamCount();
        uint256 streamed = streams.streamOf(last).total;
        _report("attacker, streamed beyond what was paid", int256(streamed) - int256(hooked.balanceOf(address(streams))));
        vm.assertEq(streamed, hooked.balanceOf(address(streams)), "a salary that nobody paid");
    }

    function test_Attack_ReentrancyThroughAStreamedToken() public {
        CallbackToken callback = new CallbackToken();
        Reenterer robber = new Reenterer();
        callback.mint(address(this), 100e18);
        callback.approve(address(streams), 100e18);
        uint40 start = uint40(vm.getBlockTimestamp());
        uint256 id = streams.create(
            IPayrollStreams.Plan({
                token: address(callback),
                recipient: address(robber),
                refundTo: address(this),
                amount: 100e18,
                start: start,
                cliff: start,
                end: start + 100
            })
        );
        _skip(50);
        bytes memory claim = abi.encodeCall(streams.claim, (id, address(robber)));
        robber.plan(address(streams), claim);
        robber.act(address(streams), claim);
        vm.assertTrue(robber.wasRefused());
        vm.assertEq(
            bytes32(robber.reason()),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector)
        );
        vm.assertEq(callback.balanceOf(address(robber)), 50e18);
    }

    function received() external {}

    /// @notice A timelock with another role member, or an open executor, would bypass pins and class delays.
    function test_Attack_OpenExecutorBypassIsClosed() public {
        Proposal memory p = _pass(_govern(abi.encodeCall(GovernorTimelockControl.updateTimelock, (timelock))));
        // One day of seven: the timelock would be ready, the class isn't.
        vm.assertTrue(
            timelock.isOperationReady(timelock.hashOperationBatch(p.targets, p.values, p.calldatas, 0, _salt(p)))
        );
        bytes32 salt = _salt(p);
        address[4] memory callers = [attacker, guardian, whale, address(this)];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
            vm.prank(callers[i]);
            timelock.executeBatch(p.targets, p.values, p.calldatas, 0, salt);
        }
        vm.assertFalse(timelock.hasRole(timelock.EXECUTOR_ROLE(), address(0)));
    }
}
