import type { Address } from "viem";
import { ProposalCanceled } from "../abis/MillGovernor.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says which proposal was cancelled.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getProposalCanceledEvent(receipt, { governor });
 */
export function getProposalCanceledEvent(
  receipt: Receipt,
  { governor }: getProposalCanceledEvent.Parameters,
): EventArgs<typeof ProposalCanceled> {
  return getEvent(ProposalCanceled, receipt, governor);
}

export declare namespace getProposalCanceledEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    governor: Address;
  };
}
