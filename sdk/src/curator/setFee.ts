import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setFee as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets a vault's performance fee; gains up to now pay the old one. Curators.
 *
 * @example
 * const hash = await setFee(client, { vault, feeBps: 1_000n });
 */
export function setFee<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setFee.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetFee(parameters), parameters);
}

/**
 * Encodes {@link setFee}.
 *
 * @example
 * const call = prepareSetFee({ vault, feeBps: 1_000n });
 */
export function prepareSetFee({ vault, feeBps }: prepareSetFee.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [feeBps]);
}

export declare namespace prepareSetFee {
  type Parameters = {
    vault: Address;
    /** Share of gains above the high-water mark, in basis points, at most 5,000. */
    feeBps: bigint;
  };
}

export declare namespace setFee {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetFee.Parameters & WriteOptions<chain, account>;
}
