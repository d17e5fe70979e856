import type { Address } from "viem";
import { setDaoURI as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a change of the DAO's metadata address (ERC-4824). The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareSetDaoURI({ governor, uri: "ipfs://dao" });
 */
export function prepareSetDaoURI({ governor, uri }: prepareSetDaoURI.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, [uri]);
}

export declare namespace prepareSetDaoURI {
  type Parameters = {
    governor: Address;
    uri: string;
  };
}
