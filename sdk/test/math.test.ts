import type { StateOverride } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compound as compoundAbi, lock as lockAbi } from "../src/abis/CompoundingVault.ts";
import { readMany } from "../src/core/readMany.ts";
import { addAdapter, raiseCap, raiseGroupCap } from "../src/curator/index.ts";
import { approve, convertToAssets, convertToShares, deposit, getVault, maxDeposit } from "../src/index.ts";
import { accrueTo, entryFloor, lockedAt, lockGain, pricePerShare, toAssets, toShares } from "../src/math/index.ts";
import { startChain, type TestChain } from "./chain.ts";
import { type Random, randomFrom } from "./random.ts";
import { ofAddress, packed } from "./storage.ts";
import { deployVault } from "./vaults.ts";

const DECIMALS = [6, 8, 18];
const STATES = 1_667; // for each of the decimals: more than 5,000 in all
const DAY = 86_400n;
const REANCHORED = 2n;

type World = Awaited<ReturnType<typeof deployVault>>;
type Imagined = { readonly stateOverride: StateOverride; readonly donated: bigint };

describe("math mirrors the vault", () => {
  let chain: TestChain;
  const worlds = new Map<number, World>();
  beforeAll(async () => {
    chain = await startChain();
    for (const decimals of DECIMALS) worlds.set(decimals, await lendingVault(chain, decimals));
  });
  afterAll(() => chain.stop());

  test.each(DECIMALS)(`%i decimals: ${STATES} random states of its storage, accrued alike`, async (decimals) => {
    const { vault, admin } = worlds.get(decimals) as World;
    const random = randomFrom(BigInt(decimals));
    const seen = { loss: 0, gain: 0, fee: 0, reanchored: 0, locked: 0, closed: 0 };
    for (let run = 0; run < STATES; run++) {
      const { stateOverride } = imagine(random, worlds.get(decimals) as World, decimals, await chain.now());
      const state = await getVault(chain.client, { vault, stateOverride });
      const mirrored = accrueTo(state, state.timestamp);
      const { totalAssets, pps, locked, entryMark } = state;
      expect(mirrored).toMatchObject({ totalAssets, pps, locked, entryMark });
      expect(pricePerShare(mirrored)).toBe(pps);
      seen.loss += Number(mirrored.loss > 0n);
      seen.gain += Number(totalAssets > state.books.nav);
      seen.fee += Number(mirrored.feeShares > 0n);
      seen.reanchored += Number(entryMark !== mirrored.hwm);
      seen.locked += Number(locked > 0n);
      const [assets, shares] = [random.uint(100), random.uint(120)];
      const [minted, worth, room] = await Promise.all([
        convertToShares(chain.client, { vault, assets, stateOverride }),
        convertToAssets(chain.client, { vault, shares, stateOverride }),
        maxDeposit(chain.client, { vault, receiver: admin, stateOverride }),
      ]);
      expect([toShares(mirrored, assets, "down"), toAssets(mirrored, shares, "down")]).toEqual([minted, worth]);
      const isOpen = pps >= entryFloor(entryMark);
      expect(room > 0n).toBe(isOpen);
      seen.closed += Number(!isOpen);
    }
    // A branch that hardly ever ran would prove nothing.
    for (const [branch, times] of Object.entries(seen)) expect(times, branch).toBeGreaterThan(STATES / 20);
  });

  test.each(DECIMALS)(`%i decimals: ${STATES} gains join a lock alike`, async (decimals) => {
    const { vault } = worlds.get(decimals) as World;
    const random = randomFrom(BigInt(100 + decimals));
    const seen = { joined: 0, fresh: 0 };
    for (let run = 0; run < STATES; run++) {
      const { stateOverride } = imagine(random, worlds.get(decimals) as World, decimals, await chain.now());
      const state = await getVault(chain.client, { vault, stateOverride });
      const { locked, loss } = accrueTo(state, state.timestamp);
      // One call after the other in one execution: what the second reads is what the first stored.
      const calls = [
        [compoundAbi, vault, []],
        [lockAbi, vault, []],
      ] as const;
      const [gain, after] = await readMany(chain.client, calls, { stateOverride });
      const held = { locked: state.lock.locked, start: BigInt(state.lock.start), end: BigInt(state.lock.end) };
      const before = loss > 0n ? { locked, start: state.timestamp, end: held.end } : held;
      const mirrored = gain > 0n ? lockGain(before, { gain, timestamp: state.timestamp }) : before;
      const stored = { locked: after.locked, start: BigInt(after.start), end: BigInt(after.end) };
      expect(lockedAt(mirrored, state.timestamp + DAY)).toBe(lockedAt(stored, state.timestamp + DAY));
      if (gain > 0n) expect(mirrored).toEqual(stored);
      seen.joined += Number(gain > 0n && locked > 0n);
      seen.fresh += Number(gain > 0n && locked === 0n);
    }
    for (const [branch, times] of Object.entries(seen)) expect(times, branch).toBeGreaterThan(STATES / 20);
  });
});

