import type { Address } from "viem";
import { ClaimEscalated } from "../abis/ClaimsModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says under which proposal the DAO was asked about a claim.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getClaimEscalatedEvent(receipt, { claimsModule });
 */
export function getClaimEscalatedEvent(
  receipt: Receipt,
  { claimsModule }: getClaimEscalatedEvent.Parameters,
): EventArgs<typeof ClaimEscalated> {
  return getEvent(ClaimEscalated, receipt, claimsModule);
}

export declare namespace getClaimEscalatedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    claimsModule: Address;
  };
}
