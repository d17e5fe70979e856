import type { Address } from "viem";
import { previewDeposit as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads how many shares a deposit would mint in this very block.
 *
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
