import type { Address } from "viem";
import { ClaimSettled } from "../abis/UnderwritingPool.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a claim of either kind was paid, and how much of it by the reserve.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getClaimSettledEvent(receipt, { pool });
 */
export function getClaimSettledEvent(
  receipt: Receipt,
  { pool }: getClaimSettledEvent.Parameters,
): EventArgs<typeof ClaimSettled> {
  return getEvent(ClaimSettled, receipt, pool);
}

export declare namespace getClaimSettledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    pool: Address;
  };
}
