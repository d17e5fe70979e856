import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { allocate as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lends idle assets through an adapter, within its caps. Allocators.
 *
 * @example
 * const hash = await allocate(client, { vault, adapter, assets: 1_000_000n });
 */
export function allocate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: allocate.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareAllocate(parameters), parameters);
}

/**
 * Encodes {@link allocate}.
 *
 * @example
 * const call = prepareAllocate({ vault, adapter, assets: 1_000_000n });
 */
export function prepareAllocate({ vault, adapter, assets }: prepareAllocate.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter, assets]);
}

export declare namespace prepareAllocate {
  type Parameters = {
    vault: Address;
    adapter: Address;
    /** In asset wei. */
    assets: bigint;
  };
}

export declare namespace allocate {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareAllocate.Parameters & WriteOptions<chain, account>;
}
