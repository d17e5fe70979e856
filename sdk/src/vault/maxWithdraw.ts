import type { Address } from "viem";
import { maxWithdraw as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads the most assets that an owner can withdraw now, in asset wei, rounded down: less than the shares are worth where the
 * markets lack liquidity, and 0 while one fails; `exit` leaves past it.
 *
 * @example
 * const assets = await maxWithdraw(client, { vault, owner });
 */
export function maxWithdraw(client: ReadClient, { vault, owner, ...options }: maxWithdraw.Parameters): Promise<bigint> {
  return read(client, abi, vault, [owner], options);
}

export declare namespace maxWithdraw {
  type Parameters = {
    vault: Address;
    owner: Address;
  } & ReadOptions;
}
