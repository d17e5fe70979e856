import { min, mulDiv } from "./integers.ts";

const HALF_LIFE = 1_800n;
const HALVINGS = 4n;
const START_FACTOR = 4n;
const PRICE_DECIMALS = 18;

/**
 * Computes the price of a lot, in asset wei per whole token times 1e18, rounded up: four times the anchor at first, half
 * of it every 30 minutes, linearly between, and a quarter of the anchor from the second hour on.
 *
 * @example
 * const price = auctionPrice({ anchor: 10n ** 24n, elapsed: 900n });
 */
export function auctionPrice({ anchor, elapsed }: auctionPrice.Parameters): bigint {
  const halvings = min(elapsed / HALF_LIFE, HALVINGS);
  const rest = halvings === HALVINGS ? 0n : elapsed % HALF_LIFE;
  return mulDiv(START_FACTOR * anchor, 2n * HALF_LIFE - rest, (2n * HALF_LIFE) << halvings, "up");
}

/**
 * Computes what an amount of a reward costs at a price, in asset wei, rounded up.
 *
 * @example
 * const payment = auctionPayment({ amount: 10n ** 18n, price: 10n ** 24n, decimals: 18 });
 */
export function auctionPayment({ amount, price, decimals }: auctionPayment.Parameters): bigint {
  return mulDiv(amount, price, 10n ** BigInt(PRICE_DECIMALS + decimals), "up");
}

export declare namespace auctionPrice {
  type Parameters = {
    /** About what the reward is worth: asset wei per whole token, times 1e18. */
    anchor: bigint;
    /** Seconds since the lot started. */
    elapsed: bigint;
  };
}

export declare namespace auctionPayment {
  type Parameters = {
    /** Reward wei. */
    amount: bigint;
    /** Asset wei per whole token, times 1e18. */
    price: bigint;
    /** The reward token's. */
    decimals: number;
  };
}
