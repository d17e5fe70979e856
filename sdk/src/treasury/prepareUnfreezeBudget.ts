import type { Address, Hex } from "viem";
import { unfreezeBudget as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes the starting of a stopped budget. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareUnfreezeBudget({ treasury, id });
 */
export function prepareUnfreezeBudget({ treasury, id }: prepareUnfreezeBudget.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, [id]);
}

export declare namespace prepareUnfreezeBudget {
  type Parameters = {
    treasury: Address;
    /** Name of the budget, 32 bytes. */
    id: Hex;
  };
}
