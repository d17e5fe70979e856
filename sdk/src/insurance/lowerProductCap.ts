import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { lowerProductCap as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lowers what an insured vault may bind of the capacity. DERISK: the guardian, at once.
 *
 * Ends in `CoverManager__NoProduct` or `__OutOfBounds`.
 *
 * @example
 * const hash = await lowerProductCap(client, { coverManager, product: 0, capBps: 2_500n });
 */
export function lowerProductCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: lowerProductCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareLowerProductCap(parameters), parameters);
}

/**
 * Encodes {@link lowerProductCap}.
 *
 * @example
 * const call = prepareLowerProductCap({ coverManager, product: 0, capBps: 2_500n });
 */
export function prepareLowerProductCap({
  coverManager,
  product,
  capBps,
}: prepareLowerProductCap.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [product, capBps]);
}

export declare namespace prepareLowerProductCap {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
    /** Most of the capacity that it may bind, no more than before. */
    capBps: bigint;
  };
}

export declare namespace lowerProductCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareLowerProductCap.Parameters & WriteOptions<chain, account>;
}
