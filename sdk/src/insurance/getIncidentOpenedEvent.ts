import type { Address } from "viem";
import { IncidentOpened } from "../abis/IncidentModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says the number of an incident, its price, and from when covers had to run.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getIncidentOpenedEvent(receipt, { incidentModule });
 */
export function getIncidentOpenedEvent(
  receipt: Receipt,
  { incidentModule }: getIncidentOpenedEvent.Parameters,
): EventArgs<typeof IncidentOpened> {
  return getEvent(IncidentOpened, receipt, incidentModule);
}

export declare namespace getIncidentOpenedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    incidentModule: Address;
  };
}
