import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { start as abi } from "../abis/RewardAuction.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Starts a lot with all of a reward that is there. Anyone may.
 *
 * @example
 * const hash = await startAuction(client, { auction, token });
 */
export function startAuction<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: startAuction.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStartAuction(parameters), parameters);
}

/**
 * Tries {@link startAuction} and says how much the lot would hold.
 *
 * @example
 * const { amount, request } = await simulateStartAuction(client, { auction, token });
 */
export async function simulateStartAuction<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareStartAuction.Parameters & WriteOptions<chain, account>,
): Promise<{ amount: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareStartAuction(parameters), parameters);
  return { amount: result, request };
}

/**
 * Encodes {@link startAuction}.
 *
 * @example
 * const call = prepareStartAuction({ auction, token });
 */
export function prepareStartAuction({ auction, token }: prepareStartAuction.Parameters): Call<typeof abi> {
  return defineCall(abi, auction, [token]);
}

export declare namespace prepareStartAuction {
  type Parameters = {
    auction: Address;
    /** The reward. */
    token: Address;
  };
}

export declare namespace startAuction {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStartAuction.Parameters & WriteOptions<chain, account>;
}
