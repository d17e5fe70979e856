import type { Address } from "viem";
import { CoverSettled } from "../abis/IncidentModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a filed cover was paid, in asset wei.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getCoverSettledEvent(receipt, { incidentModule });
 */
export function getCoverSettledEvent(
  receipt: Receipt,
  { incidentModule }: getCoverSettledEvent.Parameters,
): EventArgs<typeof CoverSettled> {
  return getEvent(CoverSettled, receipt, incidentModule);
}

export declare namespace getCoverSettledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    incidentModule: Address;
  };
}
