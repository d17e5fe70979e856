import type { Address } from "viem";
import { getPositions as abi, code } from "../abis/PositionLens.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";

/** What an account has in a vault, what it could withdraw now, and what it could still bring. */
export type Position = Result<typeof abi>[number];

/**
 * Reads what an account has in a vault at one block, in one `eth_call`.
 *
 * @example
 * const { shares, assets, maxWithdraw } = await getPosition(client, { vault, owner });
 */
export async function getPosition(
  client: ReadClient,
  { vault, owner, ...options }: getPosition.Parameters,
): Promise<Position> {
  const [position] = await readLens(client, abi, code, [[vault], owner], options);
  return position as Position;
}

export declare namespace getPosition {
  type Parameters = {
    vault: Address;
    owner: Address;
  } & ReadOptions;
}
