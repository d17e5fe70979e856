import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { freezeBudget as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stops a budget at once; only the DAO starts it again. Guardians.
 *
 * @example
 * const hash = await freezeBudget(client, { treasury, id });
 */
export function freezeBudget<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: freezeBudget.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFreezeBudget(parameters), parameters);
}

/**
 * Encodes {@link freezeBudget}.
 *
 * @example
 * const call = prepareFreezeBudget({ treasury, id });
 */
export function prepareFreezeBudget({ treasury, id }: prepareFreezeBudget.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, [id]);
}

export declare namespace prepareFreezeBudget {
  type Parameters = {
    treasury: Address;
    /** Name of the budget, 32 bytes. */
    id: Hex;
  };
}

export declare namespace freezeBudget {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFreezeBudget.Parameters & WriteOptions<chain, account>;
}
