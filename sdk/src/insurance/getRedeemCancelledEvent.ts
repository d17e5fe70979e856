import type { Address } from "viem";
import { RedeemCancelled } from "../abis/UnderwritingPool.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how many shares came back from the queue.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getRedeemCancelledEvent(receipt, { pool });
 */
export function getRedeemCancelledEvent(
  receipt: Receipt,
  { pool }: getRedeemCancelledEvent.Parameters,
): EventArgs<typeof RedeemCancelled> {
  return getEvent(RedeemCancelled, receipt, pool);
}

export declare namespace getRedeemCancelledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    pool: Address;
  };
}
