import type { Address } from "viem";
import { RevenueSplit } from "../abis/RevenueSplitter.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how much went to stakers, treasury and reserve.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getRevenueSplitEvent(receipt, { splitter });
 */
export function getRevenueSplitEvent(
  receipt: Receipt,
  { splitter }: getRevenueSplitEvent.Parameters,
): EventArgs<typeof RevenueSplit> {
  return getEvent(RevenueSplit, receipt, splitter);
}

export declare namespace getRevenueSplitEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    splitter: Address;
  };
}
