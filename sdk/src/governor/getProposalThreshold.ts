import type { Address } from "viem";
import { proposalThreshold as abi } from "../abis/MillGovernor.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads the least votes that proposing takes, in token wei.
 *
 * @example
 * const votes = await getProposalThreshold(client, { governor });
 */
export function getProposalThreshold(
  client: ReadClient,
  { governor, ...options }: getProposalThreshold.Parameters,
): Promise<bigint> {
  return read(client, abi, governor, [], options);
}

export declare namespace getProposalThreshold {
  type Parameters = {
    governor: Address;
  } & ReadOptions;
}
