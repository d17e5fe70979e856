import type { Address } from "viem";
import { getProposal as abi, code } from "../abis/ProposalLens.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";

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

/** A proposal at one block: where it stands, its votes, and what it needs. */
export type ProposalState = Omit<Result<typeof abi>, "state" | "class"> & {
  state: (typeof PROPOSAL_STATES)[number];
  class: (typeof PROPOSAL_CLASSES)[number];
};

/**
 * Reads everything about a proposal at one block, in one `eth_call`.
 *
 * @example
 * const { state, forVotes, quorum, deadline } = await getProposal(client, { governor, proposalId });
 */
export async function getProposal(
  client: ReadClient,
  { governor, proposalId, ...options }: getProposal.Parameters,
): Promise<ProposalState> {
  const proposal = await readLens(client, abi, code, [governor, proposalId], options);
  const state = PROPOSAL_STATES[proposal.state] as ProposalState["state"];
  return { ...proposal, state, class: PROPOSAL_CLASSES[proposal.class] as ProposalState["class"] };
}

export declare namespace getProposal {
  type Parameters = {
    governor: Address;
    proposalId: bigint;
  } & ReadOptions;
}
