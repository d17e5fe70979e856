// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {IBatchVoteRelay} from "./IBatchVoteRelay.sol";

/// @title Batch vote relay
/// @notice The specification is in `IBatchVoteRelay`.
contract BatchVoteRelay is IBatchVoteRelay {
    /// @inheritdoc IBatchVoteRelay
    uint256 public constant BALLOT_GAS = 500_000;
    /// @dev What a ballot costs outside the call, with room.
    uint256 private constant _OVERHEAD = 100_000;

    /// @inheritdoc IBatchVoteRelay
    address public immutable governor;

    constructor(address governor_) {
        require(governor_.code.length > 0, BatchVoteRelay__NotAContract(governor_));
        governor = governor_;
    }

    /// @inheritdoc IBatchVoteRelay
    function relay(Ballot[] calldata ballots) external returns (uint256 relayed) {
        require(ballots.length > 0, BatchVoteRelay__NoBallots());
        // A call gets at most 63/64 of what is left (EIP-150): with less, a good ballot would be reported as a bad one.
        uint256 needed = (BALLOT_GAS * 64) / 63 + _OVERHEAD;
        for (uint256 i = 0; i < ballots.length; ++i) {
            Ballot calldata ballot = ballots[i];
            require(gasleft() >= needed, BatchVoteRelay__GasTooLow(i, gasleft(), needed));
            (bool counted, bytes4 reason) = _cast(ballot);
            if (counted) {
                ++relayed;
                emit BallotRelayed(ballot.proposalId, ballot.voter, msg.sender);
            } else {
                emit BallotFailed(ballot.proposalId, ballot.voter, msg.sender, reason);
            }
        }
    }

    /// @dev What comes back is the governor's own: it passes nothing on from a voter's wallet, so it is short.
    function _cast(Ballot calldata ballot) private returns (bool counted, bytes4 reason) {
        if (bytes(ballot.reason).length == 0 && ballot.params.length == 0) {
            try
                IGovernor(governor).castVoteBySig{gas: BALLOT_GAS}(
                    ballot.proposalId,
                    ballot.support,
                    ballot.voter,
                    ballot.signature
                )
            {
                return (true, 0);
            } catch (bytes memory data) {
                return (false, bytes4(data));
            }
        }
        try
            IGovernor(governor).castVoteWithReasonAndParamsBySig{gas: BALLOT_GAS}(
                ballot.proposalId,
                ballot.support,
                ballot.voter,
                ballot.reason,
                ballot.params,
                ballot.signature
            )
        {
            return (true, 0);
        } catch (bytes memory data) {
            return (false, bytes4(data));
        }
    }
}
