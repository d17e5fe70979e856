// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Payroll streams
/// @notice Pays a salary by the second. A stream is funded when it is made, flows linearly from `start` to `end`, and
/// nothing of it can be claimed before `cliff`. Its funder may cancel: what has flowed stays the recipient's, the rest
/// goes to `refundTo`. Anyone may fund a stream; nobody has power over another's.
/// @dev Vested = floor(total · (now − start) / (end − start)), 0 before the cliff: rounded down, for the funder.
/// Amounts in token wei, times in seconds. Tokens whose balances change by themselves aren't supported; a fee on
/// transfer is: the stream holds what arrived.
interface IPayrollStreams {
    /// @param refundTo receives what a cancelled stream doesn't pay: the treasury, for a budget's spender
    /// @param amount taken from the caller, at most 2^96 − 1
    struct Plan {
        address token;
        address recipient;
        address refundTo;
        uint256 amount;
        uint40 start;
        uint40 cliff;
        uint40 end;
    }

    /// @param total what the recipient gets in all: less after a cancel
    /// @param end when all of it has flowed: the moment of the cancel, after one
    struct Stream {
        address recipient;
        uint96 claimed;
        address token;
        uint96 total;
        uint40 start;
        uint40 cliff;
        uint40 end;
        bool cancelled;
        address funder;
        address refundTo;
    }

    event StreamCreated(uint256 indexed id, address indexed funder, address indexed recipient, Plan plan, uint256 total);
    event StreamClaimed(uint256 indexed id, address indexed recipient, address indexed receiver, uint256 amount);
    /// @notice `kept` in all is the recipient's, claimed or not; `refunded` went to `refundTo`.
    event StreamCancelled(uint256 indexed id, address indexed funder, uint256 kept, uint256 refunded);

    error PayrollStreams__ZeroAddress();
    error PayrollStreams__ZeroAmount();
    error PayrollStreams__AmountTooLarge(uint256 amount, uint256 maximum);
    /// @notice start ≤ cliff ≤ end and start < end must hold, and end lie in the future, before 2^32 (the year 2106).
    error PayrollStreams__BadTimes(uint256 start, uint256 cliff, uint256 end);
    error PayrollStreams__NotRecipient(uint256 id, address caller);
    error PayrollStreams__NotFunder(uint256 id, address caller);
    error PayrollStreams__AlreadyEnded(uint256 id);

    /// @notice Makes a stream with the caller as funder.
    /// @return id The token's address and a number that counts from 1: token · 2^96 + number. So a claim need not read
    /// which token it pays.
    function create(Plan calldata plan) external returns (uint256 id);

    /// @notice Pays what is claimable. Its recipient only, to any receiver.
    /// @dev Reverts with `PayrollStreams__NotRecipient`, `PayrollStreams__ZeroAddress`, `PayrollStreams__ZeroAmount`.
    function claim(uint256 id, address receiver) external returns (uint256 amount);

    /// @notice Ends a stream now. Its funder only.
    /// @dev Reverts with `PayrollStreams__NotFunder`, `PayrollStreams__AlreadyEnded`.
    function cancel(uint256 id) external returns (uint256 refunded);

    /// @notice The stream, zero if there is none.
    function streamOf(uint256 id) external view returns (Stream memory);

    /// @notice What has flowed, claimed or not, in token wei.
    function vested(uint256 id) external view returns (uint256);

    /// @notice What `claim` would pay now, in token wei.
    function claimable(uint256 id) external view returns (uint256);

    /// @notice Streams ever made: the number of the last.
    function streamCount() external view returns (uint256);
}
