// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {ExcludedVotes} from "../../../contracts/governance/ExcludedVotes.sol";
import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {IProposalPolicy, ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {MillGovernor} from "../../../contracts/governance/MillGovernor.sol";
import {MillToken} from "../../../contracts/governance/MillToken.sol";
import {ProposalPolicy} from "../../../contracts/governance/ProposalPolicy.sol";
import {TimelockFactory} from "../../../contracts/governance/TimelockFactory.sol";
import {VoteStaking} from "../../../contracts/governance/VoteStaking.sol";
import {Base} from "../Vm.sol";
import {Box} from "./Box.sol";
import {RewardToken} from "./RewardToken.sol";

/// @notice A whole DAO, deployed in the order of a real one, and the moves of its people.
abstract contract GovernanceFixture is Base {
    struct Proposal {
        address[] targets;
        uint256[] values;
        bytes[] calldatas;
        string description;
        uint256 id;
    }

    uint256 internal constant SUPPLY = 1e27;
    uint208 internal constant MAX_MINT = 5e25;
    uint256 internal constant THRESHOLD = 1e24;
    uint256 internal constant FLOOR = 1e25;
    uint48 internal constant DELAY = 1 days;
    uint32 internal constant PERIOD = 5 days;
    uint48 internal constant LATE = 2 days;
    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint8 internal constant ABSTAIN = 2;

    MillToken internal token;
    RewardToken internal reward;
    VoteStaking internal staking;
    ProposalPolicy internal policy;
    MillGovernor internal governor;
    TimelockController internal timelock;
    Box internal box;

    address internal alice;
    address internal bob;
    address internal carol;
    address internal whale;
    address internal guardian;
    address internal attacker;
    address internal treasury;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        alice = _account("alice");
        bob = _account("bob");
        carol = _account("carol");
        whale = _account("whale");
        guardian = _account("guardian");
        attacker = _account("attacker");
        treasury = _account("treasury");
        _deployDao();
        _distribute();
    }

    /// @notice Steps 1 to 5 of TimelockFactory.
    function _deployDao() internal {
        TimelockFactory factory = new TimelockFactory();
        timelock = TimelockController(payable(factory.timelock()));
        box = new Box();
        reward = new RewardToken();
        token = new MillToken(address(timelock), address(this), SUPPLY, MAX_MINT);
        staking = new VoteStaking(address(token), address(reward));
        policy = new ProposalPolicy(_entries(), new address[](0));
        governor = _newGovernor(_config());
        factory.deploy(address(governor));
    }

    function _newGovernor(IMillGovernor.Config memory config) internal returns (MillGovernor) {
        bytes memory code = vm.getCode("MillGovernor.sol:MillGovernor");
        return MillGovernor(payable(_create(abi.encodePacked(code, abi.encode(config)))));
    }

    function _config() internal view returns (IMillGovernor.Config memory) {
        return
            IMillGovernor.Config({
                token: token,
                staking: staking,
                timelock: timelock,
                policy: policy,
                guardian: guardian,
                quorumFloor: FLOOR,
                proposalThreshold: THRESHOLD,
                votingDelay: DELAY,
                votingPeriod: PERIOD,
                lateQuorumExtension: LATE,
                daoURI: "ipfs://dao",
                claimsModules: new address[](0)
            });
    }

    /// @notice In parts of the supply: whale 25 %, alice 15 %, bob 10 %, carol 5 %, treasury 45 % (excluded).
    /// So the base is 55 % of the supply, and a Critical quorum 8.25 % of it.
    function _distribute() internal {
        _fund(whale, (SUPPLY * 25) / 100);
        _fund(alice, (SUPPLY * 15) / 100);
        _fund(bob, (SUPPLY * 10) / 100);
        _fund(carol, (SUPPLY * 5) / 100);
        require(token.transfer(treasury, (SUPPLY * 45) / 100), "transfer");
        vm.prank(treasury);
        token.delegate(ExcludedVotes.DELEGATE);
        _skip(1);
    }

    function _move(address from, address to, uint256 amount) internal {
        vm.prank(from);
        require(token.transfer(to, amount), "transfer");
    }

    function _fund(address account, uint256 amount) internal {
        require(token.transfer(account, amount), "transfer");
        vm.prank(account);
        token.delegate(account);
        vm.prank(account);
        token.approve(address(staking), type(uint256).max);
    }

    function _entries() internal view virtual returns (IProposalPolicy.Entry[] memory entries) {
        entries = new IProposalPolicy.Entry[](3);
        entries[0] = IProposalPolicy.Entry(address(box), Box.pause.selector, ProposalClass.Emergency);
        entries[1] = IProposalPolicy.Entry(address(box), Box.set.selector, ProposalClass.Routine);
        entries[2] = IProposalPolicy.Entry(address(box), Box.spend.selector, ProposalClass.Treasury);
    }

    function _action(address target, bytes memory data) internal pure returns (Proposal memory p) {
        return _action(target, 0, data);
    }

    function _action(address target, uint256 value, bytes memory data) internal pure returns (Proposal memory p) {
        p.targets = new address[](1);
        p.values = new uint256[](1);
        p.calldatas = new bytes[](1);
        p.targets[0] = target;
        p.values[0] = value;
        p.calldatas[0] = data;
        p.description = "proposal";
    }

    /// @notice `p` with one action more.
    function _also(
        Proposal memory p,
        address target,
        uint256 value,
        bytes memory data
    ) internal pure returns (Proposal memory q) {
        uint256 n = p.targets.length;
        q.targets = new address[](n + 1);
        q.values = new uint256[](n + 1);
        q.calldatas = new bytes[](n + 1);
        for (uint256 i = 0; i < n; ++i) (q.targets[i], q.values[i], q.calldatas[i]) = (p.targets[i], p.values[i], p.calldatas[i]);
        (q.targets[n], q.values[n], q.calldatas[n]) = (target, value, data);
        q.description = p.description;
    }

    function _setBox(uint256 value) internal view returns (Proposal memory) {
        return _action(address(box), abi.encodeCall(Box.set, (value)));
    }

    function _propose(address proposer, Proposal memory p) internal returns (Proposal memory) {
        vm.prank(proposer);
        p.id = governor.propose(p.targets, p.values, p.calldatas, p.description);
        return p;
    }

    function _vote(address voter, Proposal memory p, uint8 support) internal {
        vm.prank(voter);
        governor.castVote(p.id, support);
    }

    /// @notice Casts parts of the voter's weight.
    function _voteSplit(
        address voter,
        Proposal memory p,
        uint256 against,
        uint256 for_,
        uint256 abstain
    ) internal {
        bytes memory params = abi.encodePacked(uint128(against), uint128(for_), uint128(abstain));
        vm.prank(voter);
        governor.castVoteWithReasonAndParams(p.id, 255, "", params);
    }

    /// @notice To the first second of voting.
    function _open(Proposal memory p) internal {
        vm.warp(governor.proposalSnapshot(p.id) + 1);
    }

    /// @notice To the first second after voting.
    function _close(Proposal memory p) internal {
        vm.warp(governor.proposalDeadline(p.id) + 1);
    }

    function _queue(Proposal memory p) internal {
        governor.queue(p.targets, p.values, p.calldatas, keccak256(bytes(p.description)));
    }

    function _execute(Proposal memory p) internal {
        governor.execute(p.targets, p.values, p.calldatas, keccak256(bytes(p.description)));
    }

    function _cancel(address caller, Proposal memory p) internal {
        bytes32 descriptionHash = keccak256(bytes(p.description));
        vm.prank(caller);
        governor.cancel(p.targets, p.values, p.calldatas, descriptionHash);
    }

    /// @notice Proposed by alice, voted For by whale and alice (40 of 55), queued; the time is one second before eta.
    function _pass(Proposal memory p) internal returns (Proposal memory) {
        p = _propose(alice, p);
        _open(p);
        _vote(whale, p, FOR);
        _vote(alice, p, FOR);
        _close(p);
        _queue(p);
        vm.warp(governor.proposalEta(p.id) - 1);
        return p;
    }

    function _passAndExecute(Proposal memory p) internal returns (Proposal memory) {
        p = _pass(p);
        _skip(1);
        _execute(p);
        return p;
    }

    function _salt(Proposal memory p) internal view returns (bytes32) {
        return bytes20(address(governor)) ^ keccak256(bytes(p.description));
    }

    function _called(Proposal memory p, string memory description) internal pure returns (Proposal memory) {
        p.description = description;
        return p;
    }

    /// @notice A call that only the DAO can make of its governor.
    function _govern(bytes memory data) internal view returns (Proposal memory) {
        return _action(address(governor), data);
    }

    function _unexpected(
        Proposal memory p,
        IGovernor.ProposalState current,
        uint256 allowed
    ) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                p.id,
                current,
                bytes32(allowed)
            );
    }

    function _assertState(Proposal memory p, IGovernor.ProposalState expected) internal view {
        vm.assertEq(uint256(governor.state(p.id)), uint256(expected));
    }
}
