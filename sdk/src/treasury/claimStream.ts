import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { claim as abi } from "../abis/PayrollStreams.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Pays what has flowed. The recipient of the stream.
 *
 * @example
 * const hash = await claimStream(client, { streams, streamId, receiver });
 */
export function claimStream<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: claimStream.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareClaimStream(parameters), parameters);
}

/**
 * Tries {@link claimStream} and says how much it would pay.
 *
 * @example
 * const { amount, request } = await simulateClaimStream(client, { streams, streamId, receiver });
 */
export async function simulateClaimStream<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareClaimStream.Parameters & WriteOptions<chain, account>,
): Promise<{ amount: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareClaimStream(parameters), parameters);
  return { amount: result, request };
}

/**
 * Encodes {@link claimStream}.
 *
 * @example
 * const call = prepareClaimStream({ streams, streamId, receiver });
 */
export function prepareClaimStream({ streams, streamId, receiver }: prepareClaimStream.Parameters): Call<typeof abi> {
  return defineCall(abi, streams, [streamId, receiver]);
}

export declare namespace prepareClaimStream {
  type Parameters = {
    streams: Address;
    /** As {@link createStream}'s event gives it: the token's address · 2^96 + a number that counts from 1. */
    streamId: bigint;
    /** Gets the tokens. */
    receiver: Address;
  };
}

export declare namespace claimStream {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareClaimStream.Parameters & WriteOptions<chain, account>;
}
