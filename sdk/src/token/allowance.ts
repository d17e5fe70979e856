import type { Address } from "viem";
import { allowance as abi } from "../abis/MillToken.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";

/**
 * Reads how many tokens of an owner a spender may take, in token wei.
 *
 * @example
 * const amount = await allowance(client, { token, owner, spender });
 */
export function allowance(
  client: ReadClient,
  { token, owner, spender, ...options }: allowance.Parameters,
): Promise<bigint> {
  return read(client, abi, token, [owner, spender], options);
}

export declare namespace allowance {
  type Parameters = {
    token: Address;
    owner: Address;
    spender: Address;
  } & ReadOptions;
}
