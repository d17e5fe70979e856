import type { Address } from "viem";
import { setVotingPeriod as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of the time of voting, in seconds. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetVotingPeriod({ governor, votingPeriod: 5 * 86_400 });
 */
export function prepareSetVotingPeriod({
  governor,
  votingPeriod,
}: prepareSetVotingPeriod.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [votingPeriod]);
}

export declare namespace prepareSetVotingPeriod {
  type Parameters = {
    governor: Address;
    /** In seconds. */
    votingPeriod: number;
  };
}
