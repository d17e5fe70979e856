import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { removeAdapter as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Drops an adapter, whatever state it is in: it counts 0 from then on and the loss is realised. Where it has more than
 * `maxLoss` (asset wei) it is refused, `CompoundingVault__AboveMaxLoss`: `deallocate` all of it first, and leave something for
 * what the market rounds away and for gifts. What can't be read counts as 2^256 − 1. Curators.
 *
 * @example
 * const hash = await removeAdapter(client, { vault, adapter, maxLoss: 10_000n });
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
 * const call = prepareRemoveAdapter({ vault, adapter, maxLoss: 10_000n });
 */
export function prepareRemoveAdapter({ vault, adapter, maxLoss }: prepareRemoveAdapter.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter, maxLoss]);
}

export declare namespace prepareRemoveAdapter {
  type Parameters = {
    vault: Address;
    adapter: Address;
    /** Most asset wei that it may still have. */
    maxLoss: bigint;
  };
}

export declare namespace removeAdapter {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRemoveAdapter.Parameters & WriteOptions<chain, account>;
}
