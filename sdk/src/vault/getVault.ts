import type { Address } from "viem";
import { getVault as abi, code } from "../abis/VaultLens.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";

/** A vault at one block: what it holds and where, its price, its bounds. */
export type VaultState = Result<typeof abi>;

/**
 * Reads everything about a vault at one block, in one `eth_call`. A broken market does not make it fail: `isFailing` says so.
 *
 * @example
 * const { totalAssets, pps, allocations } = await getVault(client, { vault });
 */
export function getVault(client: ReadClient, { vault, ...options }: getVault.Parameters): Promise<VaultState> {
  return readLens(client, abi, code, [vault], options);
}

export declare namespace getVault {
  type Parameters = {
    vault: Address;
  } & ReadOptions;
}
