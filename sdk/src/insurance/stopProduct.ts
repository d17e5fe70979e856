import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { stopProduct as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Ends purchases and extensions on an insured vault, and what is scheduled for it. DERISK: the guardian, at once.
 *
 * Ends in `CoverManager__OutOfBounds`.
 *
 * @example
 * const hash = await stopProduct(client, { coverManager, product: 0 });
 */
export function stopProduct<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: stopProduct.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStopProduct(parameters), parameters);
}

/**
 * Encodes {@link stopProduct}.
 *
 * @example
 * const call = prepareStopProduct({ coverManager, product: 0 });
 */
export function prepareStopProduct({ coverManager, product }: prepareStopProduct.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [product]);
}

export declare namespace prepareStopProduct {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
  };
}

export declare namespace stopProduct {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStopProduct.Parameters & WriteOptions<chain, account>;
}
