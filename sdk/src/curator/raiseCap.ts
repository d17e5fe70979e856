import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { raiseCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Raises an adapter's own cap. Curators.
 *
 * @example
 * const hash = await raiseCap(client, { vault, adapter, cap: 10n ** 12n });
 */
export function raiseCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: raiseCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRaiseCap(parameters), parameters);
}

/**
 * Encodes {@link raiseCap}.
 *
 * @example
 * const call = prepareRaiseCap({ vault, adapter, cap: 10n ** 12n });
 */
export function prepareRaiseCap({ vault, adapter, cap }: prepareRaiseCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter, cap]);
}

export declare namespace prepareRaiseCap {
  type Parameters = {
    vault: Address;
    adapter: Address;
    /** Most assets that may be in the adapter, in asset wei; 2^88 − 1 means no cap of its own. */
    cap: bigint;
  };
}

export declare namespace raiseCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRaiseCap.Parameters & WriteOptions<chain, account>;
}
