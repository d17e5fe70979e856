import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { deallocate as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Takes assets from an adapter back to idle. Guardians and allocators.
 *
 * @example
 * const hash = await deallocate(client, { vault, adapter, assets: 1_000_000n });
 */
export function deallocate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: deallocate.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDeallocate(parameters), parameters);
}

/**
 * Tries {@link deallocate} and says how many assets it would bring back.
 *
 * @example
 * const { paid, request } = await simulateDeallocate(client, { vault, adapter, assets: 1_000_000n });
 */
export async function simulateDeallocate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareDeallocate.Parameters & WriteOptions<chain, account>,
): Promise<{ paid: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareDeallocate(parameters), parameters);
  return { paid: result, request };
}

/**
 * Encodes {@link deallocate}.
 *
 * @example
 * const call = prepareDeallocate({ vault, adapter, assets: 1_000_000n });
 */
export function prepareDeallocate({ vault, adapter, assets }: prepareDeallocate.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter, assets]);
}

export declare namespace prepareDeallocate {
  type Parameters = {
    vault: Address;
    adapter: Address;
    /** In asset wei; 2^256 − 1 takes all that the market pays now. */
    assets: bigint;
  };
}

export declare namespace deallocate {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDeallocate.Parameters & WriteOptions<chain, account>;
}
