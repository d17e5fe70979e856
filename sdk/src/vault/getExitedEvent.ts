import type { Address } from "viem";
import { Exited } from "../abis/CompoundingVault.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what an exit left behind for the other holders; what it paid is in its Withdraw event.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getExitedEvent(receipt, { vault });
 */
export function getExitedEvent(receipt: Receipt, { vault }: getExitedEvent.Parameters): EventArgs<typeof Exited> {
  return getEvent(Exited, receipt, vault);
}

export declare namespace getExitedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    vault: Address;
  };
}
