import type { Address } from "viem";
import { setPolicy as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of the policy that classifies later proposals. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetPolicy({ governor, policy });
 */
export function prepareSetPolicy({ governor, policy }: prepareSetPolicy.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [policy]);
}

export declare namespace prepareSetPolicy {
  type Parameters = {
    governor: Address;
    /** An `IProposalPolicy`. */
    policy: Address;
  };
}
