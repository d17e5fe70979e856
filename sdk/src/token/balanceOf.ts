import type { Address } from "viem";
import { balanceOf as abi } from "../abis/MillToken.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads a balance, in token wei.
 *
 * @example
 * const amount = await balanceOf(client, { token, owner });
 */
export function balanceOf(client: ReadClient, { token, owner, ...options }: balanceOf.Parameters): Promise<bigint> {
  return read(client, abi, token, [owner], options);
}

export declare namespace balanceOf {
  type Parameters = {
    token: Address;
    owner: Address;
  } & ReadOptions;
}
