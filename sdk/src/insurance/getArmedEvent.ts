import type { Address } from "viem";
import { Armed } from "../abis/CoverManager.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how many shares were put into a policy, and its entry price then.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getArmedEvent(receipt, { coverManager });
 */
export function getArmedEvent(receipt: Receipt, { coverManager }: getArmedEvent.Parameters): EventArgs<typeof Armed> {
  return getEvent(Armed, receipt, coverManager);
}

export declare namespace getArmedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    coverManager: Address;
  };
}
