import type { Address } from "viem";
import { getSales as abi, code } from "../abis/AuctionLens.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";

/** A reward, its running lot if there is one, and its price now. */
export type Sale = Result<typeof abi>[number];

/**
 * Reads every reward that an auction sells at one block, in one `eth_call`.
 *
 * @example
 * const sales = await getAuctions(client, { auction });
 * const running = sales.filter(({ price }) => price > 0n);
 */
export function getAuctions(
  client: ReadClient,
  { auction, ...options }: getAuctions.Parameters,
): Promise<readonly Sale[]> {
  return readLens(client, abi, code, [auction], options);
}

export declare namespace getAuctions {
  type Parameters = {
    auction: Address;
  } & ReadOptions;
}
