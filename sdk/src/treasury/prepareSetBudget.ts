import type { Address, Hex } from "viem";
import { setBudget as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";

/** What the DAO decides about a budget. */
export type BudgetTerms = {
  /** Can't be changed later; the zero address is the native token. */
  token: Address;
  /** Seconds in which an empty bucket refills, 1 to 365 days. */
  window: number;
  /** Last second of spending, at most 365 days ahead. */
  expiresAt: number;
  /** The only account that spends. */
  spender: Address;
  /** Of the bucket, in token wei: at most twice that leaves in one window, as much in the long run. */
  capacity: bigint;
};

/**
 * Encodes the making or changing of a budget; what was used of it stays used. The DAO does it: pass the call to
 * `propose`.
 *
 * @example
 * const call = prepareSetBudget({ treasury, id, terms });
 */
export function prepareSetBudget({ treasury, id, terms }: prepareSetBudget.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, [id, terms]);
}

export declare namespace prepareSetBudget {
  type Parameters = {
    treasury: Address;
    /** Name of the budget, 32 bytes. */
    id: Hex;
    /** What the budget allows. */
    terms: BudgetTerms;
  };
}
