import type { Address } from "viem";
import { LotStarted } from "../abis/RewardAuction.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how much of which reward is sold, and from which price down.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getLotStartedEvent(receipt, { auction });
 */
export function getLotStartedEvent(
  receipt: Receipt,
  { auction }: getLotStartedEvent.Parameters,
): EventArgs<typeof LotStarted> {
  return getEvent(LotStarted, receipt, auction);
}

export declare namespace getLotStartedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    auction: Address;
  };
}
