// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Relays many signed ballots in one transaction
/// @notice Anyone pays the gas of voters who sign. A ballot that fails, because it was cast already, is signed wrongly or
/// burns its gas in the voter's wallet (ERC-1271), is reported and stops no other. It holds nothing and may do nothing
/// that the relayer could not do by itself.
interface IBatchVoteRelay {
    /// @param support 0 against, 1 for, 2 abstain, 255 split as `params` says
    /// @param reason with a reason or params the signature is an ExtendedBallot of the governor, else a Ballot
    struct Ballot {
        uint256 proposalId;
        uint8 support;
        address voter;
        string reason;
        bytes params;
        bytes signature;
    }

    event BallotRelayed(uint256 indexed proposalId, address indexed voter, address indexed relayer);
    /// @param reason the first four bytes of the revert data; zero if there are fewer
    event BallotFailed(uint256 indexed proposalId, address indexed voter, address indexed relayer, bytes4 reason);

    /// @notice So little gas is left that the next ballot could fail for want of it.
    error BatchVoteRelay__GasTooLow(uint256 index, uint256 gasLeft, uint256 needed);
    error BatchVoteRelay__NoBallots();
    error BatchVoteRelay__NotAContract(address governor);

    /// @notice Casts the ballots in their order, each with at most `BALLOT_GAS`.
    /// @dev Reverts with `BatchVoteRelay__GasTooLow`, `BatchVoteRelay__NoBallots`, nothing else.
    /// @return relayed how many were counted
    function relay(Ballot[] calldata ballots) external returns (uint256 relayed);

    /// @notice The governor that counts.
    function governor() external view returns (address);

    /// @notice Gas that one ballot may use.
    function BALLOT_GAS() external view returns (uint256);
}
