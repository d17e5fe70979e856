// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

import {GovernorClasses} from "../../../contracts/governance/GovernorClasses.sol";

/// @notice Simple votes, 1 day and 5 days, quorum 1.
abstract contract PlainGovernor is GovernorSettings, GovernorCountingSimple, GovernorVotes {
    constructor(IVotes token) GovernorSettings(1 days, 5 days, 0) GovernorVotes(token) {}

    function quorum(uint256) public pure override returns (uint256) {
        return 1;
    }

    function proposalThreshold() public view virtual override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }
}

/// @notice GovernorPreventLateQuorum constructed before GovernorSettings.
contract LateFirstGovernor is GovernorPreventLateQuorum, PlainGovernor {
    constructor(IVotes token, uint48 late) Governor("Wrong") GovernorPreventLateQuorum(late) PlainGovernor(token) {}

    function proposalThreshold() public view override(Governor, PlainGovernor) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalDeadline(
        uint256 id
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(id);
    }

    function _tallyUpdated(uint256 id) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(id);
    }
}

/// @notice A name of 32 bytes.
contract LongNameGovernor is PlainGovernor {
    constructor(IVotes token) Governor("A name of exactly 32 bytes, is it") PlainGovernor(token) {}
}

/// @notice No guardian, as OpenZeppelin understands it.
contract GuardianZeroGovernor is PlainGovernor, GovernorProposalGuardian {
    constructor(IVotes token) Governor("Wrong") PlainGovernor(token) {}

    function proposalThreshold() public view override(Governor, PlainGovernor) returns (uint256) {
        return super.proposalThreshold();
    }

    function _validateCancel(
        uint256 id,
        address caller
    ) internal view override(Governor, GovernorProposalGuardian) returns (bool) {
        return super._validateCancel(id, caller);
    }
}

/// @notice GovernorClasses after GovernorTimelockControl.
contract ClassesLastGovernor is GovernorSettings, GovernorTimelockControl, GovernorClasses {
    mapping(address module => bool allowed) public isClaimsModule;
    // solhint-disable-next-line const-name-snakecase
    string public constant CLAIM_DESCRIPTION = "";

    constructor(
        Config memory config
    )
        Governor("Wrong")
        GovernorSettings(config.votingDelay, config.votingPeriod, config.proposalThreshold)
        GovernorTimelockControl(config.timelock)
        GovernorClasses(config)
    {}

    function proposeClaim(uint256) external pure returns (uint256) {
        return 0;
    }

    function setClaimsModule(address, bool) external {}

    function setDaoURI(string calldata) external {}

    function guardianUntil() external pure returns (uint256) {
        return 0;
    }

    function liveUntil(address) external pure returns (uint256) {
        return 0;
    }

    function daoURI() external pure returns (string memory) {
        return "";
    }

    function state(
        uint256 id
    ) public view override(Governor, GovernorTimelockControl, GovernorClasses) returns (ProposalState) {
        return super.state(id);
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalNeedsQueuing(
        uint256 id
    ) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(id);
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 id) {
        id = super._propose(targets, values, calldatas, description, proposer);
        _storeRules(id, proposer, keccak256(bytes(description)), _rulesFor(targets, values, calldatas));
    }

    function _queueOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(id, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(id, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
