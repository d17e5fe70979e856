// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClaimResolver} from "../governance/IClaimResolver.sol";

/// @title Claims that people decide
/// @notice For a loss that a share price can't show. The policy's owner files with a deposit and the digest of the evidence;
/// assessors, who have bonded the pool's asset, vote for 3 days. A lead that changes in the last day, the first one and a tie
/// too, adds a day, three times at most, so that nobody wins by coming last.
/// ```
/// valid      a fifth of the bonds voted, one side leads, and half of its bonds are worth at least the claim
/// challenged a valid result, within 2 days, by anyone who puts up the deposit once more
/// the DAO    is asked where no result is valid or one was challenged; it decides against what silence would decide
/// silence    21 days later: the valid result stands; without one the claim is denied and the deposit goes back; so it is
///            21 days after the vote if nobody puts it before the DAO
/// ```
/// Assessors get the same fee for their weight whatever is decided: half of the deposit, from it if the claim is denied, from
/// the reserve if it is accepted, of which it takes no more than the claim pays. Where nothing is decided, by them or by the
/// DAO, there is none. Half of a bond is lost only if the DAO overturns its vote: half of that to the challenger, half to the
/// reserve.
/// @dev Amounts in asset wei; times in seconds of pool time. Claims have numbers of their own, from 1.
interface IClaimsModule is IClaimResolver {
    enum State {
        None,
        Voting,
        Escalated,
        /// decided, not paid yet
        Decided,
        Final
    }

    /// @notice A claim; six slots.
    struct Claim {
        uint256 id;
        address claimant;
        uint96 amount;
        uint96 deposit;
        State state;
        bool accepted;
        /// the assessors have a valid result, `result`
        bool valid;
        bool result;
        bool overturned;
        uint8 extensions;
        uint40 filedAt;
        uint40 endsAt;
        uint40 escalatedAt;
        uint96 accepting;
        uint96 denying;
        /// all bonds when it was filed
        uint128 bonds;
        /// what assessors share by weight
        uint128 pot;
        address challenger;
        bytes32 evidence;
    }

    struct Assessor {
        uint96 bond;
        /// since when all of it counts
        uint40 bondedAt;
        /// votes whose claims aren't settled
        uint40 ballots;
        uint40 lockedUntil;
    }

    struct Ballot {
        uint96 weight;
        bool accept;
        bool settled;
    }

    event Bonded(address indexed assessor, uint256 assets, uint256 bond);
    event Unbonded(address indexed assessor, address indexed receiver, uint256 assets);
    event ClaimFiled(
        uint256 indexed claim,
        uint256 indexed id,
        address indexed claimant,
        uint256 amount,
        uint256 deposit,
        bytes32 evidence
    );
    event VoteCast(uint256 indexed claim, address indexed assessor, bool accept, uint256 weight, bytes32 reason);
    event VotingExtended(uint256 indexed claim, uint256 endsAt);
    event ClaimChallenged(uint256 indexed claim, address indexed challenger, uint256 bond);
    event ClaimEscalated(uint256 indexed claim, uint256 indexed proposal);
    event ClaimResolved(uint256 indexed claim, bool accepted, bool overturned);
    event ClaimFinalized(uint256 indexed claim, bool accepted, uint256 paid, uint256 pot);
    event BallotSettled(uint256 indexed claim, address indexed assessor, uint256 fee, uint256 slashed);
    event Withdrawn(address indexed account, address indexed receiver, uint256 assets);

