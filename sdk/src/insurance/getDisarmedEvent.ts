import type { Address } from "viem";
import { Disarmed } from "../abis/CoverManager.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how many shares were taken out of a policy.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getDisarmedEvent(receipt, { coverManager });
 */
export function getDisarmedEvent(
  receipt: Receipt,
  { coverManager }: getDisarmedEvent.Parameters,
): EventArgs<typeof Disarmed> {
  return getEvent(Disarmed, receipt, coverManager);
}

export declare namespace getDisarmedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    coverManager: Address;
  };
}
