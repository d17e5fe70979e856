import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { castVoteBySig, castVoteWithReasonAndParamsBySig } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import type { Ballot } from "./signVote.ts";

/**
 * Sends a vote that somebody else signed. The sender pays the gas and has no say.
 *
 * @example
 * const hash = await voteBySig(client, { governor, ballot });
 */
export function voteBySig<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: voteBySig.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareVoteBySig(parameters) as Call<typeof castVoteBySig>, parameters);
}

/**
 * Encodes {@link voteBySig}.
 *
 * @example
 * const call = prepareVoteBySig({ governor, ballot });
 */
export function prepareVoteBySig({
  governor,
  ballot,
}: prepareVoteBySig.Parameters): Call<typeof castVoteBySig> | Call<typeof castVoteWithReasonAndParamsBySig> {
  const { proposalId, support, voter, reason, params, signature } = ballot;
  if (!reason && params === "0x") return defineCall(castVoteBySig, governor, [proposalId, support, voter, signature]);
  const args = [proposalId, support, voter, reason, params, signature] as const;
  return defineCall(castVoteWithReasonAndParamsBySig, governor, args);
}

export declare namespace prepareVoteBySig {
  type Parameters = {
    governor: Address;
    /** As {@link signVote} made it. */
    ballot: Ballot;
  };
}

export declare namespace voteBySig {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareVoteBySig.Parameters & WriteOptions<chain, account>;
}
