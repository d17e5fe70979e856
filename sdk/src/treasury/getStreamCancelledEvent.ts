import type { Address } from "viem";
import { StreamCancelled } from "../abis/PayrollStreams.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what the recipient keeps and what went back.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getStreamCancelledEvent(receipt, { streams });
 */
export function getStreamCancelledEvent(
  receipt: Receipt,
  { streams }: getStreamCancelledEvent.Parameters,
): EventArgs<typeof StreamCancelled> {
  return getEvent(StreamCancelled, receipt, streams);
}

export declare namespace getStreamCancelledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    streams: Address;
  };
}
