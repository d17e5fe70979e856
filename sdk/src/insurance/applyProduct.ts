import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { applyProduct as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Puts a product's scheduled terms into force, 24 days of pool time after they were announced. Anyone.
 *
 * Ends in `CoverManager__NotYet`.
 *
 * @example
 * const hash = await applyProduct(client, { coverManager, product: 0 });
 */
export function applyProduct<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: applyProduct.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareApplyProduct(parameters), parameters);
}

/**
 * Encodes {@link applyProduct}.
 *
 * @example
 * const call = prepareApplyProduct({ coverManager, product: 0 });
 */
export function prepareApplyProduct({ coverManager, product }: prepareApplyProduct.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [product]);
}

export declare namespace prepareApplyProduct {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
  };
}

export declare namespace applyProduct {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareApplyProduct.Parameters & WriteOptions<chain, account>;
}
