import { type Account, type Address, type Chain, type Client, encodePacked, type Hash, type Transport } from "viem";
import { castVoteWithReasonAndParams as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/** @internal The governor's number for a split vote. */
export const FRACTIONAL = 255;

/**
 * Splits the sender's votes over the three answers. What is not used now can be used later.
 *
 * @example
 * const hash = await voteFractional(client, { governor, proposalId, against: 0n, for: 60n * 10n ** 18n, abstain: 40n * 10n ** 18n });
 */
export function voteFractional<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: voteFractional.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareVoteFractional(parameters), parameters);
}

/**
 * Encodes {@link voteFractional}.
 *
 * @example
 * const call = prepareVoteFractional({ governor, proposalId, against: 10n ** 18n, for: 0n, abstain: 0n });
 */
export function prepareVoteFractional(parameters: prepareVoteFractional.Parameters): Call<typeof abi> {
  const { governor, proposalId, reason = "" } = parameters;
  return defineCall(abi, governor, [proposalId, FRACTIONAL, reason, encodeParts(parameters)]);
}

/** @internal The governor reads three 128-bit numbers side by side. */
export function encodeParts({ against, for: inFavour, abstain }: Parts) {
  return encodePacked(["uint128", "uint128", "uint128"], [against, inFavour, abstain]);
}

/** Votes per answer, in token wei. */
export type Parts = { against: bigint; for: bigint; abstain: bigint };

export declare namespace prepareVoteFractional {
  type Parameters = Parts & {
    governor: Address;
    proposalId: bigint;
    /** For others to read. */
    reason?: string;
  };
}

export declare namespace voteFractional {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareVoteFractional.Parameters & WriteOptions<chain, account>;
}
