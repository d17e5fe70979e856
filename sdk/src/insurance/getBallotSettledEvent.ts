import type { Address } from "viem";
import { BallotSettled } from "../abis/ClaimsModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what an assessor earned or lost by a vote.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getBallotSettledEvent(receipt, { claimsModule });
 */
export function getBallotSettledEvent(
  receipt: Receipt,
  { claimsModule }: getBallotSettledEvent.Parameters,
): EventArgs<typeof BallotSettled> {
  return getEvent(BallotSettled, receipt, claimsModule);
}

export declare namespace getBallotSettledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    claimsModule: Address;
  };
}
