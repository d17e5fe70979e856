import type { Address } from "viem";
import { claimable, streamOf, vested } from "../abis/PayrollStreams.ts";
import type { Result } from "../core/call.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";

/** A stream at one block: what it is, what has flowed, what can be claimed, in token wei. */
export type StreamState = Result<typeof streamOf> & { readonly vested: bigint; readonly claimable: bigint };

/**
 * Reads a stream at one block, in one `eth_call`: what has flowed is rounded down. Of one that never was, all is zeros.
 *
 * @example
 * const { vested, claimable, end } = await getStream(client, { streams, streamId });
 */
export async function getStream(
  client: ReadClient,
  { streams, streamId, ...options }: getStream.Parameters,
): Promise<StreamState> {
  const calls = [
    [streamOf, streams, [streamId]],
    [vested, streams, [streamId]],
    [claimable, streams, [streamId]],
  ] as const;
  const [stream, flowed, payable] = await readMany(client, calls, options);
  return { ...stream, vested: flowed, claimable: payable };
}

export declare namespace getStream {
  type Parameters = {
    streams: Address;
    /** As {@link createStream}'s event gives it: the token's address · 2^96 + a number that counts from 1. */
    streamId: bigint;
  } & ReadOptions;
}
