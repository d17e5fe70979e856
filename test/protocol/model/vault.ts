import { bits, down, isRefusal, max, min, must, over, refuse, up } from "./arithmetic.ts";
import {
  allocate,
  type Balances,
  deallocate,
  emergencyExit,
  type Market,
  maxAllocate,
  maxDeallocate,
  realAssets,
  transfer,
} from "./market.ts";

/**
 * The vault, written from its specification alone: exact integers, no tricks. It knows nothing of storage, slots or gas.
 * Accounts are names. A transaction is a list of calls; `latch` is what its first touch found.
 */
export type Entry = {
  readonly adapter: string;
  readonly risks: readonly string[];
  cap: bigint;
  allocated: boolean;
};
export type Vault = {
  readonly virtualShares: bigint;
  readonly seedAssets: bigint;
  nav: bigint;
  idle: bigint;
  accruedAt: bigint;
  locked: bigint;
  lockStart: bigint;
  lockEnd: bigint;
  hwm: bigint;
  maxRate: bigint;
  feeBps: bigint;
  stopped: boolean;
  /** The re-anchored entry mark while there is one. */
  anchor: bigint | undefined;
  depositCap: bigint;
  bufferBps: bigint;
  tipCap: bigint;
  compoundedAt: bigint;
  /** While a reported gain waits: what did as of the last accrual, and the least NAV since something does. */
  waiting: { assets: bigint; nav: bigint } | undefined;
  /** How often newcomers would have hastened a gain, and how often they would have bought a recovery in sight. */
  heldBack: number;
  keptOut: number;
  entries: Entry[];
  groups: Record<string, { absolute: bigint; relativeBps: bigint }>;
  shares: Balances;
  supply: bigint;
};
export type World = {
  now: bigint;
  balances: Balances;
  markets: Record<string, Market>;
  vault: Vault;
  /** NAV at the first touch of the transaction. */
  latch: bigint | undefined;
  /** What waited outside of it then. */
  waitingAtTouch: bigint;
  /** Whether somebody left by `exit` before it. */
  exited: boolean;
};

export const NO_CAP = bits(88n);
export const PAR = 10n ** 18n;
const LOCK_PERIOD = 10n * 86_400n;
const WAIT_PERIOD = 14n * 86_400n;
const YEAR = 365n * 86_400n;
const MAX_ADAPTERS = 8;

/* BOOKS */

const lockedAt = ({ locked, lockStart, lockEnd }: Vault, time: bigint): bigint => {
  if (time >= lockEnd) return 0n;
  return time <= lockStart ? locked : up(locked, lockEnd - time, lockEnd - lockStart);
};
/** NAV if nothing but time had happened: a lock larger than it adds no more than its size a week. */
const fairNav = ({ vault, now }: World): bigint => {
  const released = lockedAt(vault, vault.accruedAt) - lockedAt(vault, now);
  return vault.nav + min(released, (vault.nav * (now - max(vault.accruedAt, vault.lockStart))) / LOCK_PERIOD);
};
export const priceOf = ({ nav, supply, virtualShares: v }: Vault): bigint => ((nav + 1n) * PAR * v) / (supply + v);
export const entryMark = (vault: Vault): bigint => {
  return vault.anchor === undefined ? vault.hwm : min(max(priceOf(vault), vault.anchor), vault.hwm);
};
export const toShares = ({ nav, supply, virtualShares: v }: Vault, assets: bigint, direction = down): bigint =>
  direction(assets, supply + v, nav + 1n);
export const toAssets = ({ nav, supply, virtualShares: v }: Vault, shares: bigint, direction = down): bigint =>
  direction(shares, nav + 1n, supply + v);
const marketOf = (world: World, adapter: string): Market => world.markets[adapter] as Market;

/** Idle and what the counted adapters report, without those skipped. */
function gross(world: World, skip: readonly string[] = []): bigint {
  let sum = world.vault.idle;
  for (const { adapter, allocated } of world.vault.entries) {
    if (!allocated || skip.includes(adapter)) continue;
    sum += realAssets(world.balances, marketOf(world, adapter)) ?? refuse("CompoundingVault__AdapterFailed");
  }
  return sum;
}

