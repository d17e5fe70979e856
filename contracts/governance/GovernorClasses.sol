// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {
    GovernorCountingFractional
} from "@openzeppelin/contracts/governance/extensions/GovernorCountingFractional.sol";
import {
    GovernorProposalGuardian
} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {ExcludedVotes} from "./ExcludedVotes.sol";
import {IMillGovernor} from "./IMillGovernor.sol";
import {IProposalPolicy, ProposalClass} from "./IProposalPolicy.sol";
import {IVoteStaking} from "./IVoteStaking.sol";
import {ProposalRules, Rules} from "./ProposalRules.sol";

/// @title Governor classes
/// @notice Counting and votes of the governor: token and stake, quorum and majority by class, early success of an
/// emergency, pinned code. The specification is in `IMillGovernor`.
/// @dev Must stand before GovernorTimelockControl in the list of bases: a proposal that succeeded early and was queued is
/// still in its voting period, and only the timelock knows whether it was cancelled or executed since.
abstract contract GovernorClasses is IMillGovernor, GovernorCountingFractional, GovernorVotes {
    uint256 private constant _BPS = 10_000;
    bytes32 private constant _NO_CODE = keccak256("");

    /// @inheritdoc IMillGovernor
    IVoteStaking public immutable staking;
    /// @inheritdoc IMillGovernor
    uint256 public immutable quorumFloor;

    mapping(uint256 id => Rules rules) private _rules;
    IProposalPolicy private _policy;

    constructor(Config memory config) GovernorVotes(IVotes(address(config.token))) {
        staking = config.staking;
        quorumFloor = config.quorumFloor;
        _checkVotes(config);
        _setPolicy(config.policy);
    }

    /// @inheritdoc IMillGovernor
    function setPolicy(IProposalPolicy newPolicy) external onlyGovernance {
        _setPolicy(newPolicy);
    }

    /// @inheritdoc IMillGovernor
    function policy() external view returns (IProposalPolicy) {
        return _policy;
    }

    /// @inheritdoc IMillGovernor
    function proposalRules(uint256 id) public view returns (Rules) {
        return _rules[id];
    }

    /// @inheritdoc IMillGovernor
    function proposalQuorum(uint256 id) public view returns (uint256) {
        return _quorumAt(proposalSnapshot(id), _rules[id].quorumBps());
    }

    /// @notice The quorum of a Routine proposal, for indexers. `proposalQuorum(id)` is exact for every class.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return _quorumAt(timepoint, ProposalRules.ofClass(ProposalClass.Routine).quorumBps());
    }

    /// @inheritdoc IMillGovernor
    function votableSupply(uint256 timepoint) public view returns (uint256) {
        return token().getPastTotalSupply(timepoint) - token().getPastVotes(ExcludedVotes.DELEGATE, timepoint);
    }

    /// @notice Seconds since the epoch (ERC-6372). The constructor made sure that both sources of votes agree.
    function clock() public view override(Governor, GovernorVotes) returns (uint48) {
        return Time.timestamp();
    }

    /// @notice OpenZeppelin's states; an emergency is Succeeded during the vote once For is half of the base.
    function state(uint256 id) public view virtual override returns (ProposalState current) {
        current = super.state(id);
        if (current == ProposalState.Active && _rules[id].has(ProposalRules.EARLY) && _succeededEarly(id)) {
            return proposalEta(id) == 0 ? ProposalState.Succeeded : ProposalState.Queued;
        }
    }

    /// @notice "mode=timestamp" (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(Governor, GovernorVotes) returns (string memory) {
        return "mode=timestamp";
    }

    function _storeRules(uint256 id, address proposer, bytes32 metadataHash, Rules rules) internal {
        _rules[id] = rules;
        emit ProposalIndexed(id, proposer, rules.class(), metadataHash);
    }

    function _setPolicy(IProposalPolicy newPolicy) internal {
        require(address(newPolicy).code.length > 0, MillGovernor__NotAContract(address(newPolicy)));
        emit PolicySet(address(_policy), address(newPolicy));
        _policy = newPolicy;
    }

    /// @dev The rules of a proposal before it is stored. A hatch doesn't ask the policy, so a broken one can be replaced.
    function _rulesFor(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas
    ) internal view returns (Rules) {
        if (_isHatch(targets, values, calldatas)) {
            return ProposalRules.ofClass(ProposalClass.Critical).withFlag(ProposalRules.HATCH);
        }
        Rules rules = ProposalRules.ofClass(_policy.classify(targets, values, calldatas));
        return rules.withPin(_pinOf(targets, calldatas));
    }

    /// @dev A payee without calldata isn't pinned: it may re-delegate its account (EIP-7702) without blocking the batch. A
    /// target that the batch itself creates has no code yet; a wei sent there makes its hash that of empty code, not 0.
    function _pinOf(address[] memory targets, bytes[] memory calldatas) internal view returns (uint176) {
        bytes32 chain;
        for (uint256 i = 0; i < targets.length; ++i) {
            if (calldatas[i].length == 0) continue;
            bytes32 codeHash = targets[i].codehash;
            if (codeHash == _NO_CODE) codeHash = 0;
            chain = keccak256(abi.encode(chain, targets[i], codeHash));
        }
        return uint176(uint256(chain));
    }

    function _quorumReached(
        uint256 id
    ) internal view override(Governor, GovernorCountingFractional) returns (bool) {
        if (_wasQueued(id)) return true;
        (, uint256 forVotes, uint256 abstainVotes) = proposalVotes(id);
        return forVotes + abstainVotes >= proposalQuorum(id);
    }

    function _voteSucceeded(
        uint256 id
    ) internal view override(Governor, GovernorCountingFractional) returns (bool) {
        if (_wasQueued(id)) return true;
        (uint256 againstVotes, uint256 forVotes, ) = proposalVotes(id);
        return forVotes * _BPS > (forVotes + againstVotes) * _rules[id].approvalBps();
    }

    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params
    ) internal view override(Governor, GovernorVotes) returns (uint256) {
        return super._getVotes(account, timepoint, params) + staking.getPastVotes(account, timepoint);
    }

    /// @dev What was queued had succeeded, and what that was judged by stays: nobody votes on what is queued, the past
    /// supply and the rules don't change. Asked after the vote only, or every vote would pay for reading another slot.
    function _wasQueued(uint256 id) private view returns (bool) {
        return clock() > proposalDeadline(id) && proposalEta(id) > 0;
    }

    function _succeededEarly(uint256 id) private view returns (bool) {
        (, uint256 forVotes, ) = proposalVotes(id);
        return forVotes * 2 >= votableSupply(proposalSnapshot(id)) && _quorumReached(id) && _voteSucceeded(id);
    }

    /// @dev Rounds up: a quorum is never easier than its percentage.
    function _quorumAt(uint256 timepoint, uint256 bps) private view returns (uint256) {
        return Math.max(Math.ceilDiv(votableSupply(timepoint) * bps, _BPS), quorumFloor); // 208 bits · 16 bits
    }

    function _isHatch(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas
    ) private view returns (bool) {
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes4 selector = bytes4(calldatas[i]);
            bool opens = selector == IMillGovernor.setPolicy.selector ||
                selector == GovernorProposalGuardian.setProposalGuardian.selector;
            if (!opens || targets[i] != address(this) || values[i] > 0) return false;
        }
        return true;
    }

    function _checkVotes(Config memory config) private view {
        string memory tokenClock = token().CLOCK_MODE();
        string memory stakingClock = config.staking.CLOCK_MODE();
        bytes32 wanted = keccak256("mode=timestamp");
        bool same = keccak256(bytes(tokenClock)) == wanted && keccak256(bytes(stakingClock)) == wanted;
        require(same, MillGovernor__ClockMismatch(tokenClock, stakingClock));
        address staked = config.staking.asset();
        require(
            staked == address(config.token),
            MillGovernor__StakingOfAnotherToken(address(config.staking), staked)
        );
        uint256 criticalBps = ProposalRules.ofClass(ProposalClass.Critical).quorumBps();
        uint256 highest = (IERC20(staked).totalSupply() * criticalBps) / _BPS;
        require(config.quorumFloor <= highest, MillGovernor__QuorumFloorTooHigh(config.quorumFloor, highest));
    }
}
