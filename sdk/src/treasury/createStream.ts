import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { create as abi } from "../abis/PayrollStreams.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/** What flows, to whom and when. */
export type StreamPlan = {
  token: Address;
  /** The only account that claims. */
  recipient: Address;
  /** Gets what a cancelled stream doesn't pay. */
  refundTo: Address;
  /** Taken from the sender, in token wei. */
  amount: bigint;
  /** Second at which it begins to flow. */
  start: number;
  /** Second before which nothing can be claimed. */
  cliff: number;
  /** Second at which all has flowed. */
  end: number;
};

/**
 * Funds a stream of the sender's tokens: it flows by the second, and what has not flowed comes back if it is
 * cancelled.
 *
 * @example
 * const hash = await createStream(client, { streams, plan });
 */
export function createStream<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: createStream.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCreateStream(parameters), parameters);
}

/**
 * Tries {@link createStream} and says which stream it would be.
 *
 * @example
 * const { streamId, request } = await simulateCreateStream(client, { streams, plan });
 */
export async function simulateCreateStream<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCreateStream.Parameters & WriteOptions<chain, account>,
): Promise<{ streamId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCreateStream(parameters), parameters);
  return { streamId: result, request };
}

/**
 * Encodes {@link createStream}.
 *
 * @example
 * const call = prepareCreateStream({ streams, plan });
 */
export function prepareCreateStream({ streams, plan }: prepareCreateStream.Parameters): Call<typeof abi> {
  return defineCall(abi, streams, [plan]);
}

export declare namespace prepareCreateStream {
  type Parameters = {
    streams: Address;
    /** What flows to whom, and when. */
    plan: StreamPlan;
  };
}

export declare namespace createStream {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCreateStream.Parameters & WriteOptions<chain, account>;
}
