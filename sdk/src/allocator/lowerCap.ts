import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { lowerCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lowers an adapter's own cap, at once. Guardians and allocators.
 *
 * @example
 * const hash = await lowerCap(client, { vault, adapter, cap: 10n ** 12n });
 */
export function lowerCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: lowerCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareLowerCap(parameters), parameters);
}

/**
 * Encodes {@link lowerCap}.
 *
 * @example
 * const call = prepareLowerCap({ vault, adapter, cap: 10n ** 12n });
 */
export function prepareLowerCap({ vault, adapter, cap }: prepareLowerCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter, cap]);
}

export declare namespace prepareLowerCap {
  type Parameters = {
    vault: Address;
    adapter: Address;
    /** Most assets that may be in the adapter, in asset wei. */
    cap: bigint;
  };
}

export declare namespace lowerCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareLowerCap.Parameters & WriteOptions<chain, account>;
}
