import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { freeze as abi } from "../abis/Treasury.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stops all budgets at once; only the DAO starts them again. Guardians.
 *
 * @example
 * const hash = await freeze(client, { treasury });
 */
export function freeze<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: freeze.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFreeze(parameters), parameters);
}

/**
 * Encodes {@link freeze}.
 *
 * @example
 * const call = prepareFreeze({ treasury });
 */
export function prepareFreeze({ treasury }: prepareFreeze.Parameters): Call<typeof abi> {
  return defineCall(abi, treasury, []);
}

export declare namespace prepareFreeze {
  type Parameters = {
    treasury: Address;
  };
}

export declare namespace freeze {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFreeze.Parameters & WriteOptions<chain, account>;
}
