// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";

/// @title Staking with votes
/// @notice MILL is locked here, keeps its vote one for one, and earns one reward token. The stake can't be transferred.
///
/// - **Votes** = staked MILL, delegated to one account or split over up to four. What waits to be withdrawn has none.
/// - **Reward weight** = staked · (1 + lock / 365 days), so at most twice the stake. The lock is rolling: it has no end
///   date; unstaking ends it for the amount that leaves, which then waits max(7 days, lock). Nothing decays or expires.
/// - **Rewards** are streamed in fixed weeks (Thursday 00:00 UTC): what is notified in one week flows linearly through the
///   next, so a notification of dust changes nothing that flows already. What would flow while less than 1 MILL of weight
///   is staked is held, and joins what was notified in the week of the next touch.
///
/// Rounding: weights, rewards and parts of a split round down, for the pool; what the accumulator can't express goes into
/// the next week. Nobody has power here: there is no restricted function, no pause, no owner.
interface IVoteStaking is IERC5805 {
    /// @notice A part of a split delegation.
    struct Part {
        address delegatee;
        /// hundredths of a percent
        uint16 bps;
    }

    /// @notice MILL that left the stake and waits.
    struct Request {
        uint208 assets;
        /// seconds
        uint48 readyAt;
    }

    /// @notice `account` staked `assets`, and has `staked` now.
    event Staked(address indexed account, uint256 assets, uint256 staked);
    /// @notice The lock of `account` was lengthened, in seconds.
    event Locked(address indexed account, uint256 oldDuration, uint256 newDuration);
    /// @notice `assets` left the stake, and can be withdrawn from `readyAt`.
    event UnstakeRequested(address indexed account, uint256 indexed requestId, uint256 assets, uint256 readyAt);
    /// @notice A request was paid out.
    event Withdrawn(address indexed account, uint256 indexed requestId, address indexed receiver, uint256 assets);
    /// @notice `amount` will flow through the week that begins at `from`, in seconds.
    event RewardNotified(address indexed notifier, uint256 amount, uint256 from);
    /// @notice `amount` would have flowed while nobody staked; it joins the next week.
    event RewardHeld(uint256 amount);
    /// @notice Rewards of `account` were paid.
    event RewardPaid(address indexed account, address indexed receiver, uint256 amount);
    /// @notice The votes of `account` are split; no parts: they aren't any more.
    event DelegationSplit(address indexed account, Part[] parts);

    error VoteStaking__ZeroAssets();
    error VoteStaking__ZeroAddress();
    /// @notice More than `account` has staked.
    error VoteStaking__InsufficientStake(address account, uint256 assets, uint256 staked);
    /// @notice A lock can be lengthened only; unstaking ends it.
    error VoteStaking__LockNotLonger(uint256 duration, uint256 current);
    error VoteStaking__LockTooLong(uint256 duration, uint256 maximum);
    /// @notice There is no such request, or it was paid.
    error VoteStaking__NoRequest(address account, uint256 requestId);
    error VoteStaking__NotReady(uint256 requestId, uint256 readyAt);
    /// @notice A split has two to four parts.
    error VoteStaking__PartCount(uint256 count);
    /// @notice Delegatees stand in ascending order, none twice, each with more than 0.
    error VoteStaking__BadPart(uint256 index, address delegatee, uint256 bps);
    /// @notice The parts don't add up to 10,000.
    error VoteStaking__BadPartSum(uint256 sum);
    /// @notice All rewards ever notified would exceed what the accumulator holds.
    error VoteStaking__RewardTooLarge(uint256 amount, uint256 maximum);

    /// @notice Stakes MILL of the caller.
    /// @dev Reverts with `VoteStaking__ZeroAssets`.
    /// @param assets in token wei
    /// @param delegatee receives the caller's votes from now on; zero: as before (at first: nobody)
    function stake(uint256 assets, address delegatee) external;

    /// @notice The same with an EIP-2612 permit. A permit that was used already is ignored if the allowance is there.
    function stakeWithPermit(
        uint256 assets,
        address delegatee,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Lengthens the rolling lock of the caller's stake, at most to 365 days.
    /// @dev Reverts with `VoteStaking__InsufficientStake`, `VoteStaking__LockNotLonger`, `VoteStaking__LockTooLong`.
    function lock(uint32 duration) external;

    /// @notice Takes `assets` out of the stake at once: no vote, no boost, no reward. They wait max(7 days, lock).
    /// The rest keeps its lock; a stake of zero has none.
    /// @dev Reverts with `VoteStaking__ZeroAssets`, `VoteStaking__InsufficientStake`.
    function requestUnstake(uint256 assets) external returns (uint256 requestId);

    /// @notice Pays a request of the caller.
    /// @dev Reverts with `VoteStaking__NoRequest`, `VoteStaking__NotReady`, `VoteStaking__ZeroAddress`.
    function withdraw(uint256 requestId, address receiver) external returns (uint256 assets);

    /// @notice Pays the rewards of the caller; returns 0 if there are none.
    /// @dev Reverts with `VoteStaking__ZeroAddress`.
    function claim(address receiver) external returns (uint256 rewards);

    /// @notice Splits the caller's votes. `delegate` ends the split.
    /// @dev While split, `delegates(account)` is zero. Part j of a stake s is floor(s · bps_j / 10,000), the last part the
    /// rest; a change of the stake moves the difference of the two, so that many small stakes add up to one large one.
    /// Reverts with `VoteStaking__PartCount`, `VoteStaking__BadPart`, `VoteStaking__BadPartSum`.
    function delegateSplit(Part[] calldata parts) external;

    /// @notice Takes reward tokens from the caller; what arrived flows through the next week. Open to anyone.
    /// @dev Reverts with `VoteStaking__ZeroAssets`, `VoteStaking__RewardTooLarge`.
    /// @return received what arrived, in reward token wei
    function notifyReward(uint256 amount) external returns (uint256 received);

    /// @notice The token that is staked.
    function asset() external view returns (address);

    /// @notice The token that is earned.
    function reward() external view returns (address);

    /// @notice Rewards flow in weeks of this length, in seconds.
    function WEEK() external view returns (uint256);

    /// @notice The least that MILL waits after it left the stake, in seconds.
    function MIN_COOLDOWN() external view returns (uint256);

    /// @notice The longest lock, in seconds; it doubles the weight.
    function MAX_LOCK() external view returns (uint256);

    /// @notice MILL staked by `account`, equal to its votes.
    function stakeOf(address account) external view returns (uint256);

    /// @notice The rolling lock of `account`, in seconds.
    function lockOf(address account) external view returns (uint256);

    /// @notice Reward weight of `account`.
    function weightOf(address account) external view returns (uint256);

    /// @notice Sum of all weights.
    function totalWeight() external view returns (uint256);

    /// @notice Sum of all stakes.
    function totalStaked() external view returns (uint256);

    /// @notice Rewards that `claim` would pay `account` now, in reward token wei.
    function claimable(address account) external view returns (uint256);

    /// @notice A request of `account`; zero once paid.
    function requestOf(address account, uint256 requestId) external view returns (Request memory);

    /// @notice The number of requests that `account` ever made: the next id.
    function requestCount(address account) external view returns (uint256);

    /// @notice How the votes of `account` are split; empty if they aren't.
    function splitOf(address account) external view returns (Part[] memory);

    /// @notice What flows through this week, how much of it did, and what will flow through the next.
    function rewardState() external view returns (uint256 streaming, uint256 streamed, uint256 queued);
}
