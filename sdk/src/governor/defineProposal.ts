import { type Address, encodeAbiParameters, type Hash, type Hex, keccak256, stringToHex } from "viem";
import type { Action } from "../core/call.ts";

/** What a governor votes on, in the form that it is proposed, queued, executed and cancelled. */
export type Proposal = {
  readonly targets: readonly Address[];
  readonly values: readonly bigint[];
  readonly calldatas: readonly Hex[];
  /** With the proposer's suffix, if it was proposed with one. */
  readonly description: string;
};

/**
 * Makes a proposal of calls. The suffix `#proposer=…` that it appends to the description lets nobody else propose the
 * same, which would leave the first proposer without a right to it.
 *
 * @example
 * const proposal = defineProposal({
 *   calls: [prepareRaiseDepositCap({ vault, cap: 10n ** 13n })],
 *   description: "Raise the deposit cap",
 *   proposer,
 * });
 */
export function defineProposal({ calls, description, proposer }: defineProposal.Parameters): Proposal {
  return {
    targets: calls.map(({ to }) => to),
    values: calls.map(({ value = 0n }) => value),
    calldatas: calls.map(({ data }) => data),
    description: `${description}#proposer=${proposer}`,
  };
}

export declare namespace defineProposal {
  type Parameters = {
    /** What the DAO does if the proposal passes, in this order. */
    calls: readonly Action[];
    /** Why. Markdown, by custom with a title in the first line. */
    description: string;
    /** Sends the proposal. */
    proposer: Address;
  };
}

/**
 * Computes the id that a governor gives to a proposal.
 *
 * @example
 * const proposalId = getProposalId(proposal);
 */
export function getProposalId(proposal: Proposal): bigint {
  const types = [{ type: "address[]" }, { type: "uint256[]" }, { type: "bytes[]" }, { type: "bytes32" }] as const;
  return BigInt(keccak256(encodeAbiParameters(types, proposalArgs(proposal))));
}

/** @internal What the governor takes after the proposing: the hash instead of the text. */
export function proposalArgs({ targets, values, calldatas, description }: Proposal) {
  return [targets, values, calldatas, keccak256(stringToHex(description))] satisfies [unknown, unknown, unknown, Hash];
}
