import type { Address } from "viem";
import { getPositions as abi, code } from "../abis/PositionLens.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";
import type { Position } from "../vault/getPosition.ts";

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
  return readLens(client, abi, code, [vaults, owner], options);
}

export declare namespace getPortfolio {
  type Parameters = {
    /** Positions come back in this order. */
    vaults: readonly Address[];
    owner: Address;
  } & ReadOptions;
}
