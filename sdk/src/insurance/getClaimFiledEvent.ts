import type { Address } from "viem";
import { ClaimFiled } from "../abis/ClaimsModule.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says the number of a claim, its deposit and the digest of its evidence.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getClaimFiledEvent(receipt, { claimsModule });
 */
export function getClaimFiledEvent(
  receipt: Receipt,
  { claimsModule }: getClaimFiledEvent.Parameters,
): EventArgs<typeof ClaimFiled> {
  return getEvent(ClaimFiled, receipt, claimsModule);
}

export declare namespace getClaimFiledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    claimsModule: Address;
  };
}
