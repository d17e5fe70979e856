import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compound, convertToAssets, convertToShares, lock, maxDeposit, waiting } from "../src/abis/CompoundingVault.ts";
import { readMany } from "../src/core/readMany.ts";
import { getVault } from "../src/index.ts";
import { accrueTo, isOpen, lockedAt, lockGain, pricePerShare, toAssets, toShares } from "../src/math/index.ts";
import { startChain, type TestChain } from "./chain.ts";
import { randomFrom } from "./random.ts";
import { DECIMALS, imagine, lendingVault, STATES, type World } from "./vaultStates.ts";

const DAY = 86_400n;

describe("math mirrors the vault", () => {
  let chain: TestChain;
  const worlds = new Map<number, World>();
  beforeAll(async () => {
    chain = await startChain();
    for (const decimals of DECIMALS) worlds.set(decimals, await lendingVault(chain, decimals));
  });
  afterAll(() => chain.stop());

  test.each(DECIMALS)(`%i decimals: ${STATES} random states, accrued and locked alike`, async (decimals) => {
    const world = worlds.get(decimals) as World;
    const { vault, admin } = world;
    const random = randomFrom(BigInt(decimals));
    const now = await chain.now();
    const seen = {
      loss: 0,
      gain: 0,
      fee: 0,
      reanchored: 0,
      locked: 0,
      closed: 0,
      closedByWaiting: 0,
      joined: 0,
      fresh: 0,
      waited: 0,
    };
    for (let run = 0; run < STATES; run++) {
      const { stateOverride } = imagine(random, world, decimals, now);
      const state = await getVault(chain.client, { vault, stateOverride });
      const mirrored = accrueTo(state, state.timestamp);
      const { timestamp, totalAssets, pps, locked, entryMark } = state;
      expect(mirrored).toMatchObject({ totalAssets, pps, locked, entryMark });
      expect(pricePerShare(mirrored)).toBe(pps);
      seen.loss += Number(mirrored.loss > 0n);
      seen.gain += Number(totalAssets > state.books.nav);
      seen.fee += Number(mirrored.feeShares > 0n);
      seen.reanchored += Number(entryMark !== mirrored.hwm);
      seen.locked += Number(locked > 0n);
      const hurried = accrueTo({ ...state, lock: { ...state.lock, flags: state.lock.flags & ~16 } }, timestamp);
      seen.waited += Number(totalAssets < hurried.totalAssets); // newcomers would have hastened it

      // One call after the other in one execution: what the last reads is what compounding stored.
      const [assets, shares] = [random.uint(100), random.uint(120)];
      const calls = [
        [convertToShares, vault, [assets]],
        [convertToAssets, vault, [shares]],
        [maxDeposit, vault, [admin]],
        [compound, vault, []],
        [lock, vault, []],
        [waiting, vault, []],
      ] as const;
      const [minted, worth, room, gain, after, waits] = await readMany(chain.client, calls, { stateOverride });
      expect([toShares(mirrored, assets, "down"), toAssets(mirrored, shares, "down")]).toEqual([minted, worth]);
      expect(mirrored.waiting).toBe((after.flags & 16) === 0 ? 0n : waits.assets);
      const open = isOpen(mirrored);
      expect(room > 0n).toBe(open);
      seen.closed += Number(!open);
      seen.closedByWaiting += Number(!open && isOpen({ ...mirrored, waiting: 0n }));

      const held = { locked: state.lock.locked, start: BigInt(state.lock.start), end: BigInt(state.lock.end) };
      const before = mirrored.loss > 0n ? { locked, start: timestamp, end: held.end } : held;
      const joined = gain > 0n ? lockGain(before, { gain, timestamp }) : before;
      const stored = { locked: after.locked, start: BigInt(after.start), end: BigInt(after.end) };
      expect(lockedAt(joined, timestamp + DAY)).toBe(lockedAt(stored, timestamp + DAY));
      if (gain > 0n) expect(joined).toEqual(stored);
      seen.joined += Number(gain > 0n && locked > 0n);
      seen.fresh += Number(gain > 0n && locked === 0n);
    }
    // A branch that hardly ever ran would prove nothing.
    for (const [branch, times] of Object.entries(seen)) expect(times, branch).toBeGreaterThan(STATES / 20);
  });
});
