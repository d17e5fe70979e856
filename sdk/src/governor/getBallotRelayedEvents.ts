import { type Address, isAddressEqual, parseEventLogs } from "viem";
import { BallotFailed, BallotRelayed } from "../abis/BatchVoteRelay.ts";
import type { EventArgs, Receipt } from "../core/event.ts";

/**
 * Lists which ballots of a relayed batch were counted, and which failed and with what error's selector.
 *
 * @example
 * const { counted, failed } = getBallotRelayedEvents(receipt, { relay });
 */
export function getBallotRelayedEvents(
  { logs }: Receipt,
  { relay }: getBallotRelayedEvents.Parameters,
): getBallotRelayedEvents.ReturnType {
  const own = logs.filter(({ address }) => isAddressEqual(address, relay));
  return {
    counted: parseEventLogs({ abi: [BallotRelayed], logs: own }).map(({ args }) => args),
    failed: parseEventLogs({ abi: [BallotFailed], logs: own }).map(({ args }) => args),
  };
}

export declare namespace getBallotRelayedEvents {
  type Parameters = {
    /** Only what this contract emitted counts. */
    relay: Address;
  };
  type ReturnType = {
    readonly counted: readonly EventArgs<typeof BallotRelayed>[];
    readonly failed: readonly EventArgs<typeof BallotFailed>[];
  };
}
