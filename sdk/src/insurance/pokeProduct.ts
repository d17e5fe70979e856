import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { poke as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Has the pool look at the price of an insured vault: covers that had started by the last healthy look are insured. Anyone.
 *
 * Ends in `CoverManager__NoProduct`, `__IncidentOpen`, or as the vault does while its price can't be read; then nothing is
 * recorded.
 *
 * @example
 * const hash = await pokeProduct(client, { coverManager, product: 0 });
 */
export function pokeProduct<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: pokeProduct.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, preparePokeProduct(parameters), parameters);
}

/**
 * Encodes {@link pokeProduct}.
 *
 * @example
 * const call = preparePokeProduct({ coverManager, product: 0 });
 */
export function preparePokeProduct({ coverManager, product }: preparePokeProduct.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [product]);
}

export declare namespace preparePokeProduct {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
  };
}

export declare namespace pokeProduct {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = preparePokeProduct.Parameters & WriteOptions<chain, account>;
}
