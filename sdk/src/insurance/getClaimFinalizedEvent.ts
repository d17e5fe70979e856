import type { Address } from "viem";
import { ClaimFinalized } from "../abis/ClaimsModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how a claim ended, and what was paid.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getClaimFinalizedEvent(receipt, { claimsModule });
 */
export function getClaimFinalizedEvent(
  receipt: Receipt,
  { claimsModule }: getClaimFinalizedEvent.Parameters,
): EventArgs<typeof ClaimFinalized> {
  return getEvent(ClaimFinalized, receipt, claimsModule);
}

export declare namespace getClaimFinalizedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    claimsModule: Address;
  };
}