async function lendingVault(chain: TestChain, decimals: number): Promise<World> {
  const world = await deployVault(chain, { decimals });
  const { vault, adapter, asset } = world;
  const admin = chain.wallet(0);
  await addAdapter(admin, { vault, adapter });
  await raiseCap(admin, { vault, adapter, cap: 2n ** 88n - 1n });
  const { allocations } = await getVault(chain.client, { vault });
  const risks = allocations.flatMap(({ firstRisk, secondRisk }) => [firstRisk, secondRisk]);
  for (const { id } of risks.filter(({ id }) => BigInt(id) > 0n)) {
    await raiseGroupCap(admin, { vault, id, absoluteCap: 2n ** 104n, relativeCapBps: 10_000n });
  }
  const assets = 1_000n * 10n ** BigInt(decimals);
  await approve(admin, { token: asset, spender: vault, amount: assets });
  await deposit(admin, { vault, assets, receiver: world.admin, minShares: 0n });
  return world;
}

/** Storage as it could be after any history: prices off par, locks at every stage, losses and gains since the last touch. */
function imagine(random: Random, world: World, decimals: number, now: bigint): Imagined {
  const { vault, asset, source } = world;
  const virtual = 10n ** BigInt(18 - decimals);
  const seed = 10n ** BigInt(Math.max(3, decimals - 6));
  const supply = random.pick([seed * virtual, seed * virtual + random.uint(96)]);
  const pps = random.within(2n * 10n ** 17n, 3n * 10n ** 18n);
  const nav = (pps * (supply + virtual)) / (10n ** 18n * virtual);
  const most = random.pick([nav / 4n, 4n * nav]); // a lock larger than the NAV releases no faster than it a week
  const locked = random.pick([0n, random.within(0n, most < 2n ** 96n ? most : 2n ** 96n - 1n)]);
  const start = now - random.within(0n, 8n * DAY);
  const end = start + random.within(0n, 7n * DAY);
  const accruedAt = now - random.within(0n, 20n * DAY);
  const idle = random.within(0n, nav / 2n);
  const owed = nav + lockedAt({ locked, start, end }, accruedAt) - idle;
  const lent = random.pick([owed, owed - owed / random.within(2n, 50n), owed + owed / random.within(2n, 5_000n), 0n]);
  const hwm = (pps * random.within(90n, 105n)) / 100n;
  const entryMark = (hwm * random.within(80n, 100n)) / 100n;
  const flags = random.pick([0n, REANCHORED]);
  const donated = random.pick([0n, random.within(1n, nav / 10n)]);
  const stateDiff = [
    packed(2n, [[supply, 256]]),
    packed(5n, [
      [nav, 112],
      [idle, 104],
      [accruedAt, 32],
      [1n, 8],
    ]),
    packed(6n, [
      [locked, 96],
      [start, 32],
      [end, 32],
      [hwm, 80],
      [random.within(0n, 200n), 8],
      [flags, 8],
    ]),
    packed(7n, [
      [0n, 104],
      [entryMark, 80],
      [0n, 32],
      [10_000n, 16], // all of it stays idle: lending on would change what is measured
      [1n, 8],
    ]),
    packed(18n, [
      [BigInt(world.admin), 160],
      [random.within(0n, 5_000n), 16],
      [0n, 80],
    ]),
  ];
  const balances = [
    packed(ofAddress(source.address, 0n), [[lent, 256]]),
    packed(ofAddress(vault, 0n), [[idle + donated, 256]]),
  ];
  const stateOverride = [
    { address: vault, stateDiff },
    { address: asset, stateDiff: balances },
  ];
  return { stateOverride, donated };
}
