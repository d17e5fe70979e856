import type { Address } from "viem";
import { hasVoted as abi } from "../abis/MillGovernor.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads whether an account has voted on a proposal, with any of its votes; no for one that does not exist.
 *
 * @example
 * const voted = await hasVoted(client, { governor, proposalId, account });
 */
export function hasVoted(
  client: ReadClient,
  { governor, proposalId, account, ...options }: hasVoted.Parameters,
): Promise<boolean> {
  return read(client, abi, governor, [proposalId, account], options);
}

export declare namespace hasVoted {
  type Parameters = {
    governor: Address;
    proposalId: bigint;
    account: Address;
  } & ReadOptions;
}
