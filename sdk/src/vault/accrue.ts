import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { accrue as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Brings a vault's books up to date. Anyone may.
 *
 * @example
 * const hash = await accrue(client, { vault });
 */
export function accrue<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: accrue.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareAccrue(parameters), parameters);
}

/**
 * Encodes {@link accrue}.
 *
 * @example
 * const call = prepareAccrue({ vault });
 */
export function prepareAccrue({ vault }: prepareAccrue.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, []);
}

export declare namespace prepareAccrue {
  type Parameters = {
    vault: Address;
  };
}

export declare namespace accrue {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareAccrue.Parameters & WriteOptions<chain, account>;
}
