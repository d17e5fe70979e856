import type { Address } from "viem";
import { scheduleProduct as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes the announcement of an insured vault, or of new terms for its later covers. ADMIN: the DAO, by a proposal.
 *
 * @example
 * const call = prepareScheduleProduct({ coverManager, product: 0, terms: { vault, deductibleBps: 1_000, capBps: 5_000, multiplierBps: 10_000 } });
 */
export function prepareScheduleProduct({
  coverManager,
  product,
  terms,
}: prepareScheduleProduct.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [product, terms]);
}

export declare namespace prepareScheduleProduct {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
    /** In force 24 days later, for later covers. */
    terms: {
      /** Of the same asset; never another one once the product exists. */
      vault: Address;
      /** A fall of so much isn't paid; 200 to 1,000. */
      deductibleBps: number;
      /** Most of the capacity that it may bind, at most 5,000. */
      capBps: number;
      /** Its part of the premium curve, 10,000 = all of it. */
      multiplierBps: number;
    };
  };
}
