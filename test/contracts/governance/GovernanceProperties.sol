// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What holds for the DAO: token, staking, governor, timelock, treasury, payroll, revenue
/// @custom:property G1 In the token and in staking, at every past second, the votes of all delegates plus what is not delegated are the total; staked MILL is not delegated in the token, so nothing counts twice.
/// @custom:property G2 For + Against + Abstain of a proposal never exceed the votable supply at its snapshot, nor a voter's parts its weight there.
/// @custom:property G3 A proposal's state only moves forward; Executed, Canceled and Expired are final, and what was Defeated can only be cancelled; execution comes at least the timelock's day and the class delay after queueing, on every path.
/// @custom:property G4 Votes acquired after the snapshot, borrowed within a transaction, or staked and unstaked, have no weight.
/// @custom:property G5 The rules, snapshot and quorum of a proposal never change; no setting changes one whose snapshot is past; quorum extends the vote once, by at most two days.
/// @custom:property G6 The guardian can cancel and nothing else, not after its term, and not what removes it.
/// @custom:property G7 A proposal is not executed if the code of any target that it calls has changed since it was made.
/// @custom:property G8 Nobody but the governor proposes, cancels or executes in the timelock, and nobody but the timelock administers it.
/// @custom:property G9 Staked MILL is what stakers can withdraw; rewards paid, claimable and still to flow are those notified, but for a wei per action; nothing flows to nobody; a boost is at most double; nothing leaves before its cooldown.
/// @custom:property G10 A budget pays at most its bucket, which refills at its rate and by nothing else; a revoked spender, an expired or frozen budget pays nothing; only the DAO thaws.
/// @custom:property G11 Claimed ≤ vested ≤ total for every stream, and a cancel conserves the total.
/// @custom:property G13 A signature counts for one chain, contract, nonce, voter and content, in one form, until its deadline.
/// @custom:property V1 The timelock refuses everyone but the governor to execute what is ready.
/// @custom:property V2 A proposal that succeeded early, was queued and then cancelled in the timelock is Canceled.
/// @custom:property V3 A batch has the class of its strictest action.
/// @custom:property V4 A change of policy leaves live proposals as they were.
/// @custom:property V5 With 90 % of the supply in the treasury a Critical proposal can still pass.
/// @custom:property V6 Ten stakes of one wei, split among three delegates, can be unstaked as ten.
/// @custom:property V7 An authority in which the timelock, or any other DAO role, carries an execution delay is refused by the role check.
/// @custom:property V8 When the guardian's term ends, nobody gains a right.
/// @custom:property V9 What has passed can't be cancelled by undelegating from its proposer.
/// @custom:property V10 Dust that is notified every day changes nothing of the reward schedule.
/// @custom:property V11 A payee that redelegates its account (EIP-7702) blocks no batch that pays it.
/// @custom:property V12 A claim that no assessor decides is voted on without any holder proposing it.
/// @custom:property GA1 Beanstalk, 2022: votes borrowed for one transaction neither vote nor propose.
/// @custom:property GA2 ds-chief: nothing is locked, voted with and freed in one block.
/// @custom:property GA3 Compound 289, 2024: a grab of the treasury in the last second leaves two days to answer; one that passes can be cancelled.
/// @custom:property GA4 Build Finance, 2022: few votes don't mint, and many mint no more than the cap of a year.
/// @custom:property GA5 Tornado Cash, 2023: code that was not there when it was voted on isn't run, however it came there.
/// @custom:property GA6 Nobody gets or gives away a role of the timelock but by a Critical proposal.
/// @custom:property GA7 A governor whose token and staking count time differently can't be deployed.
/// @custom:property GA8 Velocimeter: many delegations to an account don't make its own acts dearer.
/// @custom:property GA9 A ballot, delegation or permit is not replayed on another chain or contract, with another nonce or for another voter.
/// @custom:property GA10 Dust that is notified doesn't stretch or stop a stream of rewards.
interface GovernanceProperties {}
