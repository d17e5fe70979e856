import type { Address } from "viem";
import { CoverBought } from "../abis/CoverManager.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says the number of a policy, its premium, entry price, expiry and last billed week.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getCoverBoughtEvent(receipt, { coverManager });
 */
export function getCoverBoughtEvent(
  receipt: Receipt,
  { coverManager }: getCoverBoughtEvent.Parameters,
): EventArgs<typeof CoverBought> {
  return getEvent(CoverBought, receipt, coverManager);
}

export declare namespace getCoverBoughtEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    coverManager: Address;
  };
}
