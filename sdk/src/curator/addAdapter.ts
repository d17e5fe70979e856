import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { addAdapter as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lists an adapter last in the order, with a cap of 0. Curators.
 *
 * @example
 * const hash = await addAdapter(client, { vault, adapter });
 */
export function addAdapter<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: addAdapter.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareAddAdapter(parameters), parameters);
}

/**
 * Encodes {@link addAdapter}.
 *
 * @example
 * const call = prepareAddAdapter({ vault, adapter });
 */
export function prepareAddAdapter({ vault, adapter }: prepareAddAdapter.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter]);
}

export declare namespace prepareAddAdapter {
  type Parameters = {
    vault: Address;
    adapter: Address;
  };
}

export declare namespace addAdapter {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareAddAdapter.Parameters & WriteOptions<chain, account>;
}
