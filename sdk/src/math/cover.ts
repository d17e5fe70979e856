import { max, min, mulDiv } from "./integers.ts";

const DAY = 86_400n;
const BUCKET = 7n * DAY;
const GRACE = 35n * DAY;
const YEAR = 365n * DAY;
const BPS = 10_000n;
const ONE = 10n ** 18n;
const RAY = 10n ** 27n;
const STREAM = 10n ** 12n;

/** What cover costs a year, by how much of the capacity is used: three rates and where the line bends, 1e18 = 100 %. */
export type PremiumCurve = {
  /** Of an empty pool. */
  readonly rate0: bigint;
  /** At the kink. */
  readonly rate1: bigint;
  /** Of a full pool. */
  readonly rate2: bigint;
  /** Utilisation at which the line bends. */
  readonly kink: bigint;
};

/** What decides how much a policy is paid at a price. `getCoverStatus` reads it. */
export type InsuredShares = {
  /** Asset wei per share wei times 1e27. */
  readonly entry: bigint;
  readonly deductibleBps: bigint;
  /** Shares in the policy, in share wei. */
  readonly armed: bigint;
  /** Of the amount, not paid yet, in asset wei. */
  readonly remaining: bigint;
};

/**
 * Computes a premium, in asset wei, rounded up: the area under the curve over the utilisation that the cover adds, so that
 * buying in parts is never cheaper. `live + amount` is at most `capacity`.
 *
 * @example
 * const premium = coverPremium({ curve, live: 0n, amount: 10n ** 9n, capacity: 10n ** 12n, duration: 49n * 86_400n, multiplierBps: 10_000n });
 */
export function coverPremium({
  curve,
  live,
  amount,
  capacity,
  duration,
  multiplierBps,
}: coverPremium.Parameters): bigint {
  if (amount === 0n) return 0n;
  const yearly = area(curve, live + amount, capacity, "up") - area(curve, live, capacity, "down");
  return mulDiv(yearly, duration * multiplierBps, ONE * BPS * YEAR, "up");
}

/**
 * Computes until when a cover is billed, in pool time: the end of the week in which the last claim on it could be filed, 35
 * days after it expires.
 *
 * @example
 * const until = billedUntil({ expiry: 1_800_000_000n });
 */
export function billedUntil({ expiry }: { readonly expiry: bigint }): bigint {
  return ((expiry + GRACE + BUCKET - 1n) / BUCKET) * BUCKET;
}

/**
 * Computes the price below which a cover is paid, rounded down: its entry less the deductible.
 *
 * @example
 * const threshold = coverThreshold({ entry: 10n ** 27n, deductibleBps: 1_000n });
 */
export function coverThreshold({ entry, deductibleBps }: Pick<InsuredShares, "entry" | "deductibleBps">): bigint {
  return (entry * (BPS - deductibleBps)) / BPS;
}

/**
 * Computes what a policy is paid at a loss price, in asset wei, rounded down.
 *
 * @example
 * const paid = coverPayout({ entry: 10n ** 27n, deductibleBps: 1_000n, armed: 100n, remaining: 100n, price: 5n * 10n ** 26n });
 */
export function coverPayout(shares: InsuredShares & { readonly price: bigint }): bigint {
  const lost = max(coverThreshold(shares) - shares.price, 0n);
  return min(mulDiv(shares.armed, lost, RAY, "down"), shares.remaining);
}

/**
 * Computes what cancelling gives back, in asset wei, rounded down: 90 % of what has not streamed, in the part of the amount that
 * was not paid out; the pool keeps the least premium.
 *
 * @example
 * const refund = coverRefund({ rate: 10n ** 12n, until: 200n, time: 100n, amount: 10n, remaining: 10n, premium: 1_000n, minPremium: 1n });
 */
export function coverRefund(cover: coverRefund.Parameters): bigint {
  const { rate, until, time, amount, remaining, premium, minPremium } = cover;
  if (time >= until || amount === 0n) return 0n;
  const leftover = (rate * (until - time)) / STREAM;
  return min((leftover * remaining * 9_000n) / (amount * BPS), max(premium - minPremium, 0n));
}

