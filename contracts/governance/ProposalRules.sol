// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ProposalClass} from "./IProposalPolicy.sol";

/// @notice What a proposal is judged by, in one word, written when it is proposed and never changed:
/// `[pin 176][flags 8][class 8][quorumBps 16][approvalBps 16][extraDelay 32]`.
type Rules is uint256;

using ProposalRules for Rules global;

/// @title The rules of one proposal
/// @notice Reads and writes the fields of `Rules`, and holds the four classes.
library ProposalRules {
    /// @notice Every action is `setPolicy` or `setProposalGuardian` of the governor: the guardian can't cancel it.
    uint8 internal constant HATCH = 1;
    /// @notice Proposed by a claims module: only the guardian can cancel it.
    uint8 internal constant CLAIM = 2;
    /// @notice Succeeds during the vote, as soon as half of the base is For.
    uint8 internal constant EARLY = 4;

    uint256 private constant PIN_SHIFT = 80;
    uint256 private constant FLAGS_SHIFT = 72;
    uint256 private constant CLASS_SHIFT = 64;
    uint256 private constant QUORUM_SHIFT = 48;
    uint256 private constant APPROVAL_SHIFT = 32;

    /// @notice The rules of a class, without pin and without the flags of a single proposal.
    /// @dev Delays stand beside the timelock's minimum of one day: 1, 2, 5 and 7 days in all.
    function ofClass(ProposalClass class_) internal pure returns (Rules) {
        if (class_ == ProposalClass.Emergency) return _pack(class_, EARLY, 400, 5_000, 0);
        if (class_ == ProposalClass.Routine) return _pack(class_, 0, 400, 5_000, 1 days);
        if (class_ == ProposalClass.Treasury) return _pack(class_, 0, 800, 5_000, 4 days);
        return _pack(class_, 0, 1_500, 6_000, 6 days);
    }

    /// @notice The same rules with `flag` set.
    function withFlag(Rules rules, uint8 flag) internal pure returns (Rules) {
        return Rules.wrap(Rules.unwrap(rules) | (uint256(flag) << FLAGS_SHIFT));
    }

    /// @notice The same rules with a pin. The field must be empty.
    function withPin(Rules rules, uint176 pin_) internal pure returns (Rules) {
        return Rules.wrap(Rules.unwrap(rules) | (uint256(pin_) << PIN_SHIFT));
    }

    /// @notice Hash over (target, code hash) of the targets that are called with calldata; 0 if there is none.
    function pin(Rules rules) internal pure returns (uint176) {
        return uint176(Rules.unwrap(rules) >> PIN_SHIFT);
    }

    /// @notice Whether `flag` is set.
    function has(Rules rules, uint8 flag) internal pure returns (bool) {
        return uint8(Rules.unwrap(rules) >> FLAGS_SHIFT) & flag != 0;
    }

    /// @notice The class that the proposal was given.
    function class(Rules rules) internal pure returns (ProposalClass) {
        return ProposalClass(uint8(Rules.unwrap(rules) >> CLASS_SHIFT));
    }

    /// @notice For and Abstain that are needed, in hundredths of a percent of the base.
    function quorumBps(Rules rules) internal pure returns (uint256) {
        return uint16(Rules.unwrap(rules) >> QUORUM_SHIFT);
    }

    /// @notice For must be more than this part of For and Against, in hundredths of a percent.
    function approvalBps(Rules rules) internal pure returns (uint256) {
        return uint16(Rules.unwrap(rules) >> APPROVAL_SHIFT);
    }

    /// @notice Seconds to wait after the timelock's own delay.
    function extraDelay(Rules rules) internal pure returns (uint32) {
        return uint32(Rules.unwrap(rules));
    }

    function _pack(
        ProposalClass class_,
        uint8 flags,
        uint256 quorumBps_,
        uint256 approvalBps_,
        uint256 extraDelay_
    ) private pure returns (Rules) {
        return
            Rules.wrap(
                (uint256(flags) << FLAGS_SHIFT) |
                    (uint256(class_) << CLASS_SHIFT) |
                    (quorumBps_ << QUORUM_SHIFT) |
                    (approvalBps_ << APPROVAL_SHIFT) |
                    extraDelay_
            );
    }
}