/** The first touch of a transaction accrues; later ones refuse to go on at its price once a market has lost. */
export function touch(world: World): void {
  const { vault, now } = world;
  const assets = gross(world);
  if (world.latch !== undefined) {
    const counted = vault.nav + lockedAt(vault, now) + world.waitingAtTouch;
    const rounded = (world.latch + 1n) / 16_777_216n + 100n;
    must(assets >= over(counted, rounded), "CompoundingVault__LossSinceTouched");
    return;
  }
  const fair = fairNav(world);
  let held = lockedAt(vault, now);
  const cut = min(held, over(fair + held, assets));
  if (cut > 0n) {
    held -= cut;
    Object.assign(vault, { locked: held, lockStart: now });
  }
  const gain = admit(world, fair, over(assets - held, fair));
  vault.nav = min(assets - held, fair + gain, max(fair, bits(112n)));
  world.waitingAtTouch = assets - held - vault.nav;
  fee(vault);
  vault.accruedAt = now;
  world.latch = vault.nav;
  if (vault.anchor === undefined) return;
  const mark = entryMark(vault);
  vault.anchor = mark >= vault.hwm ? undefined : mark;
}

/** How much of a gain `maxRate` recognises now, of so much NAV. */
function byRate({ vault, now }: World, nav: bigint): bigint {
  return (nav * vault.maxRate * min(now - vault.accruedAt, 7n * 86_400n)) / (100n * YEAR);
}

/** The same, or a tenth of the mark a day on the way back to it. */
function room(world: World, fair: bigint): bigint {
  const { vault, now } = world;
  const top = topOf(vault);
  const back = (top * min(now - vault.accruedAt, 7n * 86_400n)) / (10n * 86_400n);
  return max(byRate(world, fair), min(over(top, fair), back));
}

/**
 * What flows in of a reported gain, in the room that there is: what is new, what waited before as far as those who were here
 * all along make room for it or a fourteenth of it a day, and the way back to the mark. The rest waits.
 */
function admit(world: World, fair: bigint, reported: bigint): bigint {
  const { vault, now } = world;
  const { waiting } = vault;
  const free = room(world, fair);
  const stayed = max(min(waiting?.nav ?? fair, fair), fair / 100n);
  const old = min(waiting?.assets ?? 0n, reported);
  const slowly = max(byRate(world, stayed), (old * (now - vault.accruedAt)) / WAIT_PERIOD);
  const flows = reported - old + slowly + over(topOf(vault), fair);
  const gain = waiting === undefined ? free : min(free, flows);
  const left = over(reported, gain);
  if (waiting !== undefined && left > 0n && flows < free) vault.heldBack += 1;
  vault.waiting = left > stayed / 100_000n ? { assets: left, nav: stayed } : undefined;
  return gain;
}

const topOf = (vault: Vault): bigint =>
  down(vault.anchor ?? vault.hwm, vault.supply + vault.virtualShares, PAR * vault.virtualShares);

function fee(vault: Vault): void {
  const capped = (): bigint => min(priceOf(vault), bits(80n));
  if (vault.supply > vault.seedAssets * vault.virtualShares) {
    const now = capped();
    if (now <= vault.hwm + vault.hwm / 100_000n) return;
    const assets = down((now - vault.hwm) * vault.feeBps, vault.supply, PAR * vault.virtualShares * 10_000n);
    const shares = down(assets, vault.supply + vault.virtualShares, vault.nav + 1n - assets);
    mintShares(vault, "feeRecipient", shares);
  }
  vault.hwm = capped();
}

function lockGain({ vault, now }: World, gain: bigint): void {
  const held = lockedAt(vault, now);
  const left = held === 0n ? 0n : vault.lockEnd - now;
  if (gain > 0n) vault.lockEnd = now + (held * left + gain * LOCK_PERIOD) / (held + gain);
  vault.locked = min(held + gain, bits(96n));
  vault.lockStart = now;
}

