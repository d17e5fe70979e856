import type { Address } from "viem";
import { RedeemRequested } from "../abis/UnderwritingPool.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says the number of a request to leave, and the most it will be paid.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getRedeemRequestedEvent(receipt, { pool });
 */
export function getRedeemRequestedEvent(
  receipt: Receipt,
  { pool }: getRedeemRequestedEvent.Parameters,
): EventArgs<typeof RedeemRequested> {
  return getEvent(RedeemRequested, receipt, pool);
}

export declare namespace getRedeemRequestedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    pool: Address;
  };
}
