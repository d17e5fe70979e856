import type { Address } from "viem";
import { setLateQuorumVoteExtension as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of how long voting goes on, at least, after quorum is reached. The DAO does it: pass the call to
 * `propose`.
 *
 * @example
 * const call = prepareSetLateQuorumVoteExtension({ governor, extension: 2 * 86_400 });
 */
export function prepareSetLateQuorumVoteExtension({
  governor,
  extension,
}: prepareSetLateQuorumVoteExtension.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [extension]);
}

export declare namespace prepareSetLateQuorumVoteExtension {
  type Parameters = {
    governor: Address;
    /** In seconds. */
    extension: number;
  };
}
