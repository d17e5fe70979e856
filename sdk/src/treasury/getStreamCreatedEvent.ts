import type { Address } from "viem";
import { StreamCreated } from "../abis/PayrollStreams.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says which stream was made, and how much it holds.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getStreamCreatedEvent(receipt, { streams });
 */
export function getStreamCreatedEvent(
  receipt: Receipt,
  { streams }: getStreamCreatedEvent.Parameters,
): EventArgs<typeof StreamCreated> {
  return getEvent(StreamCreated, receipt, streams);
}

export declare namespace getStreamCreatedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    streams: Address;
  };
}
