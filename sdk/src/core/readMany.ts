import type { Address } from "viem";
import { multicall } from "viem/actions";
import type { Fragment, Result } from "./call.ts";
import type { ReadClient, ReadOptions } from "./read.ts";

type ReadCall = readonly [abi: Fragment, address: Address, args: readonly unknown[]];
type Results<calls extends readonly ReadCall[]> = { readonly [at in keyof calls]: Result<calls[at][0]> };

/** @internal Reads several functions in one `eth_call`, so that all of it is of one block, on chains without a multicall too. */
export function readMany<const calls extends readonly ReadCall[]>(
  client: ReadClient,
  calls: calls,
  { blockNumber, blockTag, stateOverride }: ReadOptions,
): Promise<Results<calls>> {
  const contracts = calls.map(([abi, address, args]) => ({ abi, address, functionName: abi[0].name, args }));
  // A batch size of 0 keeps them together.
  const how = { contracts, blockNumber, blockTag, stateOverride, allowFailure: false, deployless: true, batchSize: 0 };
  return multicall(client, how as never) as never;
}
