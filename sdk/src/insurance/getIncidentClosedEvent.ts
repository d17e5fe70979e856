import type { Address } from "viem";
import { IncidentClosed } from "../abis/IncidentModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how an incident ended, and the loss price.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getIncidentClosedEvent(receipt, { incidentModule });
 */
export function getIncidentClosedEvent(
  receipt: Receipt,
  { incidentModule }: getIncidentClosedEvent.Parameters,
): EventArgs<typeof IncidentClosed> {
  return getEvent(IncidentClosed, receipt, incidentModule);
}

export declare namespace getIncidentClosedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    incidentModule: Address;
  };
}
