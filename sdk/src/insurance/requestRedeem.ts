import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { requestRedeem as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Queues shares of the sender, to leave 21 days later. They are worth at most what they are worth now, earn nothing more, and
 * pay for losses until they have left.
 *
 * Ends in `UnderwritingPool__ZeroShares`, `__ZeroAddress` or `__TooMuch`.
 *
 * @example
 * const hash = await requestRedeem(client, { pool, shares: 10n ** 12n, receiver });
 */
export function requestRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: requestRedeem.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRequestRedeem(parameters), parameters);
}

/**
 * Tries {@link requestRedeem} and says the number of the request.
 *
 * @example
 * const { requestId, request } = await simulateRequestRedeem(client, { pool, shares: 10n ** 12n, receiver });
 */
export async function simulateRequestRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareRequestRedeem.Parameters & WriteOptions<chain, account>,
): Promise<{ requestId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRequestRedeem(parameters), parameters);
  return { requestId: result, request };
}

/**
 * Encodes {@link requestRedeem}.
 *
 * @example
 * const call = prepareRequestRedeem({ pool, shares: 10n ** 12n, receiver });
 */
export function prepareRequestRedeem({ pool, shares, receiver }: prepareRequestRedeem.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, [shares, receiver]);
}

export declare namespace prepareRequestRedeem {
  type Parameters = {
    pool: Address;
    /** Pool shares, in share wei. */
    shares: bigint;
    /** Owns the request: it alone cancels, and is paid. */
    receiver: Address;
  };
}

export declare namespace requestRedeem {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRequestRedeem.Parameters & WriteOptions<chain, account>;
}
