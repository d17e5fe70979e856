import type { Address } from "viem";
import { CoverExtended } from "../abis/CoverManager.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says when an extended cover expires, and what that cost.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getCoverExtendedEvent(receipt, { coverManager });
 */
export function getCoverExtendedEvent(
  receipt: Receipt,
  { coverManager }: getCoverExtendedEvent.Parameters,
): EventArgs<typeof CoverExtended> {
  return getEvent(CoverExtended, receipt, coverManager);
}

export declare namespace getCoverExtendedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    coverManager: Address;
  };
}
