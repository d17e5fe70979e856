import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { cancel as abi } from "../abis/PayrollStreams.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Ends a stream: what has flowed stays the recipient's, the rest goes back. Its funder.
 *
 * @example
 * const hash = await cancelStream(client, { streams, streamId });
 */
export function cancelStream<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: cancelStream.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCancelStream(parameters), parameters);
}

/**
 * Tries {@link cancelStream} and says how much would go back.
 *
 * @example
 * const { refunded, request } = await simulateCancelStream(client, { streams, streamId });
 */
export async function simulateCancelStream<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCancelStream.Parameters & WriteOptions<chain, account>,
): Promise<{ refunded: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCancelStream(parameters), parameters);
  return { refunded: result, request };
}

/**
 * Encodes {@link cancelStream}.
 *
 * @example
 * const call = prepareCancelStream({ streams, streamId });
 */
export function prepareCancelStream({ streams, streamId }: prepareCancelStream.Parameters): Call<typeof abi> {
  return defineCall(abi, streams, [streamId]);
}

export declare namespace prepareCancelStream {
  type Parameters = {
    streams: Address;
    /** As {@link createStream}'s event gives it: the token's address · 2^96 + a number that counts from 1. */
    streamId: bigint;
  };
}

export declare namespace cancelStream {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCancelStream.Parameters & WriteOptions<chain, account>;
}
