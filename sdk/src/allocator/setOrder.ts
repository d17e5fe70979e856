import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setOrder as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets the order in which a vault uses its adapters. Allocators.
 *
 * @example
 * const hash = await setOrder(client, { vault, adapters: [adapter] });
 */
export function setOrder<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setOrder.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetOrder(parameters), parameters);
}

/**
 * Encodes {@link setOrder}.
 *
 * @example
 * const call = prepareSetOrder({ vault, adapters: [adapter] });
 */
export function prepareSetOrder({ vault, adapters }: prepareSetOrder.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapters]);
}

export declare namespace prepareSetOrder {
  type Parameters = {
    vault: Address;
    /** All of the vault's adapters; the first one takes deposits. */
    adapters: readonly Address[];
  };
}

export declare namespace setOrder {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetOrder.Parameters & WriteOptions<chain, account>;
}
