import type { StateOverride } from "viem";
import { addAdapter, raiseCap, raiseGroupCap } from "../src/curator/index.ts";
import { approve, deposit, getVault } from "../src/index.ts";
import { lockedAt } from "../src/math/index.ts";
import type { TestChain } from "./chain.ts";
import type { Random } from "./random.ts";
import { ofAddress, packed } from "./storage.ts";
import { deployVault } from "./vaults.ts";

/** For each of the decimals: more than 5,000 in all. */
export const STATES = 1_667;
export const DECIMALS = [6, 8, 18];
const DAY = 86_400n;
const REANCHORED = 2n;
const WAITING = 16n;

export type World = Awaited<ReturnType<typeof deployVault>>;
type Imagined = { readonly stateOverride: StateOverride; readonly donated: bigint };

/** A vault that lends without caps. */
export async function lendingVault(chain: TestChain, decimals: number): Promise<World> {
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
export function imagine(random: Random, world: World, decimals: number, now: bigint): Imagined {
  const { vault, asset, source } = world;
  const virtual = 10n ** BigInt(18 - decimals);
  const seed = 10n ** BigInt(Math.max(3, decimals - 6));
  const supply = random.pick([seed * virtual, seed * virtual + random.uint(96)]);
  const pps = random.within(2n * 10n ** 17n, 3n * 10n ** 18n);
  const nav = (pps * (supply + virtual)) / (10n ** 18n * virtual);
  const most = random.pick([nav / 4n, 4n * nav]); // a lock larger than the NAV releases no faster than it in ten days
  const locked = random.pick([0n, random.within(0n, most < 2n ** 96n ? most : 2n ** 96n - 1n)]);
  const start = now - random.within(0n, 11n * DAY);
  const end = start + random.within(0n, 10n * DAY);
  const recovers = random.within(0n, 4n) === 0n; // seconds ago it was a little below its mark; what is more waits since
  const accruedAt = now - random.within(0n, recovers ? 300n : random.pick([DAY, DAY, 20n * DAY]));
  const idle = random.within(0n, nav / 2n);
  const owed = nav + lockedAt({ locked, start, end }, accruedAt) - idle;
  const [less, more] = [
    owed - owed / random.within(2n, 50n),
    owed + owed / random.within(2n, random.pick([50n, 5_000n])),
  ];
  const lent = recovers ? owed + nav / 20n : random.pick([owed, less, more, more, more, 0n]);
  const hwm = (pps * (recovers ? random.within(10_010n, 10_200n) : random.within(9_000n, 10_500n))) / 10_000n;
  const entryMark = (hwm * random.within(80n, 100n)) / 100n;
  const flags = (recovers ? 0n : random.pick([0n, REANCHORED])) | random.pick([0n, WAITING, WAITING, WAITING]);
  const donated = random.pick([0n, random.within(1n, nav / 10n)]);
  const over = lent > owed ? lent - owed : 0n;
  const waiting = random.pick([random.within(0n, 2n * over), over, over]);
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
      [0n, 160],
      [1n, 8],
      [10_000n, 16], // all of it stays idle: lending on would change what is measured
      [0n, 40],
      [0n, 32],
    ]),
    packed(18n, [
      [BigInt(world.admin), 160],
      [random.within(0n, 5_000n), 16],
      [entryMark, 80],
    ]),
    packed(21n, [
      [waiting, 112],
      [random.pick([nav, nav / 500n, nav / 2_000n, nav / 5_000n]), 112],
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
