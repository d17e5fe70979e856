import type { Address } from "viem";
import { balanceOf } from "../abis/MillToken.ts";
import { listing, lot, price, tokens } from "../abis/RewardAuction.ts";
import type { Result } from "../core/call.ts";
import { element, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";

/** A reward, its running lot if there is one, and its price now. */
export type Sale = {
  readonly token: Address;
  /** Of the block. */
  readonly timestamp: bigint;
  /** Asset wei per whole token, times 1e18; 0 without a running lot. */
  readonly price: bigint;
  /** Reward wei here: what remains of the lot, and what joins the next one; 0 while the token does not say. */
  readonly balance: bigint;
  readonly lot: Result<typeof lot>;
  readonly listing: Result<typeof listing>;
};

/**
 * Reads every reward that an auction sells at one block, in one `eth_call`. A broken token hides no other.
 *
 * @example
 * const sales = await getAuctions(client, { auction });
 * const running = sales.filter(({ price }) => price > 0n);
 */
export async function getAuctions(
  client: ReadClient,
  { auction, ...options }: getAuctions.Parameters,
): Promise<readonly Sale[]> {
  const token = element();
  const each = [
    [price, auction, [token]],
    [lot, auction, [token]],
    [listing, auction, [token]],
    [balanceOf, token, [auction]],
  ] as const;
  const steps = [[tokens, auction, []]] as const;
  const { timestamp, answers, rounds } = await readLens(client, steps, options, { list: 0, stride: 1, steps: each });
  return answers[0].flatMap((sold, index) => {
    const [now, running, terms, balance = 0n] = rounds[index] ?? [];
    if (now === undefined || !running || !terms) return []; // not an auction of ours: it names tokens and no terms
    return [{ token: sold, timestamp, price: now, balance, lot: running, listing: terms }];
  });
}

export declare namespace getAuctions {
  type Parameters = {
    auction: Address;
  } & ReadOptions;
}
