// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {IMillToken} from "./IMillToken.sol";
import {IProposalPolicy, ProposalClass} from "./IProposalPolicy.sol";
import {IVoteStaking} from "./IVoteStaking.sol";
import {Rules} from "./ProposalRules.sol";

/// @title The DAO's governor
/// @notice What `MillGovernor` adds to OpenZeppelin's IGovernor.
///
/// Votes are those of MILL plus those of staked MILL, at the moment voting opens. Each proposal has a class, and with it
/// a quorum, a majority and a delay that are written when it is proposed and never change:
/// ```
///            quorum  For of For+Against  delay: timelock + class
/// Emergency     4 %   more than 50 %     1 d        succeeds early once For is half of the base
/// Routine       4 %   more than 50 %     1 d + 1 d
/// Treasury      8 %   more than 50 %     1 d + 4 d
/// Critical     15 %   more than 60 %     1 d + 6 d
/// ```
/// Base = supply − votes delegated to the excluded sentinel, at the snapshot. Quorum = max(base · bps, floor), rounded up.
///
/// The code of every target that is called with calldata is pinned when proposed and compared when executed. The code
/// behind a proxy is not: its code hash stays the same when its implementation changes.
///
/// Succeeded but not queued 14 days after the deadline, or queued and not executed 14 days after its time: Expired.
///
/// Cancel: the guardian, any proposal but a hatch, until `guardianUntil` · the proposer, while Pending · anyone, while
/// Pending or Active, if the proposer's votes fell below the threshold that held when it proposed. A claim proposal:
/// the guardian only.
interface IMillGovernor {
    /// @notice Constructor arguments.
    struct Config {
        /// ERC-5805 token on a timestamp clock
        IMillToken token;
        /// staking of that token, same clock
        IVoteStaking staking;
        /// may not exist yet: see TimelockFactory
        TimelockController timelock;
        IProposalPolicy policy;
        /// may be zero: nobody
        address guardian;
        /// votes below which no quorum falls, ≤ 15 % of the supply
        uint256 quorumFloor;
        /// votes that proposing takes
        uint256 proposalThreshold;
        /// seconds from proposing to the snapshot
        uint48 votingDelay;
        /// seconds of voting
        uint32 votingPeriod;
        /// seconds of voting that are left, at least, after quorum is reached
        uint48 lateQuorumExtension;
        /// ERC-4824
        string daoURI;
        /// may ask for votes about claims from the start; may not exist yet
        address[] claimsModules;
    }

    /// @notice A proposal was made: what OpenZeppelin's ProposalCreated doesn't index.
    /// @param metadataHash keccak256 of the description, the same that queue and execute take
    event ProposalIndexed(
        uint256 indexed id,
        address indexed proposer,
        ProposalClass indexed class,
        bytes32 metadataHash
    );
    /// @notice Later proposals are classified by another policy; live ones keep their rules.
    event PolicySet(address indexed oldPolicy, address indexed newPolicy);
    /// @notice The guardian may cancel until `until`, in seconds.
    event GuardianTermSet(address indexed guardian, uint256 until);
    /// @notice A module may, or may no longer, ask for votes about claims.
    event ClaimsModuleSet(address indexed module, bool allowed);
    /// @notice ERC-4824.
    event DAOURIUpdate(address daoAddress, string daoURI);

    /// @notice The two sources of votes don't share the clock "mode=timestamp".
    error MillGovernor__ClockMismatch(string tokenClock, string stakingClock);
    /// @notice `staking` stakes `asset`, which is not the governor's token.
    error MillGovernor__StakingOfAnotherToken(address staking, address asset);
    /// @notice A floor above 15 % of the supply could never be reached again.
    error MillGovernor__QuorumFloorTooHigh(uint256 floor, uint256 maximum);
    /// @notice A setting outside its bounds would make the DAO too fast to be watched or too slow for who waits for it.
    error MillGovernor__OutOfBounds(uint256 value, uint256 minimum, uint256 maximum);
    /// @notice There is no contract at `policy`.
    error MillGovernor__NotAContract(address policy);
    /// @notice The proposer's last proposal is in its voting period until `until`.
    error MillGovernor__ProposalLive(address proposer, uint256 until);
    /// @notice The class delay is not over before `eta`.
    error MillGovernor__BeforeEta(uint256 id, uint256 eta);
    /// @notice The code of a target is not the one that was voted for.
    error MillGovernor__TargetCodeChanged(uint256 id, uint176 pinned, uint176 found);
    /// @notice That text belongs to claim proposals: with it, anyone could use up the id of one.
    error MillGovernor__ReservedDescription(string description);
    /// @notice `caller` may not ask for a vote about a claim.
    error MillGovernor__NotClaimsModule(address caller);

    /// @notice Proposes `resolveClaim(claimId)` on the caller, class Routine. Needs no votes, may run beside any other
    /// proposal, and nobody but the guardian can cancel it: a claim is voted on although no holder proposes it.
    /// The same claim can be proposed once.
    /// @dev Only a claims module. Reverts with `MillGovernor__NotClaimsModule`, GovernorUnexpectedProposalState.
    function proposeClaim(uint256 claimId) external returns (uint256 id);

    /// @notice Replaces the policy for later proposals. Critical, and the guardian can't cancel it.
    /// @dev onlyGovernance. Reverts with `MillGovernor__NotAContract`.
    function setPolicy(IProposalPolicy newPolicy) external;

    /// @notice Allows or forbids `module` to propose claims.
    /// @dev onlyGovernance.
    function setClaimsModule(address module, bool allowed) external;

    /// @notice Sets the DAO's metadata address (ERC-4824).
    /// @dev onlyGovernance.
    function setDaoURI(string calldata newURI) external;

    /// @notice The description of every claim proposal.
    function CLAIM_DESCRIPTION() external view returns (string memory);

    /// @notice The staking contract whose votes count beside the token's.
    function staking() external view returns (IVoteStaking);

    /// @notice Votes below which no quorum falls.
    function quorumFloor() external view returns (uint256);

    /// @notice The policy that classifies new proposals.
    function policy() external view returns (IProposalPolicy);

    /// @notice The moment the guardian's rights end, in seconds. Renewed for 365 days by `setProposalGuardian` only.
    function guardianUntil() external view returns (uint256);

    /// @notice Whether `module` may propose claims.
    function isClaimsModule(address module) external view returns (bool);

    /// @notice Until when `proposer` can't propose again, in seconds: the nominal end of its last proposal. 0 if it was
    /// cancelled. A price on spam, not a security property: votes can be spread over accounts.
    function liveUntil(address proposer) external view returns (uint256);

    /// @notice The rules that `id` is judged by; zero if it doesn't exist.
    function proposalRules(uint256 id) external view returns (Rules);

    /// @notice For and Abstain that `id` needs. Reverts while Pending: the base isn't known yet.
    function proposalQuorum(uint256 id) external view returns (uint256);

    /// @notice The supply that can vote, at `timepoint` in the past.
    function votableSupply(uint256 timepoint) external view returns (uint256);

    /// @notice ERC-4824.
    function daoURI() external view returns (string memory);
}