function mintShares(vault: Vault, to: string, shares: bigint): void {
  vault.shares[to] = (vault.shares[to] ?? 0n) + shares;
  vault.supply += shares;
}

/* ENTRIES */

export function deposit(world: World, caller: string, assets: bigint, receiver: string): bigint {
  touch(world);
  checkEntry(world, assets);
  const shares = toShares(world.vault, assets);
  enter(world, caller, assets, shares, receiver);
  return shares;
}

export function mint(world: World, caller: string, shares: bigint, receiver: string): bigint {
  touch(world);
  const assets = toAssets(world.vault, shares, up);
  checkEntry(world, assets);
  enter(world, caller, assets, shares, receiver);
  return assets;
}

function checkEntry({ vault, exited }: World, assets: bigint): void {
  must(assets > 0n, "CompoundingVault__ZeroAssets");
  must(!vault.stopped, "CompoundingVault__DepositsStopped");
  must(!exited, "CompoundingVault__ExitedBefore");
  const mark = entryMark(vault);
  const nearly = priceOf(vault) * 10_000n >= mark * 9_800n;
  const whole = vault.nav + 1n >= down(mark, vault.supply + vault.virtualShares, PAR * vault.virtualShares);
  if (vault.waiting !== undefined && nearly && !whole) vault.keptOut += 1;
  must(vault.waiting === undefined ? nearly : whole, "CompoundingVault__BelowEntryMark");
  must(vault.nav + assets <= vault.depositCap, "CompoundingVault__DepositCapExceeded");
}

function enter(world: World, caller: string, assets: bigint, shares: bigint, receiver: string): void {
  must(shares > 0n, "CompoundingVault__ZeroShares");
  const first = world.vault.entries[0];
  const toMarket = first !== undefined && assets <= capRoom(world, first);
  world.vault.nav += assets;
  mintShares(world.vault, receiver, shares);
  if (toMarket) {
    lend(world, first, assets, caller);
    return;
  }
  transfer(world.balances, caller, "vault", assets);
  world.vault.idle += assets;
}

/** What an adapter may still take under its own cap and its groups'; relative ones bind all but ALLOCATOR to what is lent elsewhere. */
function capRoom(world: World, entry: Entry, placed = false): bigint {
  if (entry.cap === 0n) return 0n;
  const { balances, vault } = world;
  const counted = vault.entries.filter(({ allocated }) => allocated);
  const real = new Map(
    counted.map(({ adapter }) => [
      adapter,
      realAssets(balances, marketOf(world, adapter)) ?? refuse("CompoundingVault__AdapterFailed"),
    ]),
  );
  const held = entry.allocated ? 0n : realAssets(balances, marketOf(world, entry.adapter));
  if (held === undefined) return 0n;
  const uncounted = min(held, bits(104n));
  let left = entry.cap === NO_CAP ? NO_CAP : over(entry.cap, (real.get(entry.adapter) ?? 0n) + uncounted);
  for (const id of entry.risks) {
    const bound = vault.groups[id] ?? refuse("CompoundingVault__UnknownGroup");
    const used = counted
      .filter(({ risks }) => risks.includes(id))
      .reduce((sum, { adapter }) => sum + (real.get(adapter) ?? 0n), 0n);
    const base = placed ? (world.latch ?? vault.nav) : over(vault.nav, vault.idle + used);
    const relative = (base * bound.relativeBps) / 10_000n;
    const bounded = bound.relativeBps < 10_000n ? min(bound.absolute, relative) : bound.absolute;
    left = min(left, over(bounded, used + uncounted));
  }
  return left;
}

