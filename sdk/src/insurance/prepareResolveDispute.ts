import type { Address } from "viem";
import { resolveDispute as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes the DAO's answer to a disputed incident. ADMIN: the DAO, by a proposal.
 *
 * @example
 * const call = prepareResolveDispute({ incidentModule, incidentId: 1n, isVoided: true });
 */
export function prepareResolveDispute({
  incidentModule,
  incidentId,
  isVoided,
}: prepareResolveDispute.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [incidentId, isVoided]);
}

export declare namespace prepareResolveDispute {
  type Parameters = {
    incidentModule: Address;
    incidentId: bigint;
    /** Pays nothing; or it goes on. */
    isVoided: boolean;
  };
}
