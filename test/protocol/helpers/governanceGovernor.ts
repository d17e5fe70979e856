import type { Outcome, Staking } from "./governanceStaking.ts";
import { type Ledger, votesAt } from "./governanceVotes.ts";

/* The life of proposals as the design tells it: states, quorums, delays, expiry, and who may cancel. */
const DAY = 86_400;
const EXPIRES_AFTER = 14 * DAY;
const MIN_DELAY = DAY;
const GUARDIAN_TERM = 365 * DAY;
const BPS = 10_000n;

export const states = [
  "Pending",
  "Active",
  "Canceled",
  "Defeated",
  "Succeeded",
  "Queued",
  "Expired",
  "Executed",
] as const;
export type State = (typeof states)[number];
export const classes = [
  { name: "Emergency", quorumBps: 400n, approvalBps: 5_000n, extraDelay: 0 },
  { name: "Routine", quorumBps: 400n, approvalBps: 5_000n, extraDelay: DAY },
  { name: "Treasury", quorumBps: 800n, approvalBps: 5_000n, extraDelay: 4 * DAY },
  { name: "Critical", quorumBps: 1_500n, approvalBps: 6_000n, extraDelay: 6 * DAY },
] as const;

/** What a proposal does when it is executed. */
export type Effect =
  | { readonly kind: "none" }
  | { readonly kind: "fails" }
  | { readonly kind: "delay" | "period" | "late"; readonly seconds: number }
  | { readonly kind: "threshold"; readonly votes: bigint }
  | { readonly kind: "guardian"; readonly account: number }
  | { readonly kind: "module"; readonly allowed: boolean }
  | { readonly kind: "policy"; readonly strict: boolean };
export type Proposal = {
  readonly id: bigint;
  readonly proposer: number;
  readonly class: number;
  readonly hatch: boolean;
  readonly claim: boolean;
  readonly effects: readonly Effect[];
  readonly snapshot: number;
  readonly nominalEnd: number;
  readonly used: Map<number, bigint>;
  readonly tally: [against: bigint, forVotes: bigint, abstain: bigint];
  extendedEnd: number;
  eta: number;
  executed: boolean;
  canceled: boolean;
};
export type Governor = {
  readonly token: Ledger;
  /** Of the token, staked or not; nothing is minted here. */
  readonly supply: bigint;
  readonly staking: Staking;
  readonly excluded: number;
  readonly floor: bigint;
  readonly proposals: Map<bigint, Proposal>;
  readonly live: Map<number, { until: number; threshold: bigint; id: bigint }>;
  delay: number;
  period: number;
  late: number;
  threshold: bigint;
  guardian: number;
  guardianUntil: number;
  module: boolean;
  strict: boolean;
};
type Made = Pick<Proposal, "id" | "proposer" | "class" | "hatch" | "claim" | "effects">;

export function weightAt({ token, staking }: Governor, account: number, second: number): bigint {
  return votesAt(token, account, second) + votesAt(staking.votes, account, second);
}

export function deadlineOf({ nominalEnd, extendedEnd }: Proposal): number {
  return Math.max(nominalEnd, extendedEnd);
}

export function quorumOf(governor: Governor, { snapshot, class: index }: Proposal): bigint {
  const part = votable(governor, snapshot) * classes[index].quorumBps;
  const quorum = (part + BPS - 1n) / BPS;
  return quorum > governor.floor ? quorum : governor.floor;
}

export function stateOf(governor: Governor, proposal: Proposal, now: number): State {
  if (proposal.executed) return "Executed";
  if (proposal.canceled) return "Canceled";
  if (now <= proposal.snapshot) return "Pending";
  const end = deadlineOf(proposal);
  if (now <= end && !early(governor, proposal)) return "Active";
  if (!reached(governor, proposal) || !approved(proposal)) return "Defeated";
  if (proposal.eta === 0) return now > end + EXPIRES_AFTER ? "Expired" : "Succeeded";
  return now > proposal.eta + EXPIRES_AFTER ? "Expired" : "Queued";
}

export function propose(governor: Governor, made: Made, now: number): Outcome {
  const { id, proposer, claim } = made;
  if (claim && !governor.module) return "MillGovernor__NotClaimsModule";
  if (!claim) {
    if (weightAt(governor, proposer, now - 1) < governor.threshold) return "GovernorInsufficientProposerVotes";
    if (now <= (governor.live.get(proposer)?.until ?? 0)) return "MillGovernor__ProposalLive";
  }
  if (governor.proposals.has(id)) return "GovernorUnexpectedProposalState";
  const snapshot = now + governor.delay;
  const nominalEnd = snapshot + governor.period;
  const start = { used: new Map(), extendedEnd: 0, eta: 0, executed: false, canceled: false };
  governor.proposals.set(id, { ...made, ...start, snapshot, nominalEnd, tally: [0n, 0n, 0n] });
  if (!claim) governor.live.set(proposer, { until: nominalEnd, threshold: governor.threshold, id });
}

