import type { Address } from "viem";
import { ProposalQueued } from "../abis/MillGovernor.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says when a queued proposal can be executed.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getProposalQueuedEvent(receipt, { governor });
 */
export function getProposalQueuedEvent(
  receipt: Receipt,
  { governor }: getProposalQueuedEvent.Parameters,
): EventArgs<typeof ProposalQueued> {
  return getEvent(ProposalQueued, receipt, governor);
}

export declare namespace getProposalQueuedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    governor: Address;
  };
}
