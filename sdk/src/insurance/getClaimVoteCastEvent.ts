import type { Address } from "viem";
import { VoteCast } from "../abis/ClaimsModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how an assessor voted on a claim, with what weight.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getClaimVoteCastEvent(receipt, { claimsModule });
 */
export function getClaimVoteCastEvent(
  receipt: Receipt,
  { claimsModule }: getClaimVoteCastEvent.Parameters,
): EventArgs<typeof VoteCast> {
  return getEvent(VoteCast, receipt, claimsModule);
}

export declare namespace getClaimVoteCastEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    claimsModule: Address;
  };
}
