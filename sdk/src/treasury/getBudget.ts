import type { Address, Hex } from "viem";
import { available, budgetOf, isFrozen } from "../abis/Treasury.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";
import type { BudgetTerms } from "./prepareSetBudget.ts";

/** A budget at one block. */
export type Budget = {
  readonly terms: BudgetTerms;
  /** It, or all budgets, are stopped. */
  readonly isFrozen: boolean;
  /** What the bucket holds, in token wei; it can be spent until the terms expire, unless it is stopped. */
  readonly available: bigint;
};

/**
 * Reads a budget at one block, in one `eth_call`. Of one that was never set the terms are zeros.
 *
 * @example
 * const { available, terms } = await getBudget(client, { treasury, id });
 */
export async function getBudget(
  client: ReadClient,
  { treasury, id, ...options }: getBudget.Parameters,
): Promise<Budget> {
  const calls = [
    [budgetOf, treasury, [id]],
    [isFrozen, treasury, []],
    [available, treasury, [id]],
  ] as const;
  const [[terms, frozen], allFrozen, amount] = await readMany(client, calls, options);
  return { terms, isFrozen: frozen || allFrozen, available: amount };
}

export declare namespace getBudget {
  type Parameters = {
    treasury: Address;
    /** Name of the budget, 32 bytes. */
    id: Hex;
  } & ReadOptions;
}