/** Votes with all that is left of the weight, or with parts of it. */
export function vote(
  governor: Governor,
  { id, voter, support, parts }: { id: bigint; voter: number; support: number; parts?: [bigint, bigint, bigint] },
  now: number,
): Outcome {
  const proposal = governor.proposals.get(id);
  if (!proposal) return "GovernorNonexistentProposal";
  if (stateOf(governor, proposal, now) !== "Active") return "GovernorUnexpectedProposalState";
  const used = proposal.used.get(voter) ?? 0n;
  const left = weightAt(governor, voter, proposal.snapshot) - used;
  if (left <= 0n) return "GovernorAlreadyCastVote";
  if (support > 2 && !parts) return "GovernorInvalidVoteType";
  const cast = parts ?? [0, 1, 2].map((side) => (side === support ? left : 0n));
  const sum = cast.reduce((total, part) => total + part, 0n);
  if (sum > left) return "GovernorExceedRemainingWeight";
  for (const side of [0, 1, 2] as const) proposal.tally[side] += cast[side];
  proposal.used.set(voter, used + sum);
  if (proposal.extendedEnd === 0 && reached(governor, proposal)) proposal.extendedEnd = now + governor.late;
}

export function queue(governor: Governor, id: bigint, now: number): Outcome {
  const proposal = governor.proposals.get(id);
  if (!proposal) return "GovernorNonexistentProposal";
  if (stateOf(governor, proposal, now) !== "Succeeded") return "GovernorUnexpectedProposalState";
  proposal.eta = now + MIN_DELAY + classes[proposal.class].extraDelay;
}

export function execute(governor: Governor, id: bigint, now: number): Outcome {
  const proposal = governor.proposals.get(id);
  if (!proposal) return "GovernorNonexistentProposal";
  if (stateOf(governor, proposal, now) !== "Queued") return "GovernorUnexpectedProposalState";
  if (now < proposal.eta) return "MillGovernor__BeforeEta";
  const before = { ...governor };
  for (const effect of proposal.effects) {
    const problem = take(governor, effect, now);
    if (!problem) continue;
    Object.assign(governor, before);
    return problem;
  }
  proposal.executed = true;
}

export function cancel(governor: Governor, id: bigint, caller: number, now: number): Outcome {
  const proposal = governor.proposals.get(id);
  if (!proposal) return "GovernorNonexistentProposal";
  if (!mayCancel(governor, proposal, caller, now)) return "GovernorUnableToCancel";
  const final: readonly State[] = ["Canceled", "Expired", "Executed"];
  if (final.includes(stateOf(governor, proposal, now))) return "GovernorUnexpectedProposalState";
  proposal.canceled = true;
  if (governor.live.get(proposal.proposer)?.id === id) governor.live.delete(proposal.proposer);
}

function mayCancel(governor: Governor, proposal: Proposal, caller: number, now: number): boolean {
  if (caller === governor.guardian && now < governor.guardianUntil && !proposal.hatch) return true;
  if (proposal.claim) return false;
  const state = stateOf(governor, proposal, now);
  if (state !== "Pending" && state !== "Active") return false;
  if (caller === proposal.proposer && state === "Pending") return true;
  const threshold = governor.live.get(proposal.proposer)?.threshold ?? 0n;
  return weightAt(governor, proposal.proposer, now - 1) < threshold;
}

function take(governor: Governor, effect: Effect, now: number): Outcome {
  const within = (value: number, least: number, most: number) => value >= least && value <= most;
  switch (effect.kind) {
    case "none":
      return undefined;
    case "fails":
      return "Box__Refused";
    case "delay":
      if (!within(effect.seconds, DAY, 2 * DAY)) return "MillGovernor__OutOfBounds";
      governor.delay = effect.seconds;
      return undefined;
    case "period":
      if (!within(effect.seconds, 3 * DAY, 7 * DAY)) return "MillGovernor__OutOfBounds";
      governor.period = effect.seconds;
      return undefined;
    case "late":
      if (!within(effect.seconds, 0, 2 * DAY)) return "GovernorPreventLateQuorumVoteExtensionTooLarge";
      governor.late = effect.seconds;
      return undefined;
    case "threshold":
      governor.threshold = effect.votes;
      return undefined;
    case "guardian":
      governor.guardian = effect.account;
      governor.guardianUntil = now + GUARDIAN_TERM;
      return undefined;
    case "module":
      governor.module = effect.allowed;
      return undefined;
    case "policy":
      governor.strict = effect.strict;
      return undefined;
  }
}

function votable({ token, supply, excluded }: Governor, second: number): bigint {
  return supply - votesAt(token, excluded, second);
}

function reached(governor: Governor, proposal: Proposal): boolean {
  const [, forVotes, abstain] = proposal.tally;
  return forVotes + abstain >= quorumOf(governor, proposal);
}

function approved({ tally: [against, forVotes], class: index }: Proposal): boolean {
  return forVotes * BPS > (forVotes + against) * classes[index].approvalBps;
}

function early(governor: Governor, proposal: Proposal): boolean {
  if (proposal.class !== 0) return false;
  const half = proposal.tally[1] * 2n >= votable(governor, proposal.snapshot);
  return half && reached(governor, proposal) && approved(proposal);
}
