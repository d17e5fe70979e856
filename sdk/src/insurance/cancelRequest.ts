import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { cancelRedeem as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { atLeast } from "../errors/SlippageError.ts";

/**
 * Takes shares back out of the queue: as many as are worth no more than the request was, rounded down. Only the request's
 * receiver. `minShares` is checked against the simulation.
 *
 * Ends in `UnderwritingPool__NoRequest` or `__NotReceiver`.
 *
 * @throws {SlippageError} when less than `minShares` would come back
 * @example
 * const hash = await cancelRequest(client, { pool, requestId: 1n, minShares: 1n });
 */
export function cancelRequest<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: cancelRequest.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCancelRequest(parameters), parameters, (result) =>
    atLeast("minShares", parameters, result),
  );
}

/**
 * Tries {@link cancelRequest} and says how many shares come back, in share wei.
 *
 * @example
 * const { shares, request } = await simulateCancelRequest(client, { pool, requestId: 1n });
 */
export async function simulateCancelRequest<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCancelRequest.Parameters & WriteOptions<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCancelRequest(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link cancelRequest}.
 *
 * @example
 * const call = prepareCancelRequest({ pool, requestId: 1n });
 */
export function prepareCancelRequest({ pool, requestId }: prepareCancelRequest.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, [requestId]);
}

export declare namespace prepareCancelRequest {
  type Parameters = {
    pool: Address;
    /** Of the request. */
    requestId: bigint;
  };
}

export declare namespace cancelRequest {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCancelRequest.Parameters & {
    /** Fewest shares that may come back, in share wei. */
    minShares: bigint;
  } & WriteOptions<chain, account>;
}
