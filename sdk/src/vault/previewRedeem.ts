import type { Address } from "viem";
import { previewRedeem as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads how many assets a redemption would pay in this very block, in asset wei, rounded down. Whether the markets have them
 * is not looked at: `maxRedeem` and `simulateRedeem` do that.
 *
 * @throws CompoundingVault__AdapterFailed while a market's view fails: nobody can say then
 * @example
 * const assets = await previewRedeem(client, { vault, shares: 10n ** 18n });
 */
export function previewRedeem(
  client: ReadClient,
  { vault, shares, ...options }: previewRedeem.Parameters,
): Promise<bigint> {
  return read(client, abi, vault, [shares], options);
}

export declare namespace previewRedeem {
  type Parameters = {
    vault: Address;
    /** In share wei. */
    shares: bigint;
  } & ReadOptions;
}
