import type { Address } from "viem";
import { LotTaken } from "../abis/RewardAuction.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how much of which reward was bought, and what was paid.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getLotTakenEvent(receipt, { auction });
 */
export function getLotTakenEvent(
  receipt: Receipt,
  { auction }: getLotTakenEvent.Parameters,
): EventArgs<typeof LotTaken> {
  return getEvent(LotTaken, receipt, auction);
}

export declare namespace getLotTakenEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    auction: Address;
  };
}
