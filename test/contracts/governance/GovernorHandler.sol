// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";

import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {ProposalRules, Rules} from "../../../contracts/governance/ProposalRules.sol";
import {Box} from "./Box.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

/// @notice Proposers, voters, a guardian and an attacker of one DAO. What they may do is worked out here, from what was
/// written down when a proposal was made, not asked of the governor.
contract GovernorHandler is GovernanceFixture {
    struct Record {
        Proposal p;
        address proposer;
        ProposalClass class;
        Rules rules;
        uint256 snapshot;
        uint256 nominalEnd;
        uint256 threshold;
        uint256 votable;
        uint256 quorum;
        uint256 queuedAt;
        IGovernor.ProposalState last;
    }

    uint256 internal constant WINDOW = 6;

    Record[] internal records;
    address[4] internal actors;
    uint256 internal count;
    mapping(bytes32 path => uint256 times) public reached;

    function setUp() public override {
        super.setUp();
        actors = [alice, bob, carol, whale];
    }

    /* ACTS */

    function propose(uint256 who, uint256 classSeed) external {
        address proposer = actors[who % 4];
        ProposalClass class = ProposalClass(classSeed % 4);
        Proposal memory p = _called(_some(class, classSeed >> 8), vm.toString(++count));
        uint256 threshold = governor.proposalThreshold();
        if (governor.liveUntil(proposer) >= vm.getBlockTimestamp() || _votesNow(proposer) < threshold) {
            vm.prank(proposer);
            try governor.propose(p.targets, p.values, p.calldatas, p.description) {
                vm.assertTrue(false, "proposed twice, or without votes");
            } catch {
                _did("refuse a proposal");
            }
            return;
        }
        p = _propose(proposer, p);
        Record storage r = records.push();
        r.p = p;
        r.proposer = proposer;
        r.class = class;
        r.rules = governor.proposalRules(p.id);
        r.snapshot = vm.getBlockTimestamp() + governor.votingDelay();
        r.nominalEnd = r.snapshot + governor.votingPeriod();
        r.threshold = threshold;
        vm.assertEq(uint256(r.rules.class()), uint256(class), "class");
        if (r.rules.has(ProposalRules.HATCH)) _did("propose a hatch");
        _did("propose");
        _observe();
    }

    function vote(uint256 who, uint256 which, uint256 support, uint256 part) external {
        if (records.length == 0) return;
        Record storage r = _recent(which);
        if (governor.state(r.p.id) != IGovernor.ProposalState.Active) return;
        address voter = actors[who % 4];
        uint256 weight = token.getPastVotes(voter, r.snapshot) + staking.getPastVotes(voter, r.snapshot);
        uint256 used = governor.usedVotes(r.p.id, voter);
        if (weight == used) {
            vm.prank(voter);
            try governor.castVote(r.p.id, FOR) {
                vm.assertTrue(false, "G2 voted without weight");
            } catch {
                _did("refuse a vote");
            }
            return;
        }
        uint256 deadline = governor.proposalDeadline(r.p.id);
        if (support % 4 == 3) {
            part = _bound(part, 1, weight - used);
            _voteSplit(voter, r.p, part / 3, part - part / 3, 0);
            _did("vote in parts");
        } else {
            // Two of three are For, or little would pass.
            _vote(voter, r.p, support % 16 == 0 ? AGAINST : support % 16 == 1 ? ABSTAIN : FOR);
            vm.assertEq(governor.usedVotes(r.p.id, voter), weight, "G2 a whole vote is the whole weight");
        }
        if (governor.proposalDeadline(r.p.id) > deadline) _did("extend the vote");
        if (r.class == ProposalClass.Emergency && governor.state(r.p.id) == IGovernor.ProposalState.Succeeded) {
            _did("succeed early");
        }
        _observe();
    }

    function queue(uint256 which) external {
        if (records.length == 0) return;
        Record storage r = _recent(which);
        bool may = governor.state(r.p.id) == IGovernor.ProposalState.Succeeded;
        try this.tryQueue(r.p) {
            vm.assertTrue(may, "queued what has not passed");
            r.queuedAt = vm.getBlockTimestamp();
            _did("queue");
        } catch {
            vm.assertFalse(may, "could not queue what has passed");
        }
        _observe();
    }

    function execute(uint256 which) external {
        if (records.length == 0) return;
        Record storage r = _recent(which);
        uint256[4] memory delays = [uint256(1 days), 2 days, 5 days, 7 days];
        uint256 from = r.queuedAt + delays[uint256(r.class)];
        bool may = r.queuedAt > 0 && r.last == IGovernor.ProposalState.Queued;
        may = may && vm.getBlockTimestamp() >= from && vm.getBlockTimestamp() <= from + 14 days;
        try this.tryExecute(r.p) {
            vm.assertTrue(may, "G3 executed before its time, after it, or without having passed");
            _did(bytes32(bytes.concat("execute ", bytes1(uint8(48 + uint256(r.class))))));
        } catch {
            vm.assertFalse(may, "could not execute what was due");
            if (vm.getBlockTimestamp() < from && r.last == IGovernor.ProposalState.Queued) _did("refuse before eta");
        }
        _observe();
    }

    function cancel(uint256 who, uint256 which) external {
        if (records.length == 0) return;
        Record storage r = _recent(which);
        address[3] memory callers = [guardian, r.proposer, attacker];
        address caller = callers[who % 3];
        IGovernor.ProposalState before = governor.state(r.p.id);
        bool may = _mayCancel(caller, r, before);
        try this.tryCancel(caller, r.p) {
            vm.assertTrue(may, "G6 cancelled without a right");
            _did(caller == guardian ? bytes32("cancel by guardian") : caller == attacker ? bytes32("cancel by anyone") : bytes32("cancel by proposer"));
            if (before == IGovernor.ProposalState.Queued) _did("cancel what is queued");
        } catch {
            vm.assertFalse(may, "a right to cancel was refused");
            _did("refuse to cancel");
        }
        _observe();
    }

    /// @notice The proposer gives its votes away, and a stranger tries to cancel; then the votes come back.
    function abandon(uint256 which) external {
        if (records.length == 0) return;
        address proposer = _recent(which).proposer;
        vm.startPrank(proposer);
        token.delegate(treasury);
        staking.delegate(treasury);
        vm.stopPrank();
        _skip(1);
        this.cancel(2, which);
        vm.startPrank(proposer);
        token.delegate(proposer);
        staking.delegate(proposer);
        vm.stopPrank();
    }

    function moveVotes(uint256 who, uint256 to, uint256 kind, uint256 amount) external {
        address actor = actors[who % 4];
        if (kind % 4 == 0) {
            amount = _bound(amount, 0, token.balanceOf(actor) / 4);
            _move(actor, actors[to % 4], amount);
        } else if (kind % 4 == 1) {
            vm.prank(actor);
            // Mostly to oneself, or nobody could propose.
            token.delegate(to % 8 == 7 ? treasury : actor);
        } else if (kind % 4 == 2 && token.balanceOf(actor) > 0) {
            amount = _bound(amount, 1, token.balanceOf(actor));
            vm.prank(actor);
            staking.stake(amount, actor);
            _did("stake");
        } else if (staking.stakeOf(actor) > 0) {
            amount = _bound(amount, 1, staking.stakeOf(actor));
            vm.prank(actor);
            staking.requestUnstake(amount);
            _did("unstake");
        }
        _observe();
    }

    /// @notice What must never work, whoever tries it and whenever.
    function attack(uint256 seed, uint256 which) external {
        if (records.length == 0) return;
        Proposal memory p = _recent(which).p;
        bytes memory data;
        address target = address(timelock);
        uint256 kind = seed % 7;
        if (kind == 0) {
            data = abi.encodeCall(timelock.executeBatch, (p.targets, p.values, p.calldatas, 0, _salt(p)));
        } else if (kind == 1) {
            data = abi.encodeCall(timelock.scheduleBatch, (p.targets, p.values, p.calldatas, 0, "mine", 1 days));
        } else if (kind == 2) {
            data = abi.encodeCall(IAccessControl.grantRole, (timelock.PROPOSER_ROLE(), attacker));
        } else if (kind == 3) {
            bytes32 id = timelock.hashOperationBatch(p.targets, p.values, p.calldatas, 0, _salt(p));
            data = abi.encodeCall(timelock.cancel, (id));
        } else if (kind == 4) {
            (target, data) = (address(governor), abi.encodeCall(IMillGovernor.setPolicy, (policy)));
        } else if (kind == 5) {
            (target, data) = (address(governor), abi.encodeCall(GovernorSettings.setProposalThreshold, (0)));
        } else {
            (target, data) = (address(token), abi.encodeCall(token.mint, (attacker, 1)));
        }
        address[3] memory callers = [attacker, guardian, alice];
        vm.prank(callers[(seed >> 8) % 3]);
        (bool ok, ) = target.call(data);
        vm.assertFalse(ok, "G8 somebody else moved the timelock, the governor or the supply");
        _did("attack");
    }

    /// @notice To the next edge in the life of a proposal, one second before or after it, or a little further.
    function pass(uint256 seed, uint256 which) external {
        uint256 nowIs = vm.getBlockTimestamp();
        uint256 to = nowIs + 1 + (seed >> 16) % 2 days;
        if (records.length > 0 && seed % 4 != 0) {
            Record storage r = _recent(which);
            uint256 end = governor.proposalDeadline(r.p.id);
            uint256 eta = governor.proposalEta(r.p.id);
            uint256[6] memory edges = [r.snapshot, r.snapshot + 1, end, end + 1, eta, eta + 1];
            uint256 edge = edges[r.last == IGovernor.ProposalState.Queued && seed % 2 == 0 ? 4 : (seed >> 8) % 6];
            if (edge > nowIs) to = edge;
        }
        if (seed % 64 == 63) to = nowIs + 14 days;
        vm.warp(to);
        _observe();
    }

    /// @notice Mostly what moves some recent proposal on, sometimes anything: for a driver that has only one number.
    function any(uint256 seed) external {
        uint256 which = seed >> 16;
        uint256 a = uint256(keccak256(abi.encode(seed, 1)));
        uint256 b = uint256(keccak256(abi.encode(seed, 2)));
        (uint256 open, uint256 count_) = _pickOpen(which);
        if (count_ == 0 || (count_ < 3 && seed % 8 == 0)) return this.propose(a, b);
        if (seed % 8 == 1) return _anything(seed >> 8, a, b);
        IGovernor.ProposalState current = _recent(open).last;
        bool often = (seed >> 8) % 5 != 0;
        if (current == IGovernor.ProposalState.Pending) return often ? this.pass(a, open) : this.cancel(b, open);
        if (current == IGovernor.ProposalState.Active) return often ? this.vote(a, open, b, seed) : this.pass(a, open);
        if (seed % 32 == 31) return vm.warp(vm.getBlockTimestamp() + 22 days);
        if (current == IGovernor.ProposalState.Succeeded) return often ? this.queue(open) : this.pass(a, open);
        if (!often) return this.cancel(b, open);
        return (seed >> 12) % 2 == 0 ? this.execute(open) : this.pass(a, open);
    }

    /* WITHOUT SWALLOWING: these are called only from here, and both outcomes are judged */

    function tryQueue(Proposal memory p) external {
        _queue(p);
    }

    function tryExecute(Proposal memory p) external {
        _execute(p);
    }

    function tryCancel(address caller, Proposal memory p) external {
        _cancel(caller, p);
    }

    /* WHAT MUST HOLD */

    /// @notice G2, G5: of the proposals that can still change, and the last few that can't.
    function assertProposals() external view {
        for (uint256 i = records.length > WINDOW ? records.length - WINDOW : 0; i < records.length; ++i) {
            Record storage r = records[i];
            uint256 id = r.p.id;
            vm.assertEq(Rules.unwrap(governor.proposalRules(id)), Rules.unwrap(r.rules), "G5 rules");
            vm.assertEq(governor.proposalSnapshot(id), r.snapshot, "G5 snapshot");
            uint256 end = governor.proposalDeadline(id);
            vm.assertTrue(end >= r.nominalEnd && end <= r.nominalEnd + 2 days, "G5 one extension of two days at most");
            if (r.votable == 0) continue;
            vm.assertEq(governor.proposalQuorum(id), r.quorum, "G5 quorum");
            (uint256 against, uint256 for_, uint256 abstain) = governor.proposalVotes(id);
            vm.assertLe(against + for_ + abstain, r.votable, "G2 more votes than can be");
            uint256 used;
            for (uint256 j = 0; j < 4; ++j) {
                uint256 weight = token.getPastVotes(actors[j], r.snapshot) + staking.getPastVotes(actors[j], r.snapshot);
                vm.assertLe(governor.usedVotes(id, actors[j]), weight, "G2 more than the weight");
                used += governor.usedVotes(id, actors[j]);
            }
            vm.assertEq(used, against + for_ + abstain, "G2 votes from nowhere");
        }
    }

    function assertTimelock() external view {
        bytes32[3] memory roles = [timelock.PROPOSER_ROLE(), timelock.EXECUTOR_ROLE(), timelock.CANCELLER_ROLE()];
        address[6] memory others = [alice, whale, guardian, attacker, address(0), address(timelock)];
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertTrue(timelock.hasRole(roles[i], address(governor)), "G8");
            for (uint256 j = 0; j < others.length; ++j) vm.assertFalse(timelock.hasRole(roles[i], others[j]), "G8");
        }
        vm.assertTrue(timelock.hasRole(0x00, address(timelock)), "G8");
        vm.assertFalse(timelock.hasRole(0x00, address(governor)), "G8");
        vm.assertEq(token.totalSupply(), SUPPLY, "G8 no act here mints");
    }

    function _anything(uint256 seed, uint256 a, uint256 b) private {
        uint256 act = seed % 6;
        if (act == 0) this.moveVotes(a, b, seed >> 8, seed);
        else if (act == 1) this.attack(a, b);
        else if (act == 2) this.queue(a);
        else if (act == 3) this.execute(a);
        else if (act == 4) this.abandon(a);
        else this.pass(seed >> 8, b);
    }

    /// @notice G3: compares each state with the one seen last, and writes down what the snapshot fixes.
    function _observe() private {
        for (uint256 i = records.length > WINDOW ? records.length - WINDOW : 0; i < records.length; ++i) {
            Record storage r = records[i];
            IGovernor.ProposalState next = governor.state(r.p.id);
            IGovernor.ProposalState last = r.last;
            if (next != last) {
                vm.assertLt(_rank(last), 4, "G3 a final state changed");
                bool lost = last == IGovernor.ProposalState.Defeated;
                vm.assertTrue(!lost || next == IGovernor.ProposalState.Canceled, "G3 what was lost came back");
                vm.assertGt(_rank(next), _rank(last), "G3 a state went back");
                if (next == IGovernor.ProposalState.Expired) {
                    _did(last == IGovernor.ProposalState.Queued ? bytes32("expire when queued") : bytes32("expire"));
                }
                if (next == IGovernor.ProposalState.Defeated) _did("defeat");
                r.last = next;
            }
            if (r.votable == 0 && vm.getBlockTimestamp() > r.snapshot) {
                uint256[4] memory bps = [uint256(400), 400, 800, 1_500];
                r.votable = token.getPastTotalSupply(r.snapshot) - token.getPastVotes(address(0xdEaD), r.snapshot);
                uint256 quorum = (r.votable * bps[uint256(r.class)] + 9_999) / 10_000;
                r.quorum = quorum > FLOOR ? quorum : FLOOR;
            }
        }
    }

    function _mayCancel(
        address caller,
        Record storage r,
        IGovernor.ProposalState current
    ) private view returns (bool) {
        if (_rank(current) == 4) return false;
        // Bob is made guardian now and then.
        bool guarded = caller == governor.proposalGuardian() && vm.getBlockTimestamp() < governor.guardianUntil();
        if (guarded && !r.rules.has(ProposalRules.HATCH)) return true;
        if (current == IGovernor.ProposalState.Pending && caller == r.proposer) return true;
        bool open = current == IGovernor.ProposalState.Pending || current == IGovernor.ProposalState.Active;
        return open && _votesNow(r.proposer) < _thresholdOf(r);
    }

    /// @notice The threshold of the proposer's last proposal: an older one of its, extended by late quorum, has that too.
    function _thresholdOf(Record storage r) private view returns (uint256 threshold) {
        for (uint256 i = 0; i < records.length; ++i) {
            if (records[i].proposer == r.proposer) {
                threshold = records[i].last == IGovernor.ProposalState.Canceled ? 0 : records[i].threshold;
            }
        }
    }

    function _some(ProposalClass class, uint256 seed) private view returns (Proposal memory) {
        if (class == ProposalClass.Emergency) return _action(address(box), abi.encodeCall(Box.pause, ()));
        if (class == ProposalClass.Routine) return _setBox(seed);
        if (class == ProposalClass.Treasury) return _action(address(box), abi.encodeCall(Box.spend, (seed % 100)));
        bytes[6] memory calls = [
            abi.encodeCall(GovernorSettings.setVotingDelay, (uint48(_bound(seed >> 8, 1 days, 2 days)))),
            abi.encodeCall(GovernorSettings.setVotingPeriod, (uint32(_bound(seed >> 8, 3 days, 7 days)))),
            abi.encodeCall(GovernorSettings.setProposalThreshold, (_bound(seed >> 8, 0, 1e26))),
            abi.encodeCall(GovernorPreventLateQuorum.setLateQuorumVoteExtension, (uint48(seed % (2 days + 1)))),
            abi.encodeCall(GovernorProposalGuardian.setProposalGuardian, ((seed >> 8) % 3 == 0 ? bob : guardian)),
            abi.encodeCall(IMillGovernor.setPolicy, (policy))
        ];
        return _govern(calls[seed % 6]);
    }

    /// @notice One of the recent proposals that can still go somewhere, and how many there are.
    function _pickOpen(uint256 seed) private view returns (uint256 which, uint256 open) {
        uint256 among = records.length < WINDOW ? records.length : WINDOW;
        for (uint256 i = 0; i < among; ++i) {
            IGovernor.ProposalState last = _recent(i).last;
            if (_rank(last) == 4 || last == IGovernor.ProposalState.Defeated) continue;
            ++open;
            if (seed % open == 0) which = i;
        }
    }

    /// @notice One of the last few, so that every one gets attention before it is old.
    function _recent(uint256 which) private view returns (Record storage) {
        uint256 among = records.length < WINDOW ? records.length : WINDOW;
        return records[records.length - 1 - (which % among)];
    }

    function _votesNow(address account) private view returns (uint256) {
        uint256 second = vm.getBlockTimestamp() - 1;
        return token.getPastVotes(account, second) + staking.getPastVotes(account, second);
    }

    function _did(bytes32 path) private {
        ++reached[path];
    }

    function _rank(IGovernor.ProposalState current) private pure returns (uint256) {
        if (current == IGovernor.ProposalState.Pending) return 0;
        if (current == IGovernor.ProposalState.Active) return 1;
        if (current == IGovernor.ProposalState.Defeated || current == IGovernor.ProposalState.Succeeded) return 2;
        return current == IGovernor.ProposalState.Queued ? 3 : 4;
    }
}
