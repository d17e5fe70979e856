import type { Address } from "viem";
import { setProposalGuardian as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of who may cancel proposals for a year from then on. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetProposalGuardian({ governor, guardian });
 */
export function prepareSetProposalGuardian({
  governor,
  guardian,
}: prepareSetProposalGuardian.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [guardian]);
}

export declare namespace prepareSetProposalGuardian {
  type Parameters = {
    governor: Address;
    /** The zero address: nobody. */
    guardian: Address;
  };
}
