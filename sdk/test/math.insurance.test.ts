import {
  type Address,
  type ContractFunctionParameters,
  encodeAbiParameters,
  keccak256,
  type StateOverride,
} from "viem";
import { multicall } from "viem/actions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { priceOf, quote, refundOf } from "../src/abis/CoverManager.ts";
import { release, settle } from "../src/abis/IncidentModule.ts";
import { premium as premiumAbi } from "../src/abis/PremiumModel.ts";
import { convertToAssets, convertToShares, poolTime, redeemable } from "../src/abis/UnderwritingPool.ts";
import { readMany } from "../src/core/readMany.ts";
import { applyProduct } from "../src/insurance/index.ts";
import {
  billedUntil,
  coverPayout,
  coverPremium,
  coverRefund,
  type PremiumCurve,
  recoveryKept,
  requestValue,
  toPoolAssets,
  toPoolShares,
} from "../src/math/index.ts";
import { max } from "../src/math/integers.ts";
import { startChain, type TestChain } from "./chain.ts";
import { CURVE, deployPool, MIN_PREMIUM, type PoolWorld } from "./pools.ts";
import { type Random, randomFrom } from "./random.ts";
import { ofAddress, packed, type Slot } from "./storage.ts";

const STATES = 5_000;
const DAY = 86_400n;
const RAY = 10n ** 27n;
const ONE = 10n ** 18n;
const HUGE = 2n ** 110n;
/** What a pool's books can hold. */
const MOST = 2n ** 96n - 1n;

/** What is imagined of a cover; the other fields are 0. */
type Cover = {
  readonly amount: bigint;
  readonly remaining: bigint;
  readonly deductibleBps: bigint;
  readonly entry: bigint;
  readonly rate: bigint;
  readonly premium: bigint;
  readonly bucket: bigint;
  readonly claim: bigint;
};

