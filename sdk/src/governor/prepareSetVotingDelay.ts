import type { Address } from "viem";
import { setVotingDelay as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of the time between proposing and voting, in seconds. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetVotingDelay({ governor, votingDelay: 86_400 });
 */
export function prepareSetVotingDelay({ governor, votingDelay }: prepareSetVotingDelay.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [votingDelay]);
}

export declare namespace prepareSetVotingDelay {
  type Parameters = {
    governor: Address;
    /** In seconds. */
    votingDelay: number;
  };
}
