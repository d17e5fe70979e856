import type { Address } from "viem";
import { RewardPaid } from "../abis/VoteStaking.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what rewards were paid.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getRewardPaidEvent(receipt, { staking });
 */
export function getRewardPaidEvent(
  receipt: Receipt,
  { staking }: getRewardPaidEvent.Parameters,
): EventArgs<typeof RewardPaid> {
  return getEvent(RewardPaid, receipt, staking);
}

export declare namespace getRewardPaidEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    staking: Address;
  };
}
