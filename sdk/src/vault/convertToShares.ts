import type { Address } from "viem";
import { convertToShares as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads how many shares assets are worth now, in share wei (18 decimals), rounded down.
 *
 * @throws CompoundingVault__AdapterFailed while a market's view fails: nobody can say then
 * @example
 * const shares = await convertToShares(client, { vault, assets: 1_000_000n });
 */
export function convertToShares(
  client: ReadClient,
  { vault, assets, ...options }: convertToShares.Parameters,
): Promise<bigint> {
  return read(client, abi, vault, [assets], options);
}

export declare namespace convertToShares {
  type Parameters = {
    vault: Address;
    /** In asset wei. */
    assets: bigint;
  } & ReadOptions;
}