function lend(world: World, entry: Entry, assets: bigint, from: string): void {
  const market = marketOf(world, entry.adapter);
  transfer(world.balances, from, entry.adapter, assets);
  const credited = allocate(world.balances, market, assets);
  if (credited === 0n) {
    world.vault.idle += assets;
    return;
  }
  must(credited + 2n >= assets, "CompoundingVault__CreditShort");
  entry.allocated = true;
}

/* EXITS */

export function withdraw(world: World, caller: string, assets: bigint, receiver: string): bigint {
  touch(world);
  const shares = toShares(world.vault, assets, up);
  leave(world.vault, caller, assets, shares);
  payOut(world, assets, receiver);
  return shares;
}

export function redeem(world: World, caller: string, shares: bigint, receiver: string): bigint {
  touch(world);
  const assets = toAssets(world.vault, shares);
  leave(world.vault, caller, assets, shares);
  payOut(world, assets, receiver);
  return assets;
}

export function exit(
  world: World,
  caller: string,
  shares: bigint,
  receiver: string,
  minAssets: bigint,
  skip: readonly string[],
): bigint {
  const { vault } = world;
  if (world.latch !== undefined) touch(world);
  else world.exited = true;
  const there = gross(world, skip);
  vault.nav = fairNav(world);
  const assets = down(shares, min(there, vault.nav), vault.supply + vault.virtualShares);
  const forgone = toAssets(vault, shares) - assets;
  must(assets >= minAssets, "CompoundingVault__BelowMinAssets");
  leave(vault, caller, assets, shares);
  vault.nav -= forgone;
  lockGain(world, forgone);
  paySplit(world, assets, receiver, skip);
  return assets;
}

function leave(vault: Vault, owner: string, assets: bigint, shares: bigint): void {
  must(shares > 0n, "CompoundingVault__ZeroShares");
  must(assets > 0n, "CompoundingVault__ZeroAssets");
  must((vault.shares[owner] ?? 0n) >= shares, "ERC20InsufficientBalance");
  vault.shares[owner] = (vault.shares[owner] ?? 0n) - shares;
  vault.supply -= shares;
  vault.nav -= assets;
}

/** The first adapter if idle is hardly anything and it can pay all, else idle and then all in order. */
function payOut(world: World, assets: bigint, receiver: string): void {
  const first = world.vault.entries[0];
  if (
    world.vault.idle < world.vault.nav / 2n ** 18n &&
    first?.allocated &&
    pays(world, first.adapter, assets, receiver)
  )
    return;
  paySplit(world, assets, receiver, []);
}

/** Whether it paid: all of it, or nothing. */
function pays(world: World, adapter: string, assets: bigint, receiver: string): boolean {
  const before = structuredClone({ balances: world.balances, markets: world.markets });
  try {
    deallocate(world.balances, marketOf(world, adapter), assets, receiver);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    Object.assign(world, before);
    return false;
  }
}

function paySplit(world: World, assets: bigint, receiver: string, skip: readonly string[]): void {
  const { vault } = world;
  const fromIdle = min(assets, vault.idle);
  let missing = assets - fromIdle;
  vault.idle -= fromIdle;
  transfer(world.balances, "vault", receiver, fromIdle);
  for (const { adapter, allocated } of vault.entries) {
    if (!allocated || skip.includes(adapter)) continue;
    const part = min(missing, maxDeallocate(world.balances, marketOf(world, adapter)));
    if (part > 0n && pays(world, adapter, part, receiver)) missing -= part;
  }
  must(missing === 0n, "CompoundingVault__InsufficientLiquidity");
}

export function transferShares({ vault }: World, from: string, to: string, shares: bigint): void {
  must((vault.shares[from] ?? 0n) >= shares, "ERC20InsufficientBalance");
  vault.shares[from] = (vault.shares[from] ?? 0n) - shares;
  vault.shares[to] = (vault.shares[to] ?? 0n) + shares;
}

/* UPKEEP */

