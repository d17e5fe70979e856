import { type Address, isAddressEqual, parseEventLogs } from "viem";
import { RewardsClaimed } from "../abis/Adapter.ts";
import type { EventArgs, Receipt } from "../core/event.ts";

/**
 * Lists what left an adapter as a reward: how much of which token, in its wei, and to whom, the vault or its auction. Empty when
 * nothing did, as when nothing was owed.
 *
 * @example
 * const claimed = getRewardsClaimedEvents(receipt, { adapter });
 */
export function getRewardsClaimedEvents(
  { logs }: Receipt,
  { adapter }: getRewardsClaimedEvents.Parameters,
): readonly EventArgs<typeof RewardsClaimed>[] {
  const own = logs.filter(({ address }) => isAddressEqual(address, adapter));
  return parseEventLogs({ abi: [RewardsClaimed], logs: own }).map(({ args }) => args);
}

export declare namespace getRewardsClaimedEvents {
  type Parameters = {
    /** Only what this contract emitted counts. */
    adapter: Address;
  };
}
