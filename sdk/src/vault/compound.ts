import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { compound as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Claims rewards, starts their auctions and takes what was earned into the vault, for a tip. Anyone may.
 *
 * @example
 * const hash = await compound(client, { vault });
 */
export function compound<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: compound.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCompound(parameters), parameters);
}

/**
 * Tries {@link compound} and says how many assets it would take in.
 *
 * @example
 * const { gain, request } = await simulateCompound(client, { vault });
 */
export async function simulateCompound<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCompound.Parameters & WriteOptions<chain, account>,
): Promise<{ gain: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCompound(parameters), parameters);
  return { gain: result, request };
}

/**
 * Encodes {@link compound}.
 *
 * @example
 * const call = prepareCompound({ vault });
 */
export function prepareCompound({ vault }: prepareCompound.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, []);
}

export declare namespace prepareCompound {
  type Parameters = {
    vault: Address;
  };
}

export declare namespace compound {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCompound.Parameters & WriteOptions<chain, account>;
}
