import type { Address } from "viem";
import { getPosition as abi, code } from "../abis/PositionLens.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";

/** What an account has in a vault, what it could withdraw now, and what it could still bring. */
export type Position = Result<typeof abi>;

/**
 * Reads what an account has in a vault at one block, in one `eth_call`.
 *
 * @example
 * const { shares, assets, maxWithdraw } = await getPosition(client, { vault, owner });
 */
export function getPosition(
  client: ReadClient,
  { vault, owner, ...options }: getPosition.Parameters,
): Promise<Position> {
  return readLens(client, abi, code, [vault, owner], options);
}

export declare namespace getPosition {
  type Parameters = {
    vault: Address;
    owner: Address;
  } & ReadOptions;
}
