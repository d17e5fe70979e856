import type { Address } from "viem";
import { setProposalThreshold as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of the votes that proposing takes. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetProposalThreshold({ governor, votes: 10n ** 21n });
 */
export function prepareSetProposalThreshold({
  governor,
  votes,
}: prepareSetProposalThreshold.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [votes]);
}

export declare namespace prepareSetProposalThreshold {
  type Parameters = {
    governor: Address;
    /** In token wei. */
    votes: bigint;
  };
}
