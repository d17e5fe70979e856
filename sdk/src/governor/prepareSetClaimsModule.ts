import type { Address } from "viem";
import { setClaimsModule as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of whether a module may ask for votes about claims. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetClaimsModule({ governor, claimsModule, allowed: true });
 */
export function prepareSetClaimsModule({
  governor,
  claimsModule,
  allowed,
}: prepareSetClaimsModule.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [claimsModule, allowed]);
}

export declare namespace prepareSetClaimsModule {
  type Parameters = {
    governor: Address;
    claimsModule: Address;
    allowed: boolean;
  };
}
