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
/// @custom:property IN8 A cover is never paid more than its amount, and has at most one open claim.
/// @custom:property IN9 Nobody leaves with more than the value at the request.
/// @custom:property IN11 An incident's and a claim's states only move forward, and what is over stays as it is.
/// @custom:property IN12 A pause moves no balance and no entitlement: what was left of every term is left after it.
/// @custom:property IN13 What the DAO changes later changes no live cover.
/// @custom:property IN14 Bringing the books up to date in steps or at once comes to the same, whenever buckets end in between.
/// @custom:property IN15 Cover bought in parts costs no less than at once.
/// @custom:property U1 Finalising forty-one times in one block is finalising once.
/// @custom:property U2 While claims are open, who leaves and who stays lose the same per share.
/// @custom:property U3 Shares bought after the loss are paid nothing, behind whatever cover.
/// @custom:property U4 A filing with a wei of shares frees no capital: all of the cover is locked.
/// @custom:property U5 A second incident never pays the first loss again, to covers that were filed or not, nor one that people paid.
/// @custom:property U6 A pause across a bucket's end frees no cover.
/// @custom:property U7 Rolling requests and cancelling them earns nothing.
/// @custom:property U8 Three readings at moments that an attacker chose change nothing.
/// @custom:property U9 Whose vault is written off and recalled has gained nothing once the shares are released, whatever claims are filed meanwhile.
/// @custom:property U10 A cover that has expired can't be extended.
/// @custom:property U11 A denied claim is cover and exposure again in the middle of an incident.
/// @custom:property U12 A read from inside a vault's callback records nothing; nor does one that was starved of gas.
/// @custom:property U13 After a loss of 8 % an old cover still opens at 10; shares armed since are insured from where they came.
/// @custom:property T1 Rolling requests earn no more than holding, and a loss that is open takes as much.
/// @custom:property T2 Shares spread over accounts leave with no more; a loan that lowers a premium is bound for 21 days.
/// @custom:property U14 Where no vault loses anything, who is underwriter, holder and assessor at once takes home no more than was brought.
/// @custom:property U15 Only who waits to leave can take less for it than was asked for.
/// @custom:property U16 No dispute outwaits the last claim before the assessors.
/// @custom:property U17 What a vault recovers goes to the capital up to what that has paid, and then to the reserve.
/// @custom:property T3 Leaving before, during and after a loss: nobody escapes what is known, and an open claim counts as lost.
/// @custom:property T4 A pause at any step of an incident changes no payment.
/// @custom:property T5 The order of settlements changes no payout.
/// @custom:property T6 The same shares insure once.
/// @custom:property T7 A cover is extended in its last second, not later.
/// @custom:property T8 Cover bought before a loss that nobody had seen is not paid for it, neither by its incident nor later; a donation lifts no entry.
/// @custom:property T9 One bad slot of three changes nothing; the loss price is the median of the slots' highest readings.
/// @custom:property T10 Vaults with any decimals are priced; a token with a fee is refused.
/// @custom:property T11 A deposit around a purchase, an accrual or a cancellation earns nothing, not of a cover that was paid either.
/// @custom:property T12 The books catch up with 420 idle days, 57 buckets and 8 products for less than 2,000,000 gas.
/// @custom:property T13 After a loss of all but a billionth the pool is retired: nobody enters, everybody leaves.
/// @custom:property T14 The first depositor can't take from the second by donating, and a wei buys no more than a wei.
/// @custom:property T15 A late vote that turns a claim adds a day; a bond of one block is in no quorum, and none leaves before its claim is settled; a bribed majority is overturned and slashed; the DAO decides what no assessor does, and claims that nobody decides earn nothing, nor do claims for a wei that their owner accepts.
/// @custom:property T16 Claims without a loss cost their deposits, and nobody else anything but time.
/// @custom:property T17 Buying before a large purchase and cancelling after it earns nothing.
/// @custom:property T20 Foreign text in a policy's picture is cut and escaped, huge values fit, and every change is announced.
interface InsuranceProperties {}
