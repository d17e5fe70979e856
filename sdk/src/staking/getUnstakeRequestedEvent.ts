import type { Address } from "viem";
import { UnstakeRequested } from "../abis/VoteStaking.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how much was unstaked, and when it can be withdrawn.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getUnstakeRequestedEvent(receipt, { staking });
 */
export function getUnstakeRequestedEvent(
  receipt: Receipt,
  { staking }: getUnstakeRequestedEvent.Parameters,
): EventArgs<typeof UnstakeRequested> {
  return getEvent(UnstakeRequested, receipt, staking);
}

export declare namespace getUnstakeRequestedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    staking: Address;
  };
}