/**
 * Computes the entry price of a policy after more shares were put in: the average, with what they cost now where that is
 * lower, rounded down.
 *
 * @example
 * const entry = armedEntry({ entry: 10n ** 27n, armed: 100n, shares: 50n, price: 9n * 10n ** 26n });
 */
export function armedEntry({ entry, armed, shares, price }: armedEntry.Parameters): bigint {
  return (armed * entry + shares * min(price, entry)) / (armed + shares);
}

/**
 * Computes what a share is entered at now, rounded down: its price, but no more than a year's growth of 50 % on the mark
 * allows, of at most 7 days.
 *
 * @example
 * const entry = coverEntry({ price: 10n ** 27n, hwm: 10n ** 27n, hwmAt: 1_800_000_000n, time: 1_800_000_100n });
 */
export function coverEntry({ price, hwm, hwmAt, time }: coverEntry.Parameters): bigint {
  const growth = min(time - hwmAt, 7n * DAY) * 5_000n;
  return min(price, hwm + (hwm * growth) / (YEAR * BPS));
}

/**
 * Computes what the pool keeps of a paid policy's shares when they are freed: what the vault has recovered beyond a year's
 * growth of 50 %, at most what was paid, and nothing once 120 days have passed. `due` in asset wei, rounded down; `kept` in
 * share wei, rounded up.
 *
 * @example
 * const { kept } = recoveryKept({ paid: 40n, lossPrice: 5n * 10n ** 26n, passed: 30n * 86_400n, armed: 100n, price: 10n ** 27n });
 */
export function recoveryKept({ paid, lossPrice, passed, armed, price }: recoveryKept.Parameters): {
  readonly due: bigint;
  readonly kept: bigint;
} {
  if (passed >= 120n * DAY) return { due: 0n, kept: 0n };
  const grown = lossPrice + (lossPrice * 5_000n * passed) / (BPS * YEAR);
  const due = min(mulDiv(armed, max(price - grown, 0n), RAY, "down"), paid);
  return { due, kept: due === 0n ? 0n : min(mulDiv(due, RAY, price, "up"), armed) };
}

/**
 * Computes the loss price of an incident: the median of the highest readings of three days.
 *
 * @example
 * const price = lossPrice([1n, 3n, 2n]);
 */
export function lossPrice([one, two, three]: readonly [bigint, bigint, bigint]): bigint {
  return max(min(one, two), min(max(one, two), three));
}

/**
 * Computes the deposit of an assessed claim, in asset wei, rounded up: half a percent of what is left of the cover, and at least
 * the minimum.
 *
 * @example
 * const deposit = claimDeposit({ remaining: 10n ** 9n, minDeposit: 10n ** 8n });
 */
export function claimDeposit({ remaining, minDeposit }: claimDeposit.Parameters): bigint {
  return max(mulDiv(remaining, 50n, BPS, "up"), minDeposit);
}

/** What the price of a pool's share is made of. `getPoolHealth` reads it. */
export type PoolSupply = {
  /** A, in asset wei. */
  readonly totalAssets: bigint;
  /** In share wei. */
  readonly totalSupply: bigint;
};

/**
 * Computes how many pool shares assets get, rounded down, for those who are in.
 *
 * @example
 * const shares = toPoolShares({ totalAssets: 1_000n, totalSupply: 10n ** 9n }, 5n);
 */
export function toPoolShares({ totalAssets, totalSupply }: PoolSupply, assets: bigint): bigint {
  return mulDiv(assets, totalSupply + VIRTUAL_SHARES, totalAssets + 1n, "down");
}

/**
 * Computes what pool shares are worth, rounded down, for those who stay.
 *
 * @example
 * const assets = toPoolAssets({ totalAssets: 1_000n, totalSupply: 10n ** 9n }, 10n ** 6n);
 */
