import type { Address } from "viem";
import { Compounded } from "../abis/CompoundingVault.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a compounding took in, what its caller got of it, and what was lent on.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getCompoundedEvent(receipt, { vault });
 */
export function getCompoundedEvent(
  receipt: Receipt,
  { vault }: getCompoundedEvent.Parameters,
): EventArgs<typeof Compounded> {
  return getEvent(Compounded, receipt, vault);
}

export declare namespace getCompoundedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    vault: Address;
  };
}
