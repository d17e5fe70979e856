import type { Abi, Account, Address, BlockTag, Chain, Client, StateOverride, Transport } from "viem";
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
  // To viem it is some function of some ABI: what the fragment says of it is said again.
  const call = { abi: abi as Abi, address, functionName: abi[0].name, args: args as readonly unknown[] };
  return readContract(client, { ...options, ...call }) as Promise<Result<fragment>>;
}