export function toPoolAssets({ totalAssets, totalSupply }: PoolSupply, shares: bigint): bigint {
  return mulDiv(shares, totalAssets + 1n, totalSupply + VIRTUAL_SHARES, "down");
}

/**
 * Computes what a request to leave is worth, in asset wei, rounded down: what it was when made, or what its shares are now
 * with the claims that are open taken as lost, whichever is less.
 *
 * @example
 * const assets = requestValue({ totalAssets: 1_000n, totalSupply: 10n ** 9n, atRisk: 100n, shares: 10n ** 6n, assets: 1n });
 */
export function requestValue({ totalAssets, totalSupply, atRisk, shares, assets }: requestValue.Parameters): bigint {
  return min(mulDiv(shares, totalAssets - atRisk + 1n, totalSupply + VIRTUAL_SHARES, "down"), assets);
}

const VIRTUAL_SHARES = 10n ** 6n;

/** Capacity times the integral of the curve up to `x / capacity`, times 1e18. */
function area(
  { rate0, rate1, rate2, kink }: PremiumCurve,
  x: bigint,
  capacity: bigint,
  rounding: "down" | "up",
): bigint {
  const low = min(x, (kink * capacity) / ONE);
  const high = x - low;
  const below = rate0 * low + mulDiv((rate1 - rate0) * low, low * ONE, 2n * kink * capacity, rounding);
  if (high === 0n) return below;
  return below + rate1 * high + mulDiv((rate2 - rate1) * high, high * ONE, 2n * (ONE - kink) * capacity, rounding);
}

export declare namespace coverPremium {
  type Parameters = {
    curve: PremiumCurve;
    /** Cover that runs beside it, in asset wei. */
    live: bigint;
    /** In asset wei. */
    amount: bigint;
    /** What cover may bind, in asset wei. */
    capacity: bigint;
    /** Seconds that are billed: see {@link billedUntil}. */
    duration: bigint;
    /** The product's part of the curve, 10,000 = all of it. */
    multiplierBps: bigint;
  };
}

export declare namespace coverRefund {
  type Parameters = {
    /** Of its stream, asset wei times 1e12 per second. */
    rate: bigint;
    /** End of what was billed, in pool time. */
    until: bigint;
    /** Pool time. */
    time: bigint;
    /** In asset wei, as the next three. */
    amount: bigint;
    remaining: bigint;
    premium: bigint;
    minPremium: bigint;
  };
}

export declare namespace armedEntry {
  type Parameters = {
    /** Asset wei per share wei times 1e27. */
    entry: bigint;
    /** In share wei. */
    armed: bigint;
    /** Put in now, in share wei; not 0 where `armed` is. */
    shares: bigint;
    /** What `coverEntry` says. */
    price: bigint;
  };
}

export declare namespace coverEntry {
  type Parameters = {
    /** Asset wei per share wei times 1e27. */
    price: bigint;
    /** The product's mark, alike. */
    hwm: bigint;
    /** When it was set, in pool time. */
    hwmAt: bigint;
    /** Pool time. */
    time: bigint;
  };
}

export declare namespace recoveryKept {
  type Parameters = {
    /** In asset wei. */
    paid: bigint;
    /** Asset wei per share wei times 1e27. */
    lossPrice: bigint;
    /** Seconds of pool time since the incident was closed. */
    passed: bigint;
    /** Shares in the policy, in share wei. */
    armed: bigint;
    /** Asset wei per share wei times 1e27. */
    price: bigint;
  };
}

export declare namespace claimDeposit {
  type Parameters = {
    /** Of the cover, in asset wei. */
    remaining: bigint;
    /** The module's, in asset wei. */
    minDeposit: bigint;
  };
}

export declare namespace requestValue {
  type Parameters = PoolSupply & {
    /** K: what open claims may take, in asset wei. */
    atRisk: bigint;
    /** In share wei. */
    shares: bigint;
    /** What they were worth when the request was made, in asset wei. */
    assets: bigint;
  };
}
