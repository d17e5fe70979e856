import type { Address } from "viem";
import { RedeemFinalized } from "../abis/UnderwritingPool.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a request was paid, and how much of it is still queued.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getRedeemFinalizedEvent(receipt, { pool });
 */
export function getRedeemFinalizedEvent(
  receipt: Receipt,
  { pool }: getRedeemFinalizedEvent.Parameters,
): EventArgs<typeof RedeemFinalized> {
  return getEvent(RedeemFinalized, receipt, pool);
}

export declare namespace getRedeemFinalizedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    pool: Address;
  };
}
