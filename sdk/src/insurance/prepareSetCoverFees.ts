import type { Address } from "viem";
import { setFees as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes the parts of later premiums that the DAO and the reserve get. ADMIN: the DAO, by a proposal.
 *
 * @example
 * const call = prepareSetCoverFees({ coverManager, daoFeeBps: 1_000n, reserveFeeBps: 2_000n });
 */
export function prepareSetCoverFees({
  coverManager,
  daoFeeBps,
  reserveFeeBps,
}: prepareSetCoverFees.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [daoFeeBps, reserveFeeBps]);
}

export declare namespace prepareSetCoverFees {
  type Parameters = {
    coverManager: Address;
    /** Part of later premiums for the DAO. */
    daoFeeBps: bigint;
    /** Part for the reserve; both together at most 3,000. */
    reserveFeeBps: bigint;
  };
}