    error ClaimsModule__WrongAddress(address module);
    /// @notice The modules at the foretold addresses don't name each other.
    error ClaimsModule__ModulesDisagree(address module);
    /// @notice The DAO takes longer than a claim waits for it, less a week.
    error ClaimsModule__DaoTooSlow(uint256 seconds_, uint256 maximum);
    error ClaimsModule__NotOwner(uint256 id, address caller);
    error ClaimsModule__NotTimelock(address caller);
    error ClaimsModule__OutOfBounds(uint256 value, uint256 minimum, uint256 maximum);
    error ClaimsModule__NoEvidence();
    error ClaimsModule__NotCovered(uint256 id);
    error ClaimsModule__WrongState(uint256 claim, State state);
    error ClaimsModule__VotingOver(uint256 claim, uint256 endedAt);
    error ClaimsModule__TooEarly(uint256 claim, uint256 time);
    error ClaimsModule__TooLate(uint256 claim, uint256 time);
    /// @notice No bond, or one that came after the claim.
    error ClaimsModule__NoWeight(uint256 claim, address assessor);
    error ClaimsModule__AlreadyVoted(uint256 claim, address assessor);
    error ClaimsModule__NotSettleable(uint256 claim, address assessor);
    error ClaimsModule__BondLocked(address assessor, uint256 ballots, uint256 until);
    error ClaimsModule__NothingOwed(address account);

    /// @notice Adds to the caller's bond. All of the bond counts for claims filed from now on, and stays for 14 days. Anyone.
    /// @dev Reverts with `ClaimsModule__OutOfBounds`, `__BondLocked` while votes of it are open.
    function bond(uint96 assets) external;

    /// @notice Takes a bond back, 14 days after it was last added to and after the last claim that it voted on was settled. The
    /// assessor.
    /// @dev Reverts with `ClaimsModule__BondLocked`, `__OutOfBounds`.
    function unbond(uint96 assets, address receiver) external;

    /// @notice Files a claim on cover `id` for `amount`; takes the deposit, 0.5 % of what remains of the cover and at least the
    /// minimum. Locks all that remains. The policy's owner, from the cover's start to 35 days after its expiry.
    /// @param evidence SHA-256 of the canonical JSON of what the claim rests on
    /// @dev Reverts with `ClaimsModule__NotOwner`, `__NotCovered`, `__OutOfBounds`, `__NoEvidence`, and the manager's errors.
    function file(uint256 id, uint96 amount, bytes32 evidence) external returns (uint256 claim);

    /// @notice Casts the caller's bond, all of it, once.
    /// @param reason digest of why; must not be 0
    /// @dev Reverts with `ClaimsModule__WrongState`, `__VotingOver`, `__NoWeight`, `__AlreadyVoted`, `__NoEvidence`.
    function vote(uint256 claim, bool accept, bytes32 reason) external;

    /// @notice Puts a valid result before the DAO; takes as much as the deposit. Anyone, for 2 days after the vote.
    /// @dev Reverts with `ClaimsModule__WrongState`, `__TooEarly`, `__TooLate`.
    function challenge(uint256 claim) external returns (uint256 proposal);

    /// @notice Puts a claim without a valid result before the DAO. Anyone, after the vote.
    /// @dev Reverts with `ClaimsModule__WrongState`, `__TooEarly`.
    function escalate(uint256 claim) external returns (uint256 proposal);

    /// @notice Pays or denies what is decided, be it by silence. Anyone.
    /// @dev Reverts with `ClaimsModule__WrongState`, `__TooEarly`, `UnderwritingPool__ClaimsPaused`.
    function finalize(uint256 claim) external;

    /// @notice Books an assessor's fee, or its loss if the DAO overturned its vote. Anyone, once the claim is final.
    /// @dev Reverts with `ClaimsModule__NotSettleable`.
    function settleBallot(uint256 claim, address assessor) external;

    /// @notice Fetches fees, deposits and rewards.
    /// @dev Reverts with `ClaimsModule__NothingOwed`.
    function withdraw(address receiver) external returns (uint256 assets);

    function claimOf(uint256 claim) external view returns (Claim memory);

    function assessorOf(address account) external view returns (Assessor memory);

    function ballotOf(uint256 claim, address assessor) external view returns (Ballot memory);

    function owed(address account) external view returns (uint256);

    function totalBonds() external view returns (uint256);

    /// @notice All that this contract must hold.
    function held() external view returns (uint256);

    function count() external view returns (uint256);

    function minDeposit() external view returns (uint256);

    /// @notice Seconds of pool time in which the DAO can decide.
    function RESOLVE_WINDOW() external view returns (uint256);
}
