import type { Address } from "viem";
import { pay as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes a payment out of the treasury. The DAO does it: pass the call to `propose`.
 *
 * @example
 * const call = preparePay({ treasury, token, receiver, amount: 10n ** 18n });
 */
export function preparePay({ treasury, token, receiver, amount }: preparePay.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, [token, receiver, amount]);
}

export declare namespace preparePay {
  type Parameters = {
    treasury: Address;
    /** The zero address is the native token. */
    token: Address;
    receiver: Address;
    /** In token wei. */
    amount: bigint;
  };
}
