import type { Address } from "viem";
import { maxDeposit as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads the most assets that a vault takes now, in asset wei. 0 where it takes none: stopped, full, below 98 % of its entry
 * mark (below all of it while a gain waits), with a market that fails, or with a gate that refuses the receiver.
 *
 * @example
 * const assets = await maxDeposit(client, { vault, receiver });
 */
export function maxDeposit(
  client: ReadClient,
  { vault, receiver, ...options }: maxDeposit.Parameters,
): Promise<bigint> {
  return read(client, abi, vault, [receiver], options);
}

export declare namespace maxDeposit {
  type Parameters = {
    vault: Address;
    receiver: Address;
  } & ReadOptions;
}
