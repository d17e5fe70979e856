import type { Address } from "viem";
import { ProposalExecuted } from "../abis/MillGovernor.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says which proposal was executed.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getProposalExecutedEvent(receipt, { governor });
 */
export function getProposalExecutedEvent(
  receipt: Receipt,
  { governor }: getProposalExecutedEvent.Parameters,
): EventArgs<typeof ProposalExecuted> {
  return getEvent(ProposalExecuted, receipt, governor);
}

export declare namespace getProposalExecutedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    governor: Address;
  };
}
