import type { Address } from "viem";
import {
  proposalDeadline,
  proposalEta,
  proposalProposer,
  proposalQuorum,
  proposalRules,
  proposalSnapshot,
  proposalVotes,
  state,
} from "../abis/MillGovernor.ts";
import { readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";

/** In the governor's order. */
export const PROPOSAL_STATES = [
  "pending",
  "active",
  "canceled",
  "defeated",
  "succeeded",
  "queued",
  "expired",
  "executed",
] as const;
/** In the governor's order, from the fastest to the strictest. */
export const PROPOSAL_CLASSES = ["emergency", "routine", "treasury", "critical"] as const;

/** A proposal at one block: where it stands, its votes, and what it needs. Votes in token wei, times in seconds. */
export type ProposalState = {
  readonly proposer: Address;
  /** The guardian can't cancel it: it replaces the policy or the guardian. */
  readonly isHatch: boolean;
  /** A claims module asked for it: only the guardian can cancel it. */
  readonly isClaim: boolean;
  readonly state: (typeof PROPOSAL_STATES)[number];
  readonly class: (typeof PROPOSAL_CLASSES)[number];
  /** Of the block. */
  readonly timestamp: bigint;
  readonly snapshot: bigint;
  readonly deadline: bigint;
  /** Second from which a queued proposal can be executed; 0 before it is queued. */
  readonly eta: bigint;
  readonly againstVotes: bigint;
  readonly forVotes: bigint;
  readonly abstainVotes: bigint;
  /** For and Abstain that it needs; 0 while pending, when its base is not known yet. */
  readonly quorum: bigint;
  /** For must be more than this part of For and Against. */
  readonly approvalBps: bigint;
  /** Seconds after the timelock's own delay. */
  readonly extraDelay: bigint;
};

/**
 * Reads everything about a proposal at one block, in one `eth_call`.
 *
 * @throws GovernorNonexistentProposal when there is no such proposal
 * @example
 * const { state, forVotes, quorum, deadline } = await getProposal(client, { governor, proposalId });
 */
export async function getProposal(
  client: ReadClient,
  { governor, proposalId, ...options }: getProposal.Parameters,
): Promise<ProposalState> {
  const steps = [
    [state, governor, [proposalId]],
    [proposalProposer, governor, [proposalId]],
    [proposalSnapshot, governor, [proposalId]],
    [proposalDeadline, governor, [proposalId]],
    [proposalEta, governor, [proposalId]],
    [proposalVotes, governor, [proposalId]],
    [proposalRules, governor, [proposalId]],
    [proposalQuorum, governor, [proposalId], true],
  ] as const;
  const { timestamp, answers } = await readLens(client, steps, options);
  const [stands, proposer, snapshot, deadline, eta, [againstVotes, forVotes, abstainVotes], rules, quorum = 0n] =
    answers;
  // `[pin 176][flags 8][class 8][quorumBps 16][approvalBps 16][extraDelay 32]`
  const field = (shift: bigint, bits: number) => BigInt.asUintN(bits, rules >> shift);
  const flags = field(72n, 8);
  return {
    proposer,
    isHatch: (flags & HATCH) > 0n,
    isClaim: (flags & CLAIM) > 0n,
    state: PROPOSAL_STATES[stands] as ProposalState["state"],
    class: PROPOSAL_CLASSES[Number(field(64n, 8))] as ProposalState["class"],
    timestamp,
    snapshot,
    deadline,
    eta,
    againstVotes,
    forVotes,
    abstainVotes,
    quorum: snapshot < timestamp ? quorum : 0n,
    approvalBps: field(32n, 16),
    extraDelay: field(0n, 32),
  };
}

const HATCH = 1n;
const CLAIM = 2n;

export declare namespace getProposal {
  type Parameters = {
    governor: Address;
    proposalId: bigint;
  } & ReadOptions;
}
