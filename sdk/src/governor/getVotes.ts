import type { Address } from "viem";
import { getVotes as abi } from "../abis/MillGovernor.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads the votes that an account had at a time, of token and stake together, in token wei.
 *
 * @throws ERC5805FutureLookup when `timepoint` is not in the past
 * @example
 * const votes = await getVotes(client, { governor, account, timepoint: 1_700_000_000n });
 */
export function getVotes(
  client: ReadClient,
  { governor, account, timepoint, ...options }: getVotes.Parameters,
): Promise<bigint> {
  return read(client, abi, governor, [account, timepoint], options);
}

export declare namespace getVotes {
  type Parameters = {
    governor: Address;
    account: Address;
    /** In seconds, in the past. */
    timepoint: bigint;
  } & ReadOptions;
}
