// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What holds for the insurance pool
/// @custom:property IN1 The pool holds at least what its shares own, what is to be streamed and what it owes; donations are in no book.
/// @custom:property IN2 Live cover is the sum over the products, the sum of the buckets ahead, and the sum of the covers that run and are not claimed on.
/// @custom:property IN3 Every purchase and every exit ends with live and locked cover within the capital; it is so after every other act too.
/// @custom:property IN4 What is locked is the sum of the open claims' locks, at most the capital.
/// @custom:property IN5 The stream's rate is the sum of the live rates; streamed, refunded and still to stream are the premiums net of fees, but for a wei per act, and nothing streams that is not there.
/// @custom:property IN6 The queued shares are the sum of the requests, and the pool holds them.
/// @custom:property IN7 The share price falls only by a payout.
/// @custom:property IN9 Nobody leaves with more than the value at the request.
/// @custom:property IN12 A pause moves no balance and no entitlement: what was left of every term is left after it.
/// @custom:property IN14 Bringing the books up to date in steps or at once comes to the same, whenever buckets end in between.
/// @custom:property IN15 Cover bought in parts costs no less than at once.
/// @custom:property U1 Finalising forty-one times in one block is finalising once.
/// @custom:property U2 While claims are open, who leaves and who stays lose the same per share.
/// @custom:property U7 Rolling requests and cancelling them earns nothing.
/// @custom:property T12 The books catch up with 420 idle days, 57 buckets and 8 products for less than 2,000,000 gas.
/// @custom:property T13 After a loss of all but a billionth the pool is retired: nobody enters, everybody leaves.
/// @custom:property T14 The first depositor can't take from the second by donating, and a wei buys no more than a wei.
interface InsuranceProperties {}
