import { billedUntil, coverEntry, coverPremium, coverThreshold } from "../math/cover.ts";
import { max } from "../math/integers.ts";
import type { PoolHealth } from "./getPoolHealth.ts";

/** What a cover would cost, when it would run, and at which price it would pay. In asset wei and pool time. */
export type CoverQuote = {
  /** Rounded up; at least the pool's minimum. */
  readonly premium: bigint;
  /** Parts of the premium that the DAO and the reserve get, rounded down. */
  readonly daoFee: bigint;
  readonly reserveFee: bigint;
  /** It insures from here, */
  readonly start: bigint;
  /** to here, */
  readonly expiry: bigint;
  /** can be claimed on until here, */
  readonly claimUntil: bigint;
  /** and is billed to here: the end of that week. */
  readonly billedUntil: bigint;
  readonly billedSeconds: bigint;
  /** Of a share that is armed now; asset wei per share wei times 1e27. */
  readonly entry: bigint;
  /** It pays below this price. */
  readonly threshold: bigint;
};

/** Why a purchase would be refused. */
export type CoverRefusal = "no such product" | "stopped" | "incident" | "unreadable" | "unhealthy" | "period" | "full";

const DAY = 86_400n;
const BPS = 10_000n;

/**
 * Quotes a cover from what `getPoolHealth` read, without another call: to the wei what `buyCover` would take at that block. A
 * premium falls as the week goes by and rises as others buy; `maxPremium` bounds it.
 *
 * Says why instead where the purchase would be refused.
 *
 * @example
 * const health = await getPoolHealth(client, { pool });
 * const quote = quoteCover(health, { product: 0, amount: 1_000_000_000n, period: 90 * 86_400 });
 * if (quote.refusal === undefined) console.log(quote.premium, "until", quote.billedUntil);
 */
export function quoteCover(
  health: PoolHealth,
  { product, amount, period }: quoteCover.Parameters,
): (CoverQuote & { readonly refusal?: undefined }) | { readonly refusal: CoverRefusal } {
  const { time, capacity, books, curve, minPremium } = health;
  const terms = health.products.find((candidate) => candidate.product === product);
  if (!terms) return { refusal: "no such product" };
  const { hwm, price, live, multiplierBps, capBps } = terms;
  if (health.buysStopped || terms.stopped || books.retired) return { refusal: "stopped" };
  if (terms.incident) return { refusal: "incident" };
  if (price === undefined) return { refusal: "unreadable" };
  const entry = coverEntry({ price, hwm, hwmAt: BigInt(terms.hwmAt), time });
  const isLow = price * BPS < hwm * 9_900n;
  // The second low look a week after the first makes a new mark, and the purchase goes through.
  if (isLow && (terms.lowAt === 0 || time < BigInt(terms.lowAt) + 7n * DAY)) return { refusal: "unhealthy" };
  if (period < 7 * 86_400 || period > 365 * 86_400) return { refusal: "period" };
  const isFull = books.live + amount > capacity || live + amount > (capacity * BigInt(capBps)) / BPS;
  if (isFull || amount < 1n || amount >= 2n ** 96n) return { refusal: "full" };
  const expiry = time + BigInt(period);
  const until = billedUntil({ expiry });
  const duration = until - time;
  const byCurve = coverPremium({
    ...{ curve, live: books.live, amount, capacity, duration },
    multiplierBps: BigInt(multiplierBps),
  });
  const premium = max(byCurve, minPremium);
  return {
    premium,
    daoFee: (premium * health.daoFeeBps) / BPS,
    reserveFee: (premium * health.reserveFeeBps) / BPS,
    start: time + 3n * DAY,
    expiry,
    claimUntil: expiry + 35n * DAY,
    billedUntil: until,
    billedSeconds: duration,
    entry,
    threshold: coverThreshold({ entry, deductibleBps: BigInt(terms.deductibleBps) }),
  };
}

export declare namespace quoteCover {
  type Parameters = {
    /** Number of the insured vault. */
    product: number;
    /** In asset wei. */
    amount: bigint;
    /** In seconds, 7 to 365 days. */
    period: number;
  };
}
