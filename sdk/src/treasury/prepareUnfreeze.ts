import type { Address } from "viem";
import { unfreeze as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes the starting of budgets that were all stopped. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = prepareUnfreeze({ treasury });
 */
export function prepareUnfreeze({ treasury }: prepareUnfreeze.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, []);
}

export declare namespace prepareUnfreeze {
  type Parameters = {
    treasury: Address;
  };
}
