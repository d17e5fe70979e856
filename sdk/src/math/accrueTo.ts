import { max, min, mulDiv } from "./integers.ts";
import { type GainLock, LOCK_PERIOD, lockedAt } from "./lock.ts";
import { assetsAt, PAR, pricePerShare, type Supply, virtualShares } from "./shares.ts";

const BPS = 10_000n;
const DAY = 86_400n;
const YEAR = 365n * DAY;
/** Silence beyond this earns no further room for unmeasured gains. */
const MAX_GAIN_PERIOD = 7n * DAY;
/** A full recovery to the mark takes this long. */
const RECOVERY_PERIOD = 10n * DAY;
/** Fees are taken once the price is a hundred-thousandth above the mark. */
const FEE_STEP = 100_000n;
/** Newcomers bring a gain that waits in no faster than the whole of it would come in this time. */
const WAIT_PERIOD = 14n * DAY;
/** A gain that waits meets at least one in so many of NAV. */
const WAIT_SHARE = 100n;
/** A gain waits once it exceeds what may flow in by one in so many of NAV. */
const WAIT_STEP = 100_000n;
const ENTRY_FLOOR_BPS = 9_800n;
const REANCHORED = 2;
const WAITING = 16;
const MAX_NAV = 2n ** 112n - 1n;
const MAX_MARK = 2n ** 80n - 1n;
const MAX_READ = 2n ** 104n - 1n;
const LEAST_SEED = 1_000n;

/** A vault's books as they are stored; what `getVault` reads has this shape. */
export type VaultBooks = {
  readonly assetDecimals: number;
  /** As of the last accrual, in share wei. */
  readonly totalSupply: bigint;
  readonly books: {
    readonly nav: bigint;
    readonly idle: bigint;
    readonly accruedAt: number;
    /** Bit i: the i-th adapter counts. */
    readonly allocated: number;
  };
  readonly lock: {
    readonly locked: bigint;
    readonly start: number;
    readonly end: number;
    readonly hwm: bigint;
    readonly maxRate: number;
    readonly flags: number;
  };
  /** What waited as of the last accrual, while bit 4 of the flags is set. */
  readonly waiting: { readonly assets: bigint; readonly nav: bigint };
  readonly config: { readonly entryMark: bigint; readonly feeBps: number };
  /** What each adapter is worth, in the vault's order. */
  readonly allocations: readonly { readonly realAssets: bigint }[];
};

/** A vault as its next touch finds it. */
export type Accrued = Supply & {
  /** Share price, 1e18 is par. */
  readonly pps: bigint;
  /** Assets still locked. */
  readonly locked: bigint;
  /** Reported assets outside `totalAssets` that flow in later; 0 where no more than the markets' rounding is left. */
  readonly waiting: bigint;
  /** The price whose 98 % a deposit needs, and all of it while a gain waits. */
  readonly entryMark: bigint;
  /** The fee's high-water mark. */
  readonly hwm: bigint;
  /** Minted for the fee; they are in `totalSupply`. */
  readonly feeShares: bigint;
  /** What was lost since the last accrual, from the lock first. */
  readonly loss: bigint;
};

/**
 * Computes what a vault's next touch at a second finds, given what its adapters are worth then: losses at once, from the
 * lock first; measured gains as the lock releases them; unmeasured ones no faster than the maximum rate, and what waited
 * already no faster than that of the least assets since it waits, or a fourteenth of it a day; then the fee.
 *
 * @example
 * const state = await getVault(client, { vault });
 * const { pps, totalAssets } = accrueTo(state, state.timestamp + 86_400n);
 */
export function accrueTo(vault: VaultBooks, timestamp: bigint): Accrued {
  const settled = settle(vault, timestamp);
  const fee = crystallise(vault, settled);
  const supply = { ...settled.supply, totalSupply: settled.supply.totalSupply + fee.feeShares };
  const pps = pricePerShare(supply);
  const isReanchored = (vault.lock.flags & REANCHORED) !== 0;
  const entryMark = isReanchored ? min(max(pps, vault.config.entryMark), fee.hwm) : fee.hwm;
  const { locked, waiting, loss } = settled;
  return { ...supply, pps, locked, waiting, entryMark, ...fee, loss };
}

/**
 * Says whether deposits are taken at that price: nobody buys a dip, nor, while a gain waits, a recovery that is in sight.
 *
 * @example
 * const state = await getVault(client, { vault });
 * const open = isOpen(accrueTo(state, state.timestamp + 12n));
 */
export function isOpen(accrued: isOpen.Parameters): boolean {
  const { entryMark, pps, totalAssets, waiting } = accrued;
  if (waiting > 0n) return totalAssets + 1n >= assetsAt(accrued, entryMark);
  return pps * BPS >= entryMark * ENTRY_FLOOR_BPS;
}

/**
 * Computes the most by which an unmeasured gain may lift a vault, rounded down: `maxRate` percent a year, or below the
 * mark a tenth of the assets at the mark per day, whichever is more.
 *
 * @example
 * const gain = maxGain({ fair: 10n ** 12n, top: 10n ** 12n, maxRate: 30n, elapsed: 86_400n });
 */
