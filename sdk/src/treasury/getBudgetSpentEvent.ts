import type { Address } from "viem";
import { BudgetSpent } from "../abis/Treasury.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what was spent from which budget, and to whom.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getBudgetSpentEvent(receipt, { treasury });
 */
export function getBudgetSpentEvent(
  receipt: Receipt,
  { treasury }: getBudgetSpentEvent.Parameters,
): EventArgs<typeof BudgetSpent> {
  return getEvent(BudgetSpent, receipt, treasury);
}

export declare namespace getBudgetSpentEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    treasury: Address;
  };
}
