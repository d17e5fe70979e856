import type { Address } from "viem";
import { maxRedeem as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads the most shares that an owner can redeem now, in share wei, rounded down: fewer than there are where the markets lack
 * liquidity, and 0 while one fails; `exit` leaves past it.
 *
 * @example
 * const shares = await maxRedeem(client, { vault, owner });
 */
export function maxRedeem(client: ReadClient, { vault, owner, ...options }: maxRedeem.Parameters): Promise<bigint> {
  return read(client, abi, vault, [owner], options);
}

export declare namespace maxRedeem {
  type Parameters = {
    vault: Address;
    owner: Address;
  } & ReadOptions;
}
