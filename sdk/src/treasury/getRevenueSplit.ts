import type { Address } from "viem";
import { split as abi } from "../abis/RevenueSplitter.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";
import type { RevenueSplit } from "./prepareSetRevenueSplit.ts";

/**
 * Reads how revenue is split, in basis points: 10,000 in all.
 *
 * @example
 * const split = await getRevenueSplit(client, { splitter });
 */
export function getRevenueSplit(
  client: ReadClient,
  { splitter, ...options }: getRevenueSplit.Parameters,
): Promise<RevenueSplit> {
  return read(client, abi, splitter, [], options);
}

export declare namespace getRevenueSplit {
  type Parameters = {
    splitter: Address;
  } & ReadOptions;
}
