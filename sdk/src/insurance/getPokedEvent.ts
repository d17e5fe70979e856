import type { Address } from "viem";
import { Poked } from "../abis/CoverManager.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what price was seen, and whether it counts as healthy.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getPokedEvent(receipt, { coverManager });
 */
export function getPokedEvent(receipt: Receipt, { coverManager }: getPokedEvent.Parameters): EventArgs<typeof Poked> {
  return getEvent(Poked, receipt, coverManager);
}

export declare namespace getPokedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    coverManager: Address;
  };
}
