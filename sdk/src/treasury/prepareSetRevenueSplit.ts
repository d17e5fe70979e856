import type { Address } from "viem";
import { setSplit as abi } from "../abis/RevenueSplitter.ts";
import { type Call, defineCall } from "../core/call.ts";

/** Parts of the revenue, in basis points, 10,000 in all. */
export type RevenueSplit = {
  stakersBps: number;
  treasuryBps: number;
  reserveBps: number;
  /** Gets the reserve's part. */
  reserve: Address;
};

/**
 * Encodes a change of how revenue is split from now on. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetRevenueSplit({ splitter, split });
 */
export function prepareSetRevenueSplit({ splitter, split }: prepareSetRevenueSplit.Parameters): Call<typeof abi> {
  return defineCall(abi, splitter, [split]);
}

export declare namespace prepareSetRevenueSplit {
  type Parameters = {
    splitter: Address;
    /** Basis points, 10,000 in all. */
    split: RevenueSplit;
  };
}