describe("math mirrors the pool", () => {
  let chain: TestChain;
  let world: PoolWorld;
  beforeAll(async () => {
    chain = await startChain();
    world = await deployPool(chain);
    await applyProduct(chain.wallet(0), { coverManager: world.coverManager, product: 0 });
  });
  afterAll(() => chain.stop());

  const times = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);
  const ofId = (id: number, slot: bigint): bigint =>
    BigInt(keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [BigInt(id), slot])));
  const word = (slot: bigint, value: bigint): Slot => packed(slot, [[value, 256]]);
  /** Books without a stream, as of now. */
  const booksOf = (now: bigint, assets: bigint, live: bigint, locked: bigint): readonly Slot[] => [
    packed(5n, [
      [assets, 96],
      [0n, 88],
      [now, 32],
    ]),
    packed(6n, [[live, 96]]),
    packed(7n, [[locked, 96]]),
  ];
  const coverOf = (id: number, c: Cover): readonly Slot[] => {
    const at = ofId(id, 21n);
    return [
      packed(at, [
        ...([
          [c.amount, 96],
          [c.remaining, 96],
          [0n, 8],
        ] as const),
        ...([
          [c.bucket, 32],
          [c.claim, 8],
        ] as const),
      ]),
      packed(at + 1n, [
        [c.entry, 144],
        [c.deductibleBps, 16],
      ]),
      packed(at + 2n, [
        [c.rate, 128],
        [c.premium, 96],
      ]),
    ];
  };
  const override = (...of: readonly (readonly [Address, readonly Slot[]])[]): StateOverride =>
    of.map(([address, stateDiff]) => ({ address, stateDiff: [...stateDiff] }));

  test(`${STATES} premiums on three curves`, async () => {
    const random = randomFrom(31n);
    const curves: readonly PremiumCurve[] = [
      CURVE,
      { rate0: 0n, rate1: ONE, rate2: 10n * ONE, kink: ONE / 3n },
      { rate0: 7n, rate1: 7n, rate2: 12_345_678_901_234n, kink: ONE - 1n },
    ];
    const seen = { kinked: 0, most: 0, nothing: 0 };
    for (const curve of curves) {
      const { rate0, rate1, rate2, kink } = curve;
      const model = await chain.deploy("PremiumModel", [rate0, rate1, rate2, kink]);
      for (let run = 0; run < STATES / 3; run += 100) {
        const asked = times(100).map(() => {
          const capacity = random.uint(96) + 1n;
          const live = random.within(0n, capacity);
          const amount = random.pick([capacity - live, random.within(0n, capacity - live)]);
          const [duration, multiplierBps] = [random.within(1n, 407n * DAY), random.uint(16)];
          seen.most += Number(live + amount === capacity);
          seen.nothing += Number(amount === 0n);
          seen.kinked += Number(live * ONE < kink * capacity && (live + amount) * ONE > kink * capacity);
          return { curve, live, amount, capacity, duration, multiplierBps };
        });
        const calls = asked.map(({ live, amount, capacity, duration, multiplierBps }) => {
          return [premiumAbi, model, [live, amount, capacity, duration, multiplierBps]] as const;
        });
        expect(asked.map(coverPremium)).toEqual(await readMany(chain.client, calls, {}));
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  test(`${STATES} share prices and requests`, async () => {
    const { pool } = world;
    const random = randomFrom(32n);
    const now = await chain.now();
    const seen = { atRisk: 0, capped: 0 };
    for (let run = 0; run < STATES; run += 50) {
      const [totalAssets, totalSupply] = [random.uint(96), random.uint(120)];
      const locked = random.pick([0n, random.within(0n, totalAssets), totalAssets]);
      const requests = times(50).map(() => ({ shares: random.within(0n, totalSupply), assets: random.uint(96) }));
      const slots = requests.flatMap(({ shares, assets }, i) => [
        packed(ofId(i + 1, 335n), [
          [shares, 160],
          [assets, 96],
        ]),
      ]);
      const stateOverride = override([
        pool,
        [...booksOf(now, totalAssets, 0n, locked), word(2n, totalSupply), ...slots],
      ]);
      const amounts = requests.map(() => random.uint(90));
      const calls = requests.flatMap((_, i) => [
        [convertToShares, pool, [amounts[i] as bigint]] as const,
        [convertToAssets, pool, [amounts[i] as bigint]] as const,
        [redeemable, pool, [BigInt(i + 1)]] as const,
      ]);
      const mirrored = requests.flatMap((request, i) => {
        const supply = { totalAssets, totalSupply };
        const value = requestValue({ ...supply, ...request, atRisk: locked });
        seen.atRisk += Number(locked > 0n);
        seen.capped += Number(value === request.assets && value > 0n);
        return [toPoolShares(supply, amounts[i] as bigint), toPoolAssets(supply, amounts[i] as bigint), value];
      });
      expect(mirrored).toEqual(await readMany(chain.client, calls, { stateOverride }));
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  test(`${STATES} quotes with the time that is billed, and refunds`, async () => {
    const { pool, coverManager } = world;
    const random = randomFrom(33n);
    const now = await chain.now();
    const seen = { least: 0, refund: 0, over: 0, paid: 0 };
    for (let run = 0; run < STATES; run += 50) {
      const capacity = random.uint(90) + 2n;
      const live = random.within(0n, capacity - 1n);
      const covers = times(50).map((): Cover => coverIn(random, now));
      const slots = covers.flatMap((cover, i) => coverOf(i + 1, cover));
      const stateOverride = override([pool, booksOf(now, capacity, live, 0n)], [coverManager, slots]);
      const asked = covers.map(
        () => [random.within(1n, capacity - live), random.within(7n * DAY, 365n * DAY)] as const,
      );
      const calls = [
        [poolTime, pool, []] as const,
        ...asked.map(([amount, period]) => [quote, coverManager, [0, amount, period]] as const),
        ...covers.map((_, i) => [refundOf, coverManager, [BigInt(i + 1)]] as const),
      ];
      const [time, ...found] = (await readMany(chain.client, calls, { stateOverride })) as [bigint, ...unknown[]];
      const quotes = asked.map(([amount, period]) => {
        const until = billedUntil({ expiry: time + period });
        const terms = { curve: CURVE, live, amount, capacity, duration: until - time, multiplierBps: 10_000n };
        const premium = coverPremium(terms);
        seen.least += Number(premium < MIN_PREMIUM);
        return [max(premium, MIN_PREMIUM), until];
      });
      const refunds = covers.map((cover) => {
        const until = cover.bucket * 7n * DAY;
        const refund = coverRefund({ ...cover, until, time, minPremium: MIN_PREMIUM });
        seen.refund += Number(refund > 0n);
        seen.over += Number(time >= until);
        seen.paid += Number(cover.remaining < cover.amount);
        return refund;
      });
      expect([...quotes, ...refunds]).toEqual(found);
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  test(`${STATES} payouts, and what the pool keeps of a recovery`, async () => {
    const { pool, coverManager, incidentModule, nft, token, vault } = world;
    const random = randomFrom(34n);
    const now = await chain.now();
    const seen = { paid: 0, whole: 0, kept: 0, late: 0 };
    const each = 40;
    for (let run = 0; run < STATES; run += each) {
      const price = RAY / 1_000n + random.uint(88);
      const passed = random.pick([random.within(30n, 119n), random.within(30n, 130n)]) * DAY;
      const loss = random.pick([0n, random.within(0n, price), random.uint(89)]);
      const covers = times(each).map(() => {
        const remaining = random.uint(90); // forty of them are within the pool's 96 bits
        const entry = random.pick([random.uint(92), 2n * loss + random.uint(91), 2n * loss + random.uint(91)]);
        const armed = random.pick([random.uint(80), random.uint(110), remaining]);
        const cover = { ...coverIn(random, now), remaining, entry, bucket: 0n, claim: 1n };
        return { cover, armed };
      });
      const ids = times(each);
      const policies = ids.flatMap((id, i) => [
        word(ofId(id, 7n), covers[i]?.armed ?? 0n),
        word(ofId(id, 2n), BigInt(chain.wallet(2).account.address)),
      ]);
      // The first incident: closed, at its price. And every cover filed in it.
      const incident = [
        packed(ofId(1, 2n) + 3n, [
          [loss, 160],
          [now - passed, 40],
          [0n, 8],
          [2n, 8],
        ]),
      ];
      const filings = ids.map((id) => word(ofId(id, 4n), 1n));
      const supply = 10n ** 30n;
      const held = (supply * price) / RAY;
      const stateOverride = override(
        [pool, booksOf(now, MOST, 0n, MOST)],
        [coverManager, covers.flatMap(({ cover }, i) => coverOf(i + 1, cover))],
        [nft, policies],
        [incidentModule, [...incident, ...filings]],
        [token, [word(ofAddress(pool, 0n), HUGE), word(ofAddress(vault, 0n), held)]],
        [vault, [word(2n, supply), word(ofAddress(nft, 0n), 2n ** 120n)]],
      );
      const contracts = [
        { abi: priceOf, address: coverManager, functionName: "priceOf", args: [0] },
        { abi: poolTime, address: pool, functionName: "poolTime", args: [] },
        ...ids.flatMap((id) => [
          { abi: settle, address: incidentModule, functionName: "settle", args: [BigInt(id)] },
          { abi: release, address: incidentModule, functionName: "release", args: [BigInt(id)] },
        ]),
      ];
      const how = { stateOverride, deployless: true, batchSize: 0, allowFailure: true } as const;
      const found = await multicall(chain.client, { ...how, contracts: contracts as ContractFunctionParameters[] });
      const results = found.map(({ result }) => result);
      const [seenPrice, time] = results as [bigint, bigint];
      for (const [i, { cover, armed }] of covers.entries()) {
        const shares = { ...cover, armed };
        const paid = coverPayout({ ...shares, price: loss });
        const [settled, released] = results.slice(2 + 2 * i, 4 + 2 * i);
        expect(paid).toBe(settled);
        seen.paid += Number(paid > 0n);
        seen.whole += Number(paid > 0n && paid === cover.remaining);
        if (paid === 0n) continue; // nothing is frozen
        const since = time - (now - passed);
        const { kept } = recoveryKept({ paid, lossPrice: loss, passed: since, armed, price: seenPrice });
        expect(kept).toBe(released);
        seen.kept += Number(kept > 0n);
        seen.late += Number(since >= 120n * DAY);
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  });
});

function coverIn(random: Random, now: bigint): Cover {
  const amount = random.uint(90) + 1n;
  return {
    amount,
    remaining: random.pick([amount, random.within(0n, amount)]),
    deductibleBps: random.within(200n, 1_000n),
    entry: random.uint(92),
    rate: random.uint(110),
    premium: random.uint(90),
    bucket: now / (7n * DAY) + random.within(-2n, 58n),
    claim: 0n,
  };
}
