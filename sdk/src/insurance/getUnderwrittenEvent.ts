import type { Address } from "viem";
import { Deposited } from "../abis/UnderwritingPool.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how many shares an underwriter got.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getUnderwrittenEvent(receipt, { pool });
 */
export function getUnderwrittenEvent(
  receipt: Receipt,
  { pool }: getUnderwrittenEvent.Parameters,
): EventArgs<typeof Deposited> {
  return getEvent(Deposited, receipt, pool);
}

export declare namespace getUnderwrittenEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    pool: Address;
  };
}
