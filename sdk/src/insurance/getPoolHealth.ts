import type { Address } from "viem";
import { buysStopped, fees, minPremium, model, priceOf, productOf } from "../abis/CoverManager.ts";
import { incidentOf, lastIncident } from "../abis/IncidentModule.ts";
import { kink, rate0, rate1, rate2 } from "../abis/PremiumModel.ts";
import { available } from "../abis/RiskReserve.ts";
import {
  asset,
  books,
  capacity,
  checkInvariants,
  exposure,
  freeAssets,
  liveOf,
  modules,
  pausedUntil,
  poolTime,
  totalOwed,
  totalSupply,
} from "../abis/UnderwritingPool.ts";
import type { Result } from "../core/call.ts";
import { type Answers, answer, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import type { PoolSupply, PremiumCurve } from "../math/cover.ts";
import { min } from "../math/integers.ts";

/** An insured vault, its terms, its price and what is at stake on it. */
export type PoolProduct = Result<typeof productOf> & {
  readonly product: number;
  /** Asset wei per share wei times 1e27; undefined while the vault doesn't say. */
  readonly price: bigint | undefined;
  /** Cover that runs, in asset wei. */
  readonly live: bigint;
  /** The last one, or undefined. */
  readonly lastIncident: (Result<typeof incidentOf> & { readonly incidentId: bigint }) | undefined;
};

/** A pool's capital and what is asked of it, at one block; in asset wei where nothing else is said. */
export type PoolHealth = PoolSupply & {
  /** Of the block. */
  readonly timestamp: bigint;
  /** Pool time: the clock less all pauses. */
  readonly time: bigint;
  /** Block time; 0 if claims are not paused. */
  readonly pausedUntil: bigint;
  readonly asset: Address;
  readonly modules: Result<typeof modules>;
  readonly books: Result<typeof books>;
  /** What cover may bind. */
  readonly capacity: bigint;
  /** The most that can leave now. */
  readonly freeAssets: bigint;
  /** E: live cover of vaults with an open incident. */
  readonly exposure: bigint;
  /** K: what open claims may take. */
  readonly atRisk: bigint;
  /** Pays before the underwriters do. */
  readonly reserve: bigint;
  /** Payments that the asset refused to bring. */
  readonly totalOwed: bigint;
  /** What does not hold of the books, as bits; 0 if all does. */
  readonly brokenInvariants: bigint;
  readonly curve: PremiumCurve;
  readonly minPremium: bigint;
  readonly daoFeeBps: bigint;
  readonly reserveFeeBps: bigint;
  readonly buysStopped: boolean;
  readonly products: readonly PoolProduct[];
};

const EACH = 5;

/**
 * Reads a pool at one block, in one `eth_call`: capital, cover, claims, queue, prices and terms of all insured vaults. What
 * `quoteCover` needs.
 *
 * @example
 * const health = await getPoolHealth(client, { pool });
 * console.log(health.books.live, "of", health.capacity, "is insured");
 */
export async function getPoolHealth(
  client: ReadClient,
  { pool, ...options }: getPoolHealth.Parameters,
): Promise<PoolHealth> {
  const [manager, incidents, curve] = [answer(0, 1), answer(0, 3), answer(11)];
  const head = [
    [modules, pool, []],
    [books, pool, []],
    [poolTime, pool, []],
    [pausedUntil, pool, []],
    [asset, pool, []],
    [capacity, pool, []],
    [freeAssets, pool, []],
    [exposure, pool, []],
    [totalSupply, pool, []],
    [totalOwed, pool, []],
    [checkInvariants, pool, []],
    [model, manager, []],
    [available, answer(0, 5), []],
    [minPremium, manager, []],
    [fees, manager, []],
    [buysStopped, manager, []],
    [rate0, curve, []],
    [rate1, curve, []],
    [rate2, curve, []],
    [kink, curve, []],
  ] as const;
  const stepsOf = (product: number) =>
    [
      [productOf, manager, [product]],
      [priceOf, manager, [product], true],
      [liveOf, pool, [product]],
      [lastIncident, incidents, [product]],
      [incidentOf, incidents, [BigInt(answer(head.length + EACH * product + 3))]],
    ] as const;
  // At most eight, which the contract says nowhere else.
  const each = [0, 1, 2, 3, 4, 5, 6, 7].map(stepsOf);
  const { timestamp, answers } = await readLens(client, [...head, ...each.flat()], options);
  const [module, now, time, until, token, room, free, exposed, supply, owed, broken, , reserve, least, parts, ...rest] =
    answers as unknown as Answers<typeof head>;
  const [stopped, low, middle, high, bend] = rest;
  const [daoFeeBps, reserveFeeBps] = parts;
  return {
    ...{ timestamp, time, pausedUntil: until, asset: token, modules: module, books: now, totalAssets: now.assets },
    ...{ totalSupply: supply, capacity: room, freeAssets: free, exposure: exposed, reserve, totalOwed: owed },
    ...{ atRisk: min(now.locked + exposed, now.assets), brokenInvariants: broken, minPremium: least },
    ...{ curve: { rate0: low, rate1: middle, rate2: high, kink: bend }, daoFeeBps, reserveFeeBps },
    buysStopped: stopped,
    products: each.flatMap((_, product) => {
      type Each = Answers<ReturnType<typeof stepsOf>>;
      const at = head.length + EACH * product;
      const [terms, price, live, incidentId, incident] = answers.slice(at, at + EACH) as unknown as Each;
      if (BigInt(terms.vault) === 0n) return [];
      return [
        { ...terms, product, price, live, lastIncident: incidentId === 0n ? undefined : { ...incident, incidentId } },
      ];
    }),
  };
}

export declare namespace getPoolHealth {
  type Parameters = {
    pool: Address;
  } & ReadOptions;
}
