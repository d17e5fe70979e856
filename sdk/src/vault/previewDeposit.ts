import type { Address } from "viem";
import { previewDeposit as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads how many shares a deposit would mint in this very block, in share wei (18 decimals), rounded down. Caps, a gate and
 * the entry mark are not looked at: `maxDeposit` and `simulateDeposit` do that.
 *
 * @throws CompoundingVault__AdapterFailed while a market's view fails: nobody can say then
 * @example
 * const shares = await previewDeposit(client, { vault, assets: 1_000_000n });
 */
export function previewDeposit(
  client: ReadClient,
  { vault, assets, ...options }: previewDeposit.Parameters,
): Promise<bigint> {
  return read(client, abi, vault, [assets], options);
}

export declare namespace previewDeposit {
  type Parameters = {
    vault: Address;
    /** In asset wei. */
    assets: bigint;
  } & ReadOptions;
}
