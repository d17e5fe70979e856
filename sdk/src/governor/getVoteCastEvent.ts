import type { Address } from "viem";
import { VoteCast } from "../abis/MillGovernor.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says who voted how, and with how many votes.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getVoteCastEvent(receipt, { governor });
 */
export function getVoteCastEvent(
  receipt: Receipt,
  { governor }: getVoteCastEvent.Parameters,
): EventArgs<typeof VoteCast> {
  return getEvent(VoteCast, receipt, governor);
}

export declare namespace getVoteCastEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    governor: Address;
  };
}
