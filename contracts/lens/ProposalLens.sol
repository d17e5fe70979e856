// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {MillGovernor} from "../governance/MillGovernor.sol";
import {ProposalClass} from "../governance/IProposalPolicy.sol";
import {ProposalRules, Rules} from "../governance/ProposalRules.sol";

/// @title Reads a proposal, whole and at one block
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Votes in token wei, times in seconds.
contract ProposalLens {
    /// @param eta Second from which a queued proposal can be executed; 0 before it is queued.
    /// @param quorum For and Abstain that it needs; 0 while Pending, when its base is not known yet.
    /// @param approvalBps For must be more than this part of For and Against.
    /// @param extraDelay Seconds after the timelock's own delay.
    /// @param isHatch The guardian can't cancel it: it replaces the policy or the guardian.
    /// @param isClaim A claims module asked for it: only the guardian can cancel it.
    struct Proposal {
        address proposer;
        bool isHatch;
        bool isClaim;
        IGovernor.ProposalState state;
        ProposalClass class;
        uint256 timestamp;
        uint256 snapshot;
        uint256 deadline;
        uint256 eta;
        uint256 againstVotes;
        uint256 forVotes;
        uint256 abstainVotes;
        uint256 quorum;
        uint256 approvalBps;
        uint256 extraDelay;
    }

    function getProposal(MillGovernor governor, uint256 proposalId) external view returns (Proposal memory proposal) {
        proposal.timestamp = block.timestamp;
        proposal.state = governor.state(proposalId);
        proposal.proposer = governor.proposalProposer(proposalId);
        proposal.snapshot = governor.proposalSnapshot(proposalId);
        proposal.deadline = governor.proposalDeadline(proposalId);
        proposal.eta = governor.proposalEta(proposalId);
        (proposal.againstVotes, proposal.forVotes, proposal.abstainVotes) = governor.proposalVotes(proposalId);
        if (proposal.snapshot < block.timestamp) {
            proposal.quorum = governor.proposalQuorum(proposalId);
        }
        Rules rules = governor.proposalRules(proposalId);
        proposal.class = rules.class();
        proposal.approvalBps = rules.approvalBps();
        proposal.extraDelay = rules.extraDelay();
        proposal.isHatch = rules.has(ProposalRules.HATCH);
        proposal.isClaim = rules.has(ProposalRules.CLAIM);
    }
}
