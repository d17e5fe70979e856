import type { Address } from "viem";
import { Locked } from "../abis/VoteStaking.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how long a stake is locked now.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getLockedEvent(receipt, { staking });
 */
export function getLockedEvent(receipt: Receipt, { staking }: getLockedEvent.Parameters): EventArgs<typeof Locked> {
  return getEvent(Locked, receipt, staking);
}

export declare namespace getLockedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    staking: Address;
  };
}