export function compound(world: World, caller: string): bigint {
  touch(world);
  const { vault, balances, now } = world;
  const surplus = (balances["vault"] ?? 0n) - vault.idle;
  const tip = min(surplus / 100n, vault.tipCap);
  const gain = surplus - tip;
  vault.idle += gain;
  if (gain > 0n) lockGain(world, gain);
  vault.compoundedAt = now;
  const first = vault.entries[0];
  if (first !== undefined && !vault.stopped) {
    const spare = min(over(vault.idle, (vault.nav * vault.bufferBps) / 10_000n + 1n), capRoom(world, first));
    const pushed = min(spare, maxAllocate(marketOf(world, first.adapter)));
    if (pushed >= vault.seedAssets) {
      vault.idle -= pushed;
      lend(world, first, pushed, "vault");
    }
  }
  transfer(balances, "vault", caller, tip);
  return gain;
}

/* ROLES */

const entryOf = ({ vault }: World, adapter: string): Entry =>
  vault.entries.find((entry) => entry.adapter === adapter) ?? refuse("CompoundingVault__NotAnAdapter");

export function allocateIdle(world: World, adapter: string, assets: bigint): void {
  must(assets > 0n, "CompoundingVault__ZeroAssets");
  touch(world);
  const entry = entryOf(world, adapter);
  must(assets <= capRoom(world, entry, true), "CompoundingVault__CapExceeded");
  must(assets <= world.vault.idle, "CompoundingVault__InsufficientLiquidity");
  world.vault.idle -= assets;
  lend(world, entry, assets, "vault");
}

export function takeBack(world: World, adapter: string, assets: bigint | "all"): bigint {
  const entry = entryOf(world, adapter);
  const market = marketOf(world, adapter);
  must(assets !== 0n, "CompoundingVault__ZeroAssets");
  const wanted = assets === "all" ? maxDeallocate(world.balances, market) : assets;
  if (wanted === 0n) return 0n;
  deallocate(world.balances, market, wanted, "vault");
  returned(world, entry, wanted);
  return wanted;
}

export function takeAll(world: World, adapter: string): bigint {
  const entry = entryOf(world, adapter);
  const recovered = emergencyExit(world.balances, marketOf(world, adapter));
  returned(world, entry, recovered);
  return recovered;
}

/** Into idle; nothing is revalued. An adapter that is empty counts no more. */
function returned(world: World, entry: Entry, assets: bigint): void {
  const market = marketOf(world, entry.adapter);
  world.vault.idle += assets;
  if (realAssets(world.balances, market) === 0n && maxDeallocate(world.balances, market) === 0n)
    entry.allocated = false;
}

export function setOrder({ vault }: World, order: readonly string[]): void {
  vault.entries = order.map((adapter) => vault.entries.find((entry) => entry.adapter === adapter) as Entry);
}

export function addAdapter({ vault }: World, adapter: string, risks: readonly string[]): void {
  must(vault.entries.length < MAX_ADAPTERS, "CompoundingVault__TooManyAdapters");
  vault.entries.push({ adapter, risks, cap: 0n, allocated: false });
  for (const id of risks) vault.groups[id] ??= { absolute: 0n, relativeBps: 0n };
}

export function removeAdapter(world: World, adapter: string, maxLoss: bigint): void {
  entryOf(world, adapter);
  const loss = realAssets(world.balances, marketOf(world, adapter)) ?? bits(256n); // can't be told
  must(loss <= maxLoss, "CompoundingVault__AboveMaxLoss");
  world.vault.entries = world.vault.entries.filter((entry) => entry.adapter !== adapter);
}

export function recall(world: World, adapter: string): bigint {
  touch(world);
  const assets = emergencyExit(world.balances, marketOf(world, adapter));
  world.vault.idle += assets;
  lockGain(world, assets);
  return assets;
}

export function reanchor(world: World): void {
  touch(world);
  const { vault } = world;
  const there = min(priceOf({ ...vault, nav: vault.nav + world.waitingAtTouch }), entryMark(vault));
  must(there >= PAR / 1_000n, "CompoundingVault__PriceTooLow");
  vault.anchor = there < vault.hwm ? there : undefined;
}
