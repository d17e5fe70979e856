import type { Address } from "viem";
import { CoverCancelled } from "../abis/CoverManager.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what came back for a cancelled cover, in asset wei.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getCoverCancelledEvent(receipt, { coverManager });
 */
export function getCoverCancelledEvent(
  receipt: Receipt,
  { coverManager }: getCoverCancelledEvent.Parameters,
): EventArgs<typeof CoverCancelled> {
  return getEvent(CoverCancelled, receipt, coverManager);
}

export declare namespace getCoverCancelledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    coverManager: Address;
  };
}
