import type { Address } from "viem";
import { BudgetSet } from "../abis/Treasury.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a budget allows now.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getBudgetSetEvent(receipt, { treasury });
 */
export function getBudgetSetEvent(
  receipt: Receipt,
  { treasury }: getBudgetSetEvent.Parameters,
): EventArgs<typeof BudgetSet> {
  return getEvent(BudgetSet, receipt, treasury);
}

export declare namespace getBudgetSetEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    treasury: Address;
  };
}
