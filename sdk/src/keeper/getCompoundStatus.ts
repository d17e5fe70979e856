import type { Address } from "viem";
import { compoundStatus as abi } from "../abis/VaultUpkeep.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/** Whether compounding is worth it: assets not yet in the books, the tip of them, and what could be lent. */
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
