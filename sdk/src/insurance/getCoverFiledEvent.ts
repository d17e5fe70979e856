import type { Address } from "viem";
import { CoverFiled } from "../abis/IncidentModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says which cover was filed in which incident, and how much is locked for it.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getCoverFiledEvent(receipt, { incidentModule });
 */
export function getCoverFiledEvent(
  receipt: Receipt,
  { incidentModule }: getCoverFiledEvent.Parameters,
): EventArgs<typeof CoverFiled> {
  return getEvent(CoverFiled, receipt, incidentModule);
}

export declare namespace getCoverFiledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    incidentModule: Address;
  };
}
