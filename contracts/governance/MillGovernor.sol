// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorNoncesKeyed} from "@openzeppelin/contracts/governance/extensions/GovernorNoncesKeyed.sol";
import {
    GovernorPreventLateQuorum
} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {
    GovernorProposalGuardian
} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

import {GovernorClasses} from "./GovernorClasses.sol";
import {IClaimResolver} from "./IClaimResolver.sol";
import {IMillGovernor} from "./IMillGovernor.sol";
import {ProposalClass} from "./IProposalPolicy.sol";
import {ProposalRules, Rules} from "./ProposalRules.sol";

/// @title Millrace governor
/// @notice The specification is in `IMillGovernor`; what isn't there is OpenZeppelin's Governor.
/// @dev The order of the bases matters: GovernorPreventLateQuorum compares with the voting period, which GovernorSettings
/// has to have set; GovernorClasses before GovernorTimelockControl, see there. Deploy order: TimelockFactory.
contract MillGovernor is
    GovernorSettings,
    GovernorClasses,
    GovernorPreventLateQuorum,
    GovernorProposalGuardian,
    GovernorTimelockControl,
    GovernorNoncesKeyed
{
    /// @dev The last proposal of an account, one slot: 48 + 96 + 112. The threshold is the one it had to meet: raising it
    /// later must not make what is being voted on cancellable. The id is cut.
    struct Live {
        uint48 until;
        uint96 threshold;
        uint112 id;
    }

    /// @inheritdoc IMillGovernor
    string public constant CLAIM_DESCRIPTION = "Decide the claim against what silence would decide";
    bytes32 private constant _CLAIM_HASH = keccak256(bytes(CLAIM_DESCRIPTION));

    uint48 private constant _GUARDIAN_TERM = 365 days;
    uint256 private constant _EXPIRES_AFTER = 14 days;
    // The DAO can make itself neither too fast to be watched, nor slower than what waits for it:
    // a Routine decision takes at most 2 + 7 + 2 + 1 + 1 = 13 days.
    uint48 private constant _MIN_VOTING_DELAY = 1 days;
    uint48 private constant _MAX_VOTING_DELAY = 2 days;
    uint32 private constant _MIN_VOTING_PERIOD = 3 days;
    uint32 private constant _MAX_VOTING_PERIOD = 7 days;
    uint256 private constant _MAX_LATE_EXTENSION = 2 days;

    /// @inheritdoc IMillGovernor
    mapping(address module => bool allowed) public isClaimsModule;

    mapping(address proposer => Live live) private _live;
    uint48 private _guardianUntil;
    string private _daoURI;

    constructor(
        Config memory config
    )
        Governor("Millrace Governor")
        GovernorSettings(config.votingDelay, config.votingPeriod, config.proposalThreshold)
        GovernorClasses(config)
        GovernorPreventLateQuorum(config.lateQuorumExtension)
        GovernorTimelockControl(config.timelock)
    {
        _setProposalGuardian(config.guardian);
        _setDaoURI(config.daoURI);
        for (uint256 i = 0; i < config.claimsModules.length; ++i) _setClaimsModule(config.claimsModules[i], true);
    }

    /// @inheritdoc IMillGovernor
    function proposeClaim(uint256 claimId) external returns (uint256 id) {
        require(isClaimsModule[msg.sender], MillGovernor__NotClaimsModule(msg.sender));
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _claimAction(claimId);
        id = super._propose(targets, values, calldatas, CLAIM_DESCRIPTION, msg.sender);
        Rules rules = ProposalRules.ofClass(ProposalClass.Routine).withFlag(ProposalRules.CLAIM);
        _storeRules(id, msg.sender, _CLAIM_HASH, rules.withPin(_pinOf(targets, calldatas)));
    }

    /// @inheritdoc IMillGovernor
    function setClaimsModule(address module, bool allowed) external onlyGovernance {
        _setClaimsModule(module, allowed);
    }

    /// @inheritdoc IMillGovernor
    function setDaoURI(string calldata newURI) external onlyGovernance {
        _setDaoURI(newURI);
    }

    /// @inheritdoc IMillGovernor
    function guardianUntil() external view returns (uint256) {
        return _guardianUntil;
    }

    /// @inheritdoc IMillGovernor
    function liveUntil(address proposer) external view returns (uint256) {
        return _live[proposer].until;
    }

    /// @inheritdoc IMillGovernor
    function daoURI() external view returns (string memory) {
        return _daoURI;
    }

    /// @notice The state of `id`, Expired included.
    function state(
        uint256 id
    ) public view override(Governor, GovernorClasses, GovernorTimelockControl) returns (ProposalState current) {
        current = super.state(id);
        bool stale = (current == ProposalState.Succeeded && block.timestamp > proposalDeadline(id) + _EXPIRES_AFTER) ||
            (current == ProposalState.Queued && block.timestamp > proposalEta(id) + _EXPIRES_AFTER);
        if (stale) return ProposalState.Expired;
    }

    /// @notice The end of voting, with the extension if quorum came late, in seconds.
    function proposalDeadline(
        uint256 id
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(id);
    }

    /// @notice Votes that proposing takes.
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @notice Always true: every proposal passes the timelock.
    function proposalNeedsQueuing(
        uint256 id
    ) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(id);
    }

    /// @notice ERC-165: IGovernor, IMillGovernor, IERC6372 and what OpenZeppelin adds.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return
            interfaceId == type(IMillGovernor).interfaceId ||
            interfaceId == type(IERC6372).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 id) {
        uint256 until = _live[proposer].until;
        require(block.timestamp > until, MillGovernor__ProposalLive(proposer, until));
        bytes32 metadataHash = keccak256(bytes(description));
        require(metadataHash != _CLAIM_HASH, MillGovernor__ReservedDescription(description));
        id = super._propose(targets, values, calldatas, description, proposer);
        _live[proposer] = Live(uint48(proposalDeadline(id)), uint96(proposalThreshold()), uint112(id));
        _storeRules(id, proposer, metadataHash, _rulesFor(targets, values, calldatas));
    }

    function _queueOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return
            super._queueOperations(id, targets, values, calldatas, descriptionHash) + proposalRules(id).extraDelay();
    }

    function _executeOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        uint256 eta = proposalEta(id);
        require(block.timestamp >= eta, MillGovernor__BeforeEta(id, eta));
        Rules rules = proposalRules(id);
        if (!rules.has(ProposalRules.HATCH)) {
            uint176 found = _pinOf(targets, calldatas);
            require(found == rules.pin(), MillGovernor__TargetCodeChanged(id, rules.pin(), found));
        }
        super._executeOperations(id, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256 id) {
        id = super._cancel(targets, values, calldatas, descriptionHash);
        address proposer = proposalProposer(id);
        if (_live[proposer].id == uint112(id)) delete _live[proposer];
    }

    function _tallyUpdated(uint256 id) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(id);
    }

    /// @dev Named here because the term belongs to it: an expired guardian is renewed by setting it again.
    function _setProposalGuardian(address newGuardian) internal override {
        super._setProposalGuardian(newGuardian);
        _guardianUntil = newGuardian == address(0) ? 0 : uint48(block.timestamp) + _GUARDIAN_TERM;
        emit GuardianTermSet(newGuardian, _guardianUntil);
    }

    function _setProposalThreshold(uint256 newThreshold) internal override {
        _requireWithin(newThreshold, 0, type(uint96).max);
        super._setProposalThreshold(newThreshold);
    }

    function _setVotingDelay(uint48 newDelay) internal override {
        _requireWithin(newDelay, _MIN_VOTING_DELAY, _MAX_VOTING_DELAY);
        super._setVotingDelay(newDelay);
    }

    function _setVotingPeriod(uint32 newPeriod) internal override {
        _requireWithin(newPeriod, _MIN_VOTING_PERIOD, _MAX_VOTING_PERIOD);
        super._setVotingPeriod(newPeriod);
    }

    function _validateVoteSig(
        uint256 id,
        uint8 support,
        address voter,
        bytes memory signature
    ) internal override(Governor, GovernorNoncesKeyed) returns (bool) {
        return super._validateVoteSig(id, support, voter, signature);
    }

    function _validateExtendedVoteSig(
        uint256 id,
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    ) internal override(Governor, GovernorNoncesKeyed) returns (bool) {
        return super._validateExtendedVoteSig(id, support, voter, reason, params, signature);
    }

    function _useCheckedNonce(address owner, uint256 nonce) internal override(Nonces, GovernorNoncesKeyed) {
        super._useCheckedNonce(owner, nonce);
    }

    /// @dev No call to super: with the guardian gone or expired, OpenZeppelin gives every proposer the right to cancel what
    /// is queued.
    function _validateCancel(
        uint256 id,
        address caller
    ) internal view override(Governor, GovernorProposalGuardian) returns (bool) {
        Rules rules = proposalRules(id);
        bool guarded = caller == proposalGuardian() && block.timestamp < _guardianUntil;
        if (guarded && !rules.has(ProposalRules.HATCH)) return true;
        if (rules.has(ProposalRules.CLAIM)) return false;
        ProposalState current = state(id);
        if (current != ProposalState.Pending && current != ProposalState.Active) return false;
        address proposer = proposalProposer(id);
        if (caller == proposer && current == ProposalState.Pending) return true;
        return getVotes(proposer, clock() - 1) < _live[proposer].threshold;
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    function _maxLateQuorumVoteExtension() internal pure override returns (uint256) {
        return _MAX_LATE_EXTENSION;
    }

    function _setClaimsModule(address module, bool allowed) private {
        isClaimsModule[module] = allowed;
        emit ClaimsModuleSet(module, allowed);
    }

    function _setDaoURI(string memory newURI) private {
        _daoURI = newURI;
        emit DAOURIUpdate(address(this), newURI);
    }

    function _claimAction(
        uint256 claimId
    ) private view returns (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) {
        targets = new address[](1);
        values = new uint256[](1);
        calldatas = new bytes[](1);
        targets[0] = msg.sender;
        calldatas[0] = abi.encodeCall(IClaimResolver.resolveClaim, (claimId));
    }

    function _requireWithin(uint256 value, uint256 minimum, uint256 maximum) private pure {
        require(value >= minimum && value <= maximum, MillGovernor__OutOfBounds(value, minimum, maximum));
    }
}
