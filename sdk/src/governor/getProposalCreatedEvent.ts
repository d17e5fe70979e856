import type { Address } from "viem";
import { ProposalCreated } from "../abis/MillGovernor.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what was proposed, by whom and until when it is voted on.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getProposalCreatedEvent(receipt, { governor });
 */
export function getProposalCreatedEvent(
  receipt: Receipt,
  { governor }: getProposalCreatedEvent.Parameters,
): EventArgs<typeof ProposalCreated> {
  return getEvent(ProposalCreated, receipt, governor);
}

export declare namespace getProposalCreatedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    governor: Address;
  };
}
