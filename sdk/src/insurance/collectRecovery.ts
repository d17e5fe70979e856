import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { collect as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Has the pool redeem the vault shares that came back to it with a recovery; what they bring in streams to the underwriters.
 * Anyone.
 *
 * Ends in `CoverManager__NoProduct`, or as the vault does while it can't pay.
 *
 * @example
 * const hash = await collectRecovery(client, { coverManager, product: 0 });
 */
export function collectRecovery<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: collectRecovery.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCollectRecovery(parameters), parameters);
}

/**
 * Tries {@link collectRecovery} and says what the shares bring in, in asset wei.
 *
 * @example
 * const { assets, request } = await simulateCollectRecovery(client, { coverManager, product: 0 });
 */
export async function simulateCollectRecovery<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCollectRecovery.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCollectRecovery(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link collectRecovery}.
 *
 * @example
 * const call = prepareCollectRecovery({ coverManager, product: 0 });
 */
export function prepareCollectRecovery({ coverManager, product }: prepareCollectRecovery.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [product]);
}

export declare namespace prepareCollectRecovery {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
  };
}

export declare namespace collectRecovery {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCollectRecovery.Parameters & WriteOptions<chain, account>;
}
