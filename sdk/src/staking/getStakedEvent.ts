import type { Address } from "viem";
import { Staked } from "../abis/VoteStaking.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how much was staked and what that makes in all.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getStakedEvent(receipt, { staking });
 */
export function getStakedEvent(receipt: Receipt, { staking }: getStakedEvent.Parameters): EventArgs<typeof Staked> {
  return getEvent(Staked, receipt, staking);
}

export declare namespace getStakedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    staking: Address;
  };
}
