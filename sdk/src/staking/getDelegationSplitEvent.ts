import type { Address } from "viem";
import { DelegationSplit } from "../abis/VoteStaking.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says how votes were split.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getDelegationSplitEvent(receipt, { staking });
 */
export function getDelegationSplitEvent(
  receipt: Receipt,
  { staking }: getDelegationSplitEvent.Parameters,
): EventArgs<typeof DelegationSplit> {
  return getEvent(DelegationSplit, receipt, staking);
}

export declare namespace getDelegationSplitEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    staking: Address;
  };
}
