import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { castVoteWithReason as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/** What a vote says, in the governor's order. */
export const SUPPORT = ["against", "for", "abstain"] as const;
/** What a vote says. */
export type Support = (typeof SUPPORT)[number];

/**
 * Votes on a proposal with all votes that the sender had at its snapshot and has not used yet.
 *
 * @example
 * const hash = await vote(client, { governor, proposalId, support: "for" });
 */
export function vote<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: vote.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareVote(parameters), parameters);
}

/**
 * Encodes {@link vote}.
 *
 * @example
 * const call = prepareVote({ governor, proposalId, support: "against", reason: "The cap is too high." });
 */
export function prepareVote({ governor, proposalId, support, reason = "" }: prepareVote.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [proposalId, SUPPORT.indexOf(support), reason]);
}

export declare namespace prepareVote {
  type Parameters = {
    governor: Address;
    proposalId: bigint;
    support: Support;
    /** For others to read. */
    reason?: string;
  };
}

export declare namespace vote {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareVote.Parameters & WriteOptions<chain, account>;
}
