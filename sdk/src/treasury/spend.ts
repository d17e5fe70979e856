import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { spend as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Spends from a budget. Its spender.
 *
 * @example
 * const hash = await spend(client, { treasury, id, receiver, amount: 10n ** 18n });
 */
export function spend<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: spend.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSpend(parameters), parameters);
}

/**
 * Encodes {@link spend}.
 *
 * @example
 * const call = prepareSpend({ treasury, id, receiver, amount: 10n ** 18n });
 */
export function prepareSpend({ treasury, id, receiver, amount }: prepareSpend.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, [id, receiver, amount]);
}

export declare namespace prepareSpend {
  type Parameters = {
    treasury: Address;
    /** Name of the budget, 32 bytes. */
    id: Hex;
    receiver: Address;
    /** In token wei. */
    amount: bigint;
  };
}

export declare namespace spend {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSpend.Parameters & WriteOptions<chain, account>;
}
