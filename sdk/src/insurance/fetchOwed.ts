import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { fetchOwed as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Fetches a payment that the asset refused to bring to the sender.
 *
 * Ends in `UnderwritingPool__NothingOwed` or `__ZeroAddress`.
 *
 * @example
 * const hash = await fetchOwed(client, { pool, receiver });
 */
export function fetchOwed<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: fetchOwed.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFetchOwed(parameters), parameters);
}

/**
 * Tries {@link fetchOwed} and says how much that is, in asset wei.
 *
 * @example
 * const { assets, request } = await simulateFetchOwed(client, { pool, receiver });
 */
export async function simulateFetchOwed<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareFetchOwed.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareFetchOwed(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link fetchOwed}.
 *
 * @example
 * const call = prepareFetchOwed({ pool, receiver });
 */
export function prepareFetchOwed({ pool, receiver }: prepareFetchOwed.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, [receiver]);
}

export declare namespace prepareFetchOwed {
  type Parameters = {
    pool: Address;
    /** Gets the assets. */
    receiver: Address;
  };
}

export declare namespace fetchOwed {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFetchOwed.Parameters & WriteOptions<chain, account>;
}
