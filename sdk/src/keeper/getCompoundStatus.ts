import type { Address } from "viem";
import { compoundStatus as abi } from "../abis/VaultUpkeep.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Whether compounding is worth it (`due`), an hour after the last time at the earliest; of the assets not yet in the books
 * (`skimmable`) what its caller would get (`tip`); what of the idle could be lent (`spare`); all in asset wei. And the second of
 * the last time (`compoundedAt`).
 */
export type CompoundStatus = Result<typeof abi>;

/**
 * Reads whether compounding a vault is worth it now, and what its caller would get.
 *
 * @example
 * const { due, tip } = await getCompoundStatus(client, { upkeep, vault });
 */
export function getCompoundStatus(
  client: ReadClient,
  { upkeep, vault, ...options }: getCompoundStatus.Parameters,
): Promise<CompoundStatus> {
  return read(client, abi, upkeep, [vault], options);
}

export declare namespace getCompoundStatus {
  type Parameters = {
    upkeep: Address;
    vault: Address;
  } & ReadOptions;
}
