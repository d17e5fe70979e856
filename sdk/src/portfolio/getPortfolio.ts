import type { Address } from "viem";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import type { Position } from "../vault/getPosition.ts";
import { readPositions } from "../vault/readPositions.ts";

/**
 * Reads what an account has in many vaults at one block, in one `eth_call`.
 *
 * @example
 * const [first] = await getPortfolio(client, { vaults: [vault], owner });
 */
export function getPortfolio(
  client: ReadClient,
  { vaults, owner, ...options }: getPortfolio.Parameters,
): Promise<readonly Position[]> {
  return readPositions(client, vaults, owner, options);
}

export declare namespace getPortfolio {
  type Parameters = {
    /** Positions come back in this order. At most 80: nodes bound what a call returns. */
    vaults: readonly Address[];
    owner: Address;
  } & ReadOptions;
}
