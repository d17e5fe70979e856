import type { Abi, Address } from "viem";
import { multicall } from "viem/actions";
import type { Fragment, Result } from "./call.ts";
import type { ReadClient, ReadOptions } from "./read.ts";

type ReadCall = readonly [abi: Fragment, address: Address, args: readonly unknown[]];
type Results<calls extends readonly ReadCall[]> = { readonly [at in keyof calls]: Result<calls[at][0]> };

/** @internal Reads several functions in one `eth_call`, so that all of it is of one block, on chains without a multicall too. */
export async function readMany<const calls extends readonly ReadCall[]>(
  client: ReadClient,
  calls: calls,
  { blockNumber, blockTag, stateOverride }: ReadOptions,
): Promise<Results<calls>> {
  // To viem they are some functions of some ABIs: what the fragments say of them is said again.
  const contracts = calls.map(([abi, address, args]) => ({
    abi: abi as Abi,
    address,
    functionName: abi[0].name,
    args,
  }));
  // A batch size of 0 keeps them together.
  const how = { stateOverride, allowFailure: false, deployless: true, batchSize: 0 } as const;
  const at = blockNumber === undefined ? { blockTag } : { blockNumber };
  return (await multicall(client, { contracts, ...how, ...at })) as Results<calls>;
}
