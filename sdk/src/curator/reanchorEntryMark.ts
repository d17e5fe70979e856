import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { reanchorEntryMark as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lowers a vault's entry mark after a loss to the price, what waits counted in, so that deposits open again. Curators.
 *
 * @example
 * const hash = await reanchorEntryMark(client, { vault });
 */
export function reanchorEntryMark<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: reanchorEntryMark.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareReanchorEntryMark(parameters), parameters);
}

/**
 * Encodes {@link reanchorEntryMark}.
 *
 * @example
 * const call = prepareReanchorEntryMark({ vault });
 */
export function prepareReanchorEntryMark({ vault }: prepareReanchorEntryMark.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, []);
}

export declare namespace prepareReanchorEntryMark {
  type Parameters = {
    vault: Address;
  };
}

export declare namespace reanchorEntryMark {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareReanchorEntryMark.Parameters & WriteOptions<chain, account>;
}
