import type { Address } from "viem";
import { Withdrawn } from "../abis/VoteStaking.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what was withdrawn.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getWithdrawnEvent(receipt, { staking });
 */
export function getWithdrawnEvent(
  receipt: Receipt,
  { staking }: getWithdrawnEvent.Parameters,
): EventArgs<typeof Withdrawn> {
  return getEvent(Withdrawn, receipt, staking);
}

export declare namespace getWithdrawnEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    staking: Address;
  };
}
