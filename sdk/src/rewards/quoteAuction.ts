import type { Address } from "viem";
import { lot, price, quote } from "../abis/RewardAuction.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";

/** What a part of a running lot costs now. */
export type AuctionQuote = {
  /** Asset wei, rounded up. */
  readonly payment: bigint;
  /** Asset wei per whole token, times 1e18. */
  readonly price: bigint;
  /** Reward wei not yet sold. */
  readonly remaining: bigint;
  /** First second at which the lot no longer runs. */
  readonly endsAt: bigint;
};

/**
 * Reads what an amount of a reward costs at one block, in one `eth_call`. The price falls until somebody takes it. More than
 * `remaining` can't be bought.
 *
 * @throws RewardAuction__NoLot when none of it is for sale
 * @example
 * const { payment } = await quoteAuction(client, { auction, token, amount: 10n ** 18n });
 */
export async function quoteAuction(
  client: ReadClient,
  { auction, token, amount, ...options }: quoteAuction.Parameters,
): Promise<AuctionQuote> {
  const calls = [
    [quote, auction, [token, amount]],
    [price, auction, [token]],
    [lot, auction, [token]],
  ] as const;
  const [payment, priceNow, { remaining, endsAt }] = await readMany(client, calls, options);
  return { payment, price: priceNow, remaining, endsAt };
}

export declare namespace quoteAuction {
  type Parameters = {
    auction: Address;
    /** The reward. */
    token: Address;
    /** In reward wei. */
    amount: bigint;
  } & ReadOptions;
}
