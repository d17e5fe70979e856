import type { Address } from "viem";
import { convertToAssets as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads what shares are worth now, in asset wei, rounded down; whether a market can pay it says `maxWithdraw`.
 *
 * @throws CompoundingVault__AdapterFailed while a market's view fails: nobody can say then
 * @example
 * const assets = await convertToAssets(client, { vault, shares: 10n ** 18n });
 */
export function convertToAssets(
  client: ReadClient,
  { vault, shares, ...options }: convertToAssets.Parameters,
): Promise<bigint> {
  return read(client, abi, vault, [shares], options);
}

export declare namespace convertToAssets {
  type Parameters = {
    vault: Address;
    /** In share wei. */
    shares: bigint;
  } & ReadOptions;
}
