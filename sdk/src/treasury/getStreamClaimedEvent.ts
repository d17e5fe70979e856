import type { Address } from "viem";
import { StreamClaimed } from "../abis/PayrollStreams.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how much of a stream was paid, and to whom.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getStreamClaimedEvent(receipt, { streams });
 */
export function getStreamClaimedEvent(
  receipt: Receipt,
  { streams }: getStreamClaimedEvent.Parameters,
): EventArgs<typeof StreamClaimed> {
  return getEvent(StreamClaimed, receipt, streams);
}

export declare namespace getStreamClaimedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    streams: Address;
  };
}
