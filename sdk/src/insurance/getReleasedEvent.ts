import type { Address } from "viem";
import { Released } from "../abis/IncidentModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how many shares of a paid policy the pool kept.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getReleasedEvent(receipt, { incidentModule });
 */
export function getReleasedEvent(
  receipt: Receipt,
  { incidentModule }: getReleasedEvent.Parameters,
): EventArgs<typeof Released> {
  return getEvent(Released, receipt, incidentModule);
}

export declare namespace getReleasedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    incidentModule: Address;
  };
}
