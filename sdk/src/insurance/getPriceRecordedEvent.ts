import type { Address } from "viem";
import { PriceRecorded } from "../abis/IncidentModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what price was read on which day of an incident.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getPriceRecordedEvent(receipt, { incidentModule });
 */
export function getPriceRecordedEvent(
  receipt: Receipt,
  { incidentModule }: getPriceRecordedEvent.Parameters,
): EventArgs<typeof PriceRecorded> {
  return getEvent(PriceRecorded, receipt, incidentModule);
}

export declare namespace getPriceRecordedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    incidentModule: Address;
  };
}
