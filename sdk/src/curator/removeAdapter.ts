import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { removeAdapter as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Drops an adapter, whatever state it is in: it counts 0 from then on and the loss is realised. Curators.
 *
 * @example
 * const hash = await removeAdapter(client, { vault, adapter });
 */
export function removeAdapter<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: removeAdapter.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRemoveAdapter(parameters), parameters);
}

/**
 * Encodes {@link removeAdapter}.
 *
 * @example
 * const call = prepareRemoveAdapter({ vault, adapter });
 */
export function prepareRemoveAdapter({ vault, adapter }: prepareRemoveAdapter.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter]);
}

export declare namespace prepareRemoveAdapter {
  type Parameters = {
    vault: Address;
    adapter: Address;
  };
}

export declare namespace removeAdapter {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRemoveAdapter.Parameters & WriteOptions<chain, account>;
}
