import type { Account, Address, BlockTag, Chain, Client, Hex, StateOverride, Transport } from "viem";
import { readContract } from "viem/actions";
import type { Args, Fragment, Result } from "./call.ts";

/** Any client can read. */
export type ReadClient = Client<Transport, Chain | undefined, Account | undefined>;

/** When to read, and in which imagined state. */
export type ReadOptions = {
  /** Replaces parts of the state for this read: balances, code, slots. */
  stateOverride?: StateOverride | undefined;
} & (
  | { blockNumber?: bigint | undefined; blockTag?: undefined }
  | { blockNumber?: undefined; blockTag?: BlockTag | undefined }
);

/** @internal Reads a function of the contract at `address`. */
export function read<const fragment extends Fragment>(
  client: ReadClient,
  abi: fragment,
  address: Address,
  args: Args<fragment>,
  options: ReadOptions,
): Promise<Result<fragment>> {
  return readContract(client, { ...options, abi, address, functionName: abi[0].name, args } as never) as never;
}

/** @internal Runs a lens's code, which is deployed nowhere: one `eth_call`, so that all of it is of one block. */
export function readLens<const fragment extends Fragment>(
  client: ReadClient,
  abi: fragment,
  code: Hex,
  args: Args<fragment>,
  { blockNumber, blockTag, stateOverride }: ReadOptions,
): Promise<Result<fragment>> {
  const when = { blockNumber, blockTag, stateOverride };
  return readContract(client, { ...when, abi, code, functionName: abi[0].name, args } as never) as never;
}