export function maxGain({ fair, top, maxRate, elapsed }: maxGain.Parameters): bigint {
  const counted = min(elapsed, MAX_GAIN_PERIOD);
  const gain = (fair * maxRate * counted) / (100n * YEAR);
  return fair < top ? max(gain, min(top - fair, (top * counted) / RECOVERY_PERIOD)) : gain;
}

/**
 * Computes the shares that pay the fee on the rise from the high-water mark to a price, at the price after the fee. Both
 * divisions round down, for the holders.
 *
 * @example
 * const shares = feeShares(state, { price: 1_100_000n * 10n ** 12n, hwm: 10n ** 18n, feeBps: 1_000n });
 */
export function feeShares(supply: Supply, { price, hwm, feeBps }: feeShares.Parameters): bigint {
  const virtual = virtualShares(supply);
  const feeAssets = mulDiv((price - hwm) * feeBps, supply.totalSupply, PAR * virtual * BPS, "down");
  return mulDiv(feeAssets, supply.totalSupply + virtual, supply.totalAssets + 1n - feeAssets, "down");
}

type Settled = Pick<Accrued, "locked" | "waiting" | "loss"> & { supply: Supply };

function settle(vault: VaultBooks, timestamp: bigint): Settled {
  const { books, lock, waiting, config, allocations, totalSupply, assetDecimals } = vault;
  const lent = allocations.filter((_, at) => ((books.allocated >> at) & 1) === 1);
  const gross = lent.reduce((sum, { realAssets }) => sum + min(realAssets, MAX_READ), books.idle);
  const gains: GainLock = { locked: lock.locked, start: BigInt(lock.start), end: BigInt(lock.end) };
  const held = lockedAt(gains, timestamp);
  const released = lockedAt(gains, BigInt(books.accruedAt)) - held;
  const calm = (books.nav * (timestamp - max(BigInt(books.accruedAt), gains.start))) / LOCK_PERIOD;
  const fair = books.nav + min(released, calm);
  const loss = max(fair + held - gross, 0n);
  const locked = held - min(loss, held);
  const nav = gross - locked;
  const supply = { totalAssets: nav, totalSupply, assetDecimals };
  if (nav <= fair) return { supply, locked, waiting: 0n, loss };
  const mark = (lock.flags & REANCHORED) === 0 ? lock.hwm : config.entryMark;
  const top = assetsAt(supply, mark);
  const pace = { maxRate: BigInt(lock.maxRate), elapsed: timestamp - BigInt(books.accruedAt) };
  const most = maxGain({ fair, top, ...pace });
  const waits = (lock.flags & WAITING) !== 0;
  const stayed = waits ? max(min(fair, waiting.nav), fair / WAIT_SHARE) : fair;
  const old = waits ? min(waiting.assets, nav - fair) : 0n;
  const slowly = max(maxGain({ fair: stayed, top: 0n, ...pace }), (old * pace.elapsed) / WAIT_PERIOD);
  const gain = waits ? min(most, nav - fair - old + slowly + max(top - fair, 0n)) : most;
  const left = max(nav - fair - gain, 0n);
  return {
    supply: { ...supply, totalAssets: min(nav, fair + gain, MAX_NAV) },
    ...{ locked, waiting: left > stayed / WAIT_STEP ? left : 0n, loss },
  };
}

/** While only the dead seed is there the mark follows the price, and no fee is due. */
function crystallise({ lock, config }: VaultBooks, { supply }: { supply: Supply }): { hwm: bigint; feeShares: bigint } {
  const price = min(pricePerShare(supply), MAX_MARK);
  if (supply.totalSupply <= seedShares(supply)) return { hwm: price, feeShares: 0n };
  if (price <= lock.hwm + lock.hwm / FEE_STEP) return { hwm: lock.hwm, feeShares: 0n };
  const shares = feeShares(supply, { price, hwm: lock.hwm, feeBps: BigInt(config.feeBps) });
  const after = { ...supply, totalSupply: supply.totalSupply + shares };
  return { hwm: min(pricePerShare(after), MAX_MARK), feeShares: shares };
}

function seedShares(supply: Supply): bigint {
  const seed = supply.assetDecimals > 6 ? max(LEAST_SEED, 10n ** BigInt(supply.assetDecimals - 6)) : LEAST_SEED;
  return seed * virtualShares(supply);
}

export declare namespace isOpen {
  type Parameters = Supply & Pick<Accrued, "entryMark" | "pps" | "waiting">;
}

export declare namespace maxGain {
  type Parameters = {
    /** Assets if nothing but time had happened. */
    fair: bigint;
    /** Assets at the mark: below them a vault recovers faster. */
    top: bigint;
    /** Percent a year. */
    maxRate: bigint;
    /** Seconds since the last accrual. */
    elapsed: bigint;
  };
}

export declare namespace feeShares {
  type Parameters = {
    /** Before the fee. */
    price: bigint;
    /** High-water mark. */
    hwm: bigint;
    feeBps: bigint;
  };
}
