import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { recall as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Takes what a dropped adapter still pays into the vault. Curators.
 *
 * @example
 * const hash = await recall(client, { vault, adapter });
 */
export function recall<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: recall.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRecall(parameters), parameters);
}

/**
 * Tries {@link recall} and says how many assets it would bring back.
 *
 * @example
 * const { assets, request } = await simulateRecall(client, { vault, adapter });
 */
export async function simulateRecall<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareRecall.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRecall(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link recall}.
 *
 * @example
 * const call = prepareRecall({ vault, adapter });
 */
export function prepareRecall({ vault, adapter }: prepareRecall.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter]);
}

export declare namespace prepareRecall {
  type Parameters = {
    vault: Address;
    adapter: Address;
  };
}

export declare namespace recall {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRecall.Parameters & WriteOptions<chain, account>;
}
