import { down, isRefusal, max, min, must, over, refuse, up } from "./arithmetic.ts";

/*
 The insurance pool as its specification states it, and as plainly as possible: nothing is kept that can be counted. Live
 cover, locks, exposure and the queue are sums over lists; premiums are streams with a beginning, an end and a rate; pool time
 is the clock less a list of pauses; entries fall when a mark is made, not when somebody looks.
*/

export const DAY = 86_400n;
export const RAY = 10n ** 27n;
const BPS = 10_000n;
const YEAR = 365n * DAY;
const BUCKET = 7n * DAY;
const GRACE = 35n * DAY;
const NOTICE = 24n * DAY;
const ONE = 10n ** 18n;
const PRECISION = 10n ** 12n;
const VIRTUAL = 10n ** 6n;
const MOST = 2n ** 96n - 1n;

export type Curve = readonly [rate0: bigint, rate1: bigint, rate2: bigint, kink: bigint];
/** `PRECISION` · wei per second from one time to another. */
type Stream = { readonly rate: bigint; readonly from: bigint; readonly end: bigint };
export type Kind = "none" | "parametric" | "assessed";
export type Cover = {
  readonly id: number;
  readonly product: number;
  readonly amount: bigint;
  readonly deductible: bigint;
  readonly start: bigint;
  owner: number;
  remaining: bigint;
  entry: bigint;
  expiry: bigint;
  /** its stream and its binding of capital end */
  end: bigint;
  rate: bigint;
  /** undefined once it was cancelled, or counted for good */
  stream: Stream | undefined;
  premium: bigint;
  claim: Kind;
  /** lowest mark made while a claim was open */
  later: bigint | undefined;
  frozen: boolean;
  armed: bigint;
  filedIn: number;
  recovery: { paid: bigint; price: bigint; closedAt: bigint; fromReserve: bigint };
};
export type Terms = { readonly deductible: bigint; readonly cap: bigint; readonly multiplier: bigint };
export type Product = {
  readonly vault: number;
  deductible: bigint;
  cap: bigint;
  multiplier: bigint;
  stopped: boolean;
  incident: boolean;
  hwm: bigint;
  hwmAt: bigint;
  healthyAt: bigint;
  lowAt: bigint;
  marks: number;
  scheduled: { readonly terms: Terms; readonly at: bigint } | undefined;
};
export type Incident = {
  readonly id: number;
  readonly product: number;
  readonly openedAt: bigint;
  readonly lossAt: bigint;
  readonly healthyAt: bigint;
  state: "open" | "closed" | "lapsed" | "voided";
  /** highest reading of each slot that has one */
  readonly slots: { readonly slot: bigint; value: bigint }[];
  price: bigint;
  closedAt: bigint;
  disputedAt: bigint | undefined;
  cleared: boolean;
};
export type Request = {
  readonly id: number;
  readonly receiver: number;
  readonly requestedAt: bigint;
  shares: bigint;
  assets: bigint;
};
export type Claim = {
  readonly id: number;
  readonly cover: number;
  readonly claimant: number;
  readonly amount: bigint;
  readonly deposit: bigint;
  readonly filedAt: bigint;
  readonly bonds: bigint;
  readonly ballots: Map<number, { readonly weight: bigint; readonly accept: boolean; settled: boolean }>;
  endsAt: bigint;
  extensions: number;
  state: "voting" | "escalated" | "decided" | "final";
  valid: boolean;
  result: boolean;
  accepted: boolean;
  overturned: boolean;
  escalatedAt: bigint;
  challenger: number | undefined;
  pot: bigint;
};
export type Vault = {
  assets: bigint;
  supply: bigint;
  readonly shares: Map<number, bigint>;
  /** of what the pool's shares of it bring in */
  toReserve: bigint;
};
const unpaid = { paid: 0n, price: 0n, closedAt: 0n, fromReserve: 0n };
/** Accounts are numbers; these are the protocol's own. */
export const POOL = 100;
export const RESERVE = 101;
export const CLAIMS = 102;
export const NFT = 103;
export const TREASURY = 104;
const VAULTS = 200;

export type World = {
  now: bigint;
  readonly decimals: bigint;
  readonly minPremium: bigint;
  readonly minDeposit: bigint;
  readonly tokens: Map<number, bigint>;
  readonly blocked: Set<number>;
  readonly vaults: Vault[];
  /** capital, without what streamed in */
  base: bigint;
  /** of the streams that are over, in `PRECISION` */
  streamed: bigint;
  /** premiums that came to stream, less what was taken out of them */
  put: bigint;
  /** streams of recoveries, and of what cancelled covers leave */
  leftovers: Stream[];
  readonly shares: Map<number, bigint>;
  readonly requests: Map<number, Request>;
  requestCount: number;
  readonly owed: Map<number, bigint>;
  depositsStopped: boolean;
  retired: boolean;
  readonly pauses: { readonly at: bigint; until: bigint }[];
  readonly products: Product[];
  buysStopped: boolean;
  fees: readonly [dao: bigint, reserve: bigint];
  curve: Curve;
  nextCurve: { readonly curve: Curve; readonly at: bigint } | undefined;
  readonly covers: Cover[];
  /** those that bind capital, stream, or are claimed on */
  running: readonly Cover[];
  readonly incidents: Incident[];
  readonly claims: Claim[];
  readonly assessors: Map<number, { bond: bigint; bondedAt: bigint; ballots: number; lockedUntil: bigint }>;
  readonly claimsOwed: Map<number, bigint>;
};

/* WHAT THE BOOKS ARE */

export const at = (map: ReadonlyMap<number, bigint>, key: number): bigint => map.get(key) ?? 0n;
/** How to take back what an act did before it was refused. */
const undo: (() => void)[] = [];
const add = (map: Map<number, bigint>, key: number, amount: bigint): void => {
  const before = at(map, key);
  undo.push(() => map.set(key, before));
  map.set(key, before + amount);
};
const keep = (part: object): void => {
  const copy = { ...part };
  undo.push(() => Object.assign(part, copy));
};

/** All of an act or nothing: what it returns, or the name of the error it was refused with. */
export function attempt(act: () => bigint | undefined): bigint | string | undefined {
  undo.length = 0;
  try {
    return act();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const back of undo.reverse()) back();
    return error.refusal;
  }
}

export const total = (values: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
};

export function poolTime({ now, pauses }: World): bigint {
  return now - total(pauses.map(({ at: from, until }) => min(until, now) - from));
}

export const isPaused = ({ now, pauses }: World): boolean => pauses.some(({ until }) => now < until);

const flowed = ({ rate, from, end }: Stream, time: bigint): bigint => rate * (min(time, end) - from);
/** Streams that may not be over: those of covers, and the others. */
const streams = (w: World): readonly Stream[] => [...w.running.flatMap(({ stream }) => stream ?? []), ...w.leftovers];

function earned(w: World, time: bigint): bigint {
  return (w.streamed + total(streams(w).map((stream) => flowed(stream, time)))) / PRECISION;
}

/** Puts aside what is over for good: so the lists that are counted stay short. */
export function tidy(w: World): void {
  const time = poolTime(w);
  const ended = [...w.leftovers, ...w.running.flatMap(({ stream }) => stream ?? [])].filter(({ end }) => end <= time);
  w.streamed += total(ended.map((stream) => flowed(stream, time)));
  w.leftovers = w.leftovers.filter(({ end }) => end > time);
  for (const cover of w.running) if (cover.end <= time) cover.stream = undefined;
  w.running = w.running.filter(({ end, claim }) => end > time || claim !== "none");
}

export type Books = {
  readonly time: bigint;
  readonly assets: bigint;
  readonly unearned: bigint;
  readonly live: bigint;
  readonly liveOf: readonly bigint[];
  readonly locked: bigint;
  readonly exposure: bigint;
  readonly atRisk: bigint;
  readonly rate: bigint;
  readonly supply: bigint;
  readonly queued: bigint;
  readonly capacity: bigint;
  readonly free: bigint;
};

/** All of it, counted anew. */
export function booksOf(w: World): Books {
  const time = poolTime(w);
  const inflow = earned(w, time);
  const assets = w.base + inflow;
  const liveOf = w.products.map((_, product) =>
    total(
      w.running.map((cover) =>
        cover.product === product && cover.claim === "none" && cover.end > time ? cover.remaining : 0n,
      ),
    ),
  );
  const live = total(liveOf);
  const locked = total(w.running.map(({ claim, remaining }) => (claim === "none" ? 0n : remaining)));
  const exposure = total(liveOf.map((sum, product) => (w.products[product]?.incident ? sum : 0n)));
  const supply = total(w.shares.values());
  const queued = total([...w.requests.values()].map(({ shares }) => shares));
  return {
    ...{ time, assets, unearned: w.put - inflow, live, liveOf, locked, exposure, supply, queued },
    atRisk: min(assets, locked + exposure),
    rate: total(streams(w).map(({ rate, end }) => (end > time ? rate : 0n))),
    capacity: over(over(assets, locked), up(queued, assets + 1n, supply + VIRTUAL)),
    free: assets - locked - live,
  };
}

/* MOVING TOKENS */

function pay(w: World, from: number, to: number, amount: bigint): void {
  must(!w.blocked.has(from) && !w.blocked.has(to), "BlocklistToken__Blocked");
  must(at(w.tokens, from) >= amount, "ERC20InsufficientBalance");
  add(w.tokens, from, -amount);
  add(w.tokens, to, amount);
}

function give(shares: Map<number, bigint>, from: number, to: number, amount: bigint): void {
  must(at(shares, from) >= amount, "ERC20InsufficientBalance");
  add(shares, from, -amount);
  add(shares, to, amount);
}

/* UNDERWRITERS */

export function deposit(w: World, who: number, assets: bigint, receiver: number, minShares: bigint): bigint {
  const b = booksOf(w);
  must(!w.depositsStopped, "UnderwritingPool__DepositsStopped");
  must(!w.retired, "UnderwritingPool__Retired");
  must(!w.products.some(({ incident }) => incident), "UnderwritingPool__IncidentOpen");
  const shares = down(assets, b.supply + VIRTUAL, b.assets + 1n);
  must(shares !== 0n, "UnderwritingPool__ZeroShares");
  must(shares >= minShares, "UnderwritingPool__BelowMinShares");
  must(assets <= MOST - b.assets, "UnderwritingPool__TooMuch");
  pay(w, who, POOL, assets);
  w.base += assets;
  add(w.shares, receiver, shares);
  return shares;
}

export function requestRedeem(w: World, who: number, shares: bigint, receiver: number): bigint {
  must(shares !== 0n, "UnderwritingPool__ZeroShares");
  const b = booksOf(w);
  const assets = down(shares, b.assets + 1n, b.supply + VIRTUAL);
  must(shares < 2n ** 160n && assets <= MOST, "SafeCastOverflowedUintDowncast");
  give(w.shares, who, POOL, shares);
  const id = ++w.requestCount;
  w.requests.set(id, { id, receiver, requestedAt: b.time, shares, assets });
  return BigInt(id);
}

/** What a part of a request is worth: at the price that counts open claims as lost, or when it was asked for. */
export function worthOf(w: World, { shares, assets }: Request): bigint {
  const b = booksOf(w);
  return min(assets, down(shares, b.assets - b.atRisk + 1n, b.supply + VIRTUAL));
}

export function finalizeRedeem(w: World, who: number, id: number, minAssets: bigint): bigint {
  const request = w.requests.get(id) ?? refuse("UnderwritingPool__NoRequest");
  const b = booksOf(w);
  must(!isPaused(w), "UnderwritingPool__ClaimsPaused");
  must(b.time >= request.requestedAt + 21n * DAY, "UnderwritingPool__BeforeCooldown");
  const wanted = worthOf(w, request);
  const isWhole = b.atRisk === 0n && wanted === request.assets;
  must(isWhole || who === request.receiver, "UnderwritingPool__NotReceiver");
  let [shares, assets] = [request.shares, wanted];
  if (wanted > b.free) {
    must(b.free * 100n >= wanted, "UnderwritingPool__CapitalBound");
    const worth = b.assets - b.atRisk + 1n;
    assets = b.free;
    shares = min(
      max(up(assets, request.shares, request.assets), up(assets, b.supply + VIRTUAL, worth)),
      request.shares,
    );
  }
  must(assets >= minAssets, "UnderwritingPool__BelowMinAssets");
  const left = request.shares - shares;
  pay(w, POOL, request.receiver, assets);
  w.base -= assets;
  add(w.shares, POOL, -shares);
  if (left === 0n) w.requests.delete(id);
  else w.requests.set(id, { ...request, shares: left, assets: down(request.assets, left, request.shares) });
  return assets;
}

/** As if one had left at the request's value and come again with it. */
export function cancelRedeem(w: World, who: number, id: number): bigint {
  const request = w.requests.get(id) ?? refuse("UnderwritingPool__NoRequest");
  must(who === request.receiver, "UnderwritingPool__NotReceiver");
  const b = booksOf(w);
  const hasEarned = down(request.shares, b.assets + 1n, b.supply + VIRTUAL) > request.assets;
  const shares = hasEarned
    ? down(request.assets, b.supply - request.shares + VIRTUAL, b.assets + 1n - request.assets)
    : request.shares;
  w.requests.delete(id);
  add(w.shares, POOL, -request.shares);
  add(w.shares, request.receiver, shares);
  return shares;
}

export function fetchOwed(w: World, who: number, receiver: number): bigint {
  const assets = at(w.owed, who);
  must(assets !== 0n, "UnderwritingPool__NothingOwed");
  pay(w, POOL, receiver, assets);
  w.owed.set(who, 0n);
  return assets;
}

export function pauseClaims(w: World, duration: bigint): void {
  must(!isPaused(w), "UnderwritingPool__ClaimsPaused");
  // 14 days between two rests of 76: so there are no more than 14 in any 90.
  let used = 0n;
  for (const [i, { at: from, until }] of w.pauses.entries()) {
    const before = w.pauses[i - 1];
    if (before && from >= before.until + 76n * DAY) used = 0n;
    used += until - from;
  }
  const last = w.pauses.at(-1);
  if (last && w.now >= last.until + 76n * DAY) used = 0n;
  must(duration !== 0n && duration <= 14n * DAY - used, "UnderwritingPool__PauseTooLong");
  w.pauses.push({ at: w.now, until: w.now + duration });
}

export function resumeClaims(w: World): void {
  must(isPaused(w), "UnderwritingPool__NotPaused");
  (w.pauses.at(-1) as { until: bigint }).until = w.now;
}

/* PRICES AND MARKS */

export function priceOf(w: World, vault: number): bigint {
  const { assets, supply } = w.vaults[vault] as Vault;
  const probe = 10n ** (w.decimals + 6n);
  return down(down(probe, assets + 1n, supply + 1n), RAY, probe);
}

const productOf = (w: World, product: number): Product => w.products[product] ?? refuse("CoverManager__NoProduct");

/** Entries of covers bought before fall to a price; where a claim is open, when it is over. */
function mark(w: World, product: number, price: bigint, applies: (cover: Cover) => boolean): void {
  (w.products[product] as Product).marks++;
  for (const cover of w.covers) {
    if (cover.product !== product || !applies(cover)) continue;
    keep(cover);
    if (cover.claim === "none") cover.entry = min(cover.entry, price);
    else cover.later = min(cover.later ?? price, price);
  }
}

function look(w: World, product: number): { readonly seen: bigint; readonly healthy: boolean } {
  const p = productOf(w, product);
  keep(p);
  const [price, time] = [priceOf(w, p.vault), poolTime(w)];
  const growth = min(time - p.hwmAt, 7n * DAY) * 5_000n;
  const seen = min(price, p.hwm + down(p.hwm, growth, YEAR * BPS));
  if (price * BPS >= p.hwm * 9_900n) {
    p.hwm = max(p.hwm, seen);
  } else if (p.lowAt === 0n) {
    p.lowAt = time;
    return { seen, healthy: false };
  } else if (time >= p.lowAt + 7n * DAY) {
    const { healthyAt } = p;
    mark(w, product, price, ({ start }) => start > healthyAt);
    p.hwm = price;
  } else {
    return { seen, healthy: false };
  }
  Object.assign(p, { hwmAt: time, healthyAt: time, lowAt: 0n });
  return { seen, healthy: true };
}

export function poke(w: World, product: number): void {
  must(!productOf(w, product).incident, "CoverManager__IncidentOpen");
  look(w, product);
}

function healthyPrice(w: World, product: number): bigint {
  must(!productOf(w, product).incident, "CoverManager__IncidentOpen");
  const { seen, healthy } = look(w, product);
  must(healthy, "CoverManager__Unhealthy");
  return seen;
}

/* COVER */

const within = (value: bigint, least: bigint, most: bigint): void =>
  must(value >= least && value <= most, "CoverManager__OutOfBounds");
export const bucketEnd = (expiry: bigint): bigint => ((expiry + GRACE + BUCKET - 1n) / BUCKET) * BUCKET;

/** capacity · ∫ of the curve up to x / capacity, · 1e18: two trapezoids. */
function area([rate0, rate1, rate2, kink]: Curve, x: bigint, capacity: bigint, divide: typeof down): bigint {
  const low = min(x, down(kink, capacity, ONE));
  const high = x - low;
  const first = rate0 * low + divide((rate1 - rate0) * low, low * ONE, 2n * kink * capacity);
  if (high === 0n) return first;
  return first + rate1 * high + divide((rate2 - rate1) * high, high * ONE, 2n * (ONE - kink) * capacity);
}

function curvePremium(
  w: World,
  live: bigint,
  amount: bigint,
  capacity: bigint,
  duration: bigint,
  multiplier: bigint,
): bigint {
  must(live + amount <= capacity, "PremiumModel__AboveCapacity");
  if (amount === 0n) return 0n;
  const yearly = area(w.curve, live + amount, capacity, up) - area(w.curve, live, capacity, down);
  return up(yearly, duration * multiplier, ONE * BPS * YEAR);
}

export function quote(w: World, product: number, amount: bigint, period: bigint): bigint {
  const p = productOf(w, product);
  within(period, 7n * DAY, 365n * DAY);
  within(amount, 1n, MOST);
  const { time, live, capacity } = booksOf(w);
  const billed = bucketEnd(time + period) - time;
  return max(curvePremium(w, live, amount, capacity, billed, p.multiplier), w.minPremium);
}

/** Takes a premium from its payer; what is left for the underwriters. */
function collect(w: World, who: number, premium: bigint, most: bigint): bigint {
  must(premium <= most, "CoverManager__PremiumTooHigh");
  const [dao, reserve] = w.fees.map((bps) => down(premium, bps, BPS)) as [bigint, bigint];
  const net = premium - dao - reserve;
  for (const [to, amount] of [
    [TREASURY, dao],
    [RESERVE, reserve],
    [POOL, net],
  ] as const)
    if (amount !== 0n) pay(w, who, to, amount);
  return net;
}

function streamFor(net: bigint, time: bigint, end: bigint): Stream {
  return { rate: down(net, PRECISION, end - time), from: time, end };
}

/** Ends a cover's stream early; what it had not streamed, rounded down. */
function stop(w: World, cover: Cover, time: bigint): bigint {
  const { stream } = cover;
  if (!stream) return 0n;
  w.streamed += flowed(stream, time);
  cover.stream = undefined;
  return down(stream.rate, stream.end - time, PRECISION);
}

function requireCapacity(b: Books, product: number, extra: bigint, cap: bigint): void {
  must(b.live + extra <= b.capacity, "UnderwritingPool__CapacityExceeded");
  must((b.liveOf[product] as bigint) + extra <= down(b.capacity, cap, BPS), "UnderwritingPool__CapacityExceeded");
}

export type Purchase = {
  readonly product: number;
  readonly amount: bigint;
  readonly period: bigint;
  readonly shares: bigint;
  readonly maxPremium: bigint;
  readonly receiver: number;
};

export function buy(w: World, who: number, purchase: Purchase): bigint {
  const { product, amount, period, shares, receiver } = purchase;
  must(!w.buysStopped, "CoverManager__BuysStopped");
  const p = productOf(w, product);
  must(!p.stopped, "CoverManager__ProductStopped");
  const entry = healthyPrice(w, product);
  const premium = quote(w, product, amount, period);
  const net = collect(w, who, premium, purchase.maxPremium);
  must(!w.retired, "UnderwritingPool__Retired");
  const b = booksOf(w);
  requireCapacity(b, product, amount, p.cap);
  const [expiry, end] = [b.time + period, bucketEnd(b.time + period)];
  give((w.vaults[p.vault] as Vault).shares, who, NFT, shares);
  w.put += net;
  const stream = streamFor(net, b.time, end);
  const cover: Cover = {
    ...{
      id: w.covers.length + 1,
      product,
      amount,
      deductible: p.deductible,
      start: b.time + 3n * DAY,
      owner: receiver,
    },
    ...{ remaining: amount, entry, expiry, end, stream, rate: stream.rate, premium, claim: "none" },
    ...{ later: undefined, frozen: false, armed: shares, filedIn: 0, recovery: unpaid },
  };
  w.covers.push(cover);
  w.running = [...w.running, cover];
  return premium;
}

export const coverOf = (w: World, id: number): Cover => w.covers[id - 1] ?? refuse("ERC721NonexistentToken");

function owned(w: World, who: number, id: number): Cover {
  const cover = coverOf(w, id);
  must(cover.owner === who, "CoverManager__NotOwner");
  must(cover.claim === "none", "CoverManager__ClaimOpen");
  return cover;
}

export function arm(w: World, who: number, id: number, shares: bigint): void {
  const cover = owned(w, who, id);
  must(!cover.frozen, "CoverManager__Frozen");
  const price = healthyPrice(w, cover.product);
  must(cover.armed + shares !== 0n, "Panic");
  const whole = cover.armed * cover.entry + shares * min(price, cover.entry);
  give((w.vaults[productOf(w, cover.product).vault] as Vault).shares, who, NFT, shares);
  cover.entry = whole / (cover.armed + shares);
  cover.armed += shares;
}

export function disarm(w: World, who: number, id: number, shares: bigint, receiver: number): void {
  const cover = owned(w, who, id);
  const p = productOf(w, cover.product);
  must(!cover.frozen, "CoverManager__Frozen");
  must(!p.incident, "CoverManager__IncidentOpen");
  must(shares <= cover.armed, "CoverNFT__NotEnoughShares");
  give((w.vaults[p.vault] as Vault).shares, NFT, receiver, shares);
  cover.armed -= shares;
}

export function extend(w: World, who: number, id: number, period: bigint, maxPremium: bigint): bigint {
  const cover = owned(w, who, id);
  must(!w.buysStopped, "CoverManager__BuysStopped");
  const p = productOf(w, cover.product);
  must(!p.stopped, "CoverManager__ProductStopped");
  healthyPrice(w, cover.product);
  const b = booksOf(w);
  must(b.time < cover.expiry && cover.remaining !== 0n, "CoverManager__Over");
  within(period, 1n, 365n * DAY - (cover.expiry - b.time));
  within(cover.deductible, p.deductible, BPS);
  const end = bucketEnd(cover.expiry + period);
  must(b.live <= b.capacity, "UnderwritingPool__CapacityExceeded");
  const others = b.live - cover.remaining;
  const premium = curvePremium(w, others, cover.remaining, b.capacity, end - cover.end, p.multiplier);
  const net = collect(w, who, premium, maxPremium);
  requireCapacity(b, cover.product, 0n, p.cap);
  const leftover = stop(w, cover, b.time);
  w.put += net;
  cover.stream = streamFor(leftover + net, b.time, end);
  cover.rate = cover.stream.rate;
  cover.expiry += period;
  cover.end = end;
  cover.premium += premium;
  return premium;
}

export function refundOf(w: World, { stream, end, amount, remaining, premium }: Cover): bigint {
  const time = poolTime(w);
  if (time >= end || !stream) return 0n;
  const leftover = down(stream.rate, end - time, PRECISION);
  return min(down(leftover, remaining * 9_000n, amount * BPS), over(premium, w.minPremium));
}

export function cancel(w: World, who: number, id: number): bigint {
  const cover = owned(w, who, id);
  must(!productOf(w, cover.product).incident, "CoverManager__IncidentOpen");
  must(cover.remaining !== 0n || cover.rate !== 0n, "CoverManager__Over");
  const [time, refund] = [poolTime(w), refundOf(w, cover)];
  must(cover.end > time, "UnderwritingPool__BucketOver");
  if (refund !== 0n) pay(w, POOL, who, refund);
  const leftover = stop(w, cover, time);
  cover.rate = 0n;
  w.put -= refund;
  w.leftovers.push(streamFor(leftover - refund, time, cover.end));
  cover.remaining = 0n;
  cover.expiry = min(cover.expiry, time);
  return refund;
}

export function transferPolicy(w: World, who: number, to: number, id: number): void {
  const cover = coverOf(w, id);
  must(cover.owner === who, "ERC721InsufficientApproval");
  must(cover.claim === "none", "CoverNFT__ClaimOpen");
  cover.owner = to;
}

/** Redeems the shares that came back; what they bring in streams until the bucket after next ends. */
export function collectRecovered(w: World, product: number): bigint {
  const vault = w.vaults[productOf(w, product).vault] as Vault;
  const shares = at(vault.shares, POOL);
  const assets = down(shares, vault.assets + 1n, vault.supply + 1n);
  vault.assets -= assets;
  vault.supply -= shares;
  vault.shares.set(POOL, 0n);
  add(w.tokens, POOL, assets);
  const time = poolTime(w);
  const toReserve = min(assets, vault.toReserve);
  vault.toReserve -= toReserve;
  pay(w, POOL, RESERVE, toReserve);
  w.put += assets - toReserve;
  w.leftovers.push(streamFor(assets - toReserve, time, (time / BUCKET + 2n) * BUCKET));
  return assets;
}

/* CLAIMS OF BOTH KINDS */

function openClaim(w: World, cover: Cover, kind: Kind): void {
  must(cover.claim === "none", "CoverManager__ClaimOpen");
  must(cover.remaining !== 0n, "CoverManager__Over");
  must(cover.end > poolTime(w), "UnderwritingPool__BucketOver");
  cover.claim = kind;
}

/** The reserve pays first, then the capital. */
function closeClaim(w: World, cover: Cover, paid: bigint): bigint {
  must(!isPaused(w), "UnderwritingPool__ClaimsPaused");
  if (cover.claim === "parametric") cover.frozen = cover.frozen || paid !== 0n;
  else if (paid !== 0n) cover.entry = cover.armed === 0n ? 0n : over(cover.entry, up(paid, RAY, cover.armed));
  cover.entry = min(cover.entry, cover.later ?? cover.entry);
  cover.later = undefined;
  cover.claim = "none";
  cover.remaining -= paid;
  const drawn = min(paid, at(w.tokens, RESERVE));
  pay(w, RESERVE, POOL, drawn);
  w.base -= paid - drawn;
  if (w.blocked.has(cover.owner)) add(w.owed, cover.owner, paid);
  else if (paid !== 0n) pay(w, POOL, cover.owner, paid);
  const { assets, supply } = booksOf(w);
  if ((assets + 1n) * 10n ** 15n < supply) w.retired = true;
  return drawn;
}

/* INCIDENTS */

export const thresholdOf = ({ entry, deductible }: Cover): bigint => down(entry, BPS - deductible, BPS);
export const lastIncident = (w: World, product: number): Incident | undefined =>
  w.incidents.findLast((incident) => incident.product === product);

function isEligible(cover: Cover, healthyAt: bigint, lossAt: bigint): boolean {
  return cover.start <= healthyAt && lossAt < cover.expiry && cover.remaining !== 0n && cover.armed !== 0n;
}

export function openIncident(w: World, id: number): bigint {
  const cover = w.covers[id - 1];
  const product = cover?.product ?? 0;
  const p = productOf(w, product);
  must(!p.incident, "IncidentModule__IncidentOpen");
  const time = poolTime(w);
  if (!cover) return refuse("IncidentModule__NotEligible");
  const live = cover.claim === "none" && time < cover.expiry;
  must(live && isEligible(cover, p.healthyAt, time), "IncidentModule__NotEligible");
  must(priceOf(w, p.vault) < thresholdOf(cover), "IncidentModule__NoLoss");
  const before = lastIncident(w, product);
  const again = before !== undefined && time < before.closedAt + 7n * DAY;
  const incident: Incident = {
    ...{ id: w.incidents.length + 1, product, openedAt: time, lossAt: again ? before.lossAt : time },
    ...{
      healthyAt: p.healthyAt,
      state: "open",
      slots: [],
      price: 0n,
      closedAt: 0n,
      disputedAt: undefined,
      cleared: false,
    },
  };
  w.incidents.push(incident);
  Object.assign(p, { incident: true, lowAt: 0n });
  return BigInt(incident.id);
}

export function fileCover(w: World, id: number): void {
  const cover = w.covers[id - 1];
  const incident = lastIncident(w, cover?.product ?? 0);
  if (incident?.state !== "open") refuse("IncidentModule__NotOpen");
  must(poolTime(w) < incident.openedAt + 14n * DAY, "IncidentModule__FilingOver");
  if (!cover || !isEligible(cover, incident.healthyAt, incident.lossAt)) refuse("IncidentModule__NotEligible");
  openClaim(w, cover, "parametric");
  cover.filedIn = incident.id;
}

const openOne = (w: World, id: number): Incident => {
  const incident = w.incidents[id - 1];
  return incident?.state === "open" ? incident : refuse("IncidentModule__NotOpen");
};

export function record(w: World, id: number): bigint {
  const incident = openOne(w, id);
  const first = incident.openedAt + DAY;
  const time = poolTime(w);
  must(time >= first, "IncidentModule__NoSlot");
  const slot = (time - first) / DAY;
  const price = priceOf(w, productOf(w, incident.product).vault);
  const running = incident.slots.find((reading) => reading.slot === slot);
  if (running) {
    running.value = max(running.value, price);
    return running.value;
  }
  must(incident.slots.length < 3, "IncidentModule__NoSlot");
  incident.slots.push({ slot, value: price });
  return price;
}

/** When it can be closed. */
export function closesAt({ openedAt, slots, disputedAt, cleared }: Incident): bigint {
  const third = slots[2];
  if (!third) return openedAt + 28n * DAY;
  const ends = max(openedAt + DAY + (third.slot + 1n) * DAY, openedAt + 14n * DAY);
  return disputedAt === undefined || cleared ? ends : max(ends, disputedAt + 21n * DAY);
}

export function close(w: World, id: number): void {
  const incident = openOne(w, id);
  const time = poolTime(w);
  must(time >= closesAt(incident), "IncidentModule__TooEarly");
  const p = productOf(w, incident.product);
  incident.closedAt = time;
  incident.state = incident.slots.length === 3 ? "closed" : "lapsed";
  Object.assign(p, { incident: false, lowAt: 0n });
  if (incident.state === "lapsed") return;
  const sorted = incident.slots.map(({ value }) => value).sort((a, b) => (a < b ? -1 : 1));
  incident.price = sorted[1] as bigint;
  p.hwm = min(p.hwm, incident.price);
  mark(w, incident.product, incident.price, () => true);
}

export function settle(w: World, id: number): bigint {
  const cover = w.covers[id - 1];
  if (!cover || cover.filedIn === 0) return refuse("IncidentModule__NotFiled");
  const incident = w.incidents[cover.filedIn - 1] as Incident;
  must(incident.state !== "open", "IncidentModule__NotClosed");
  const loss = over(thresholdOf(cover), incident.price);
  const paid = incident.state === "closed" ? min(cover.remaining, down(cover.armed, loss, RAY)) : 0n;
  const drawn = closeClaim(w, cover, paid);
  cover.filedIn = 0;
  const { price, closedAt } = incident;
  const before = cover.recovery;
  if (paid !== 0n)
    cover.recovery = { price, closedAt, paid: before.paid + paid, fromReserve: before.fromReserve + drawn };
  return paid;
}

export function release(w: World, id: number): bigint {
  const cover = w.covers[id - 1];
  if (!cover?.frozen) return refuse("CoverManager__NotFrozen");
  must(cover.claim !== "parametric", "CoverManager__ClaimOpen");
  const { paid, price: lossPrice, closedAt, fromReserve } = cover.recovery;
  const passed = poolTime(w) - closedAt;
  must(passed >= 30n * DAY, "IncidentModule__StillFrozen");
  const { vault } = productOf(w, cover.product);
  const price = priceOf(w, vault);
  const grown = lossPrice + down(lossPrice, 5_000n * passed, BPS * YEAR);
  const due = passed < 120n * DAY ? min(paid, down(cover.armed, over(price, grown), RAY)) : 0n;
  const kept = due === 0n ? 0n : min(cover.armed, up(due, RAY, price));
  cover.recovery = unpaid;
  (w.vaults[vault] as Vault).toReserve += over(due, paid - fromReserve);
  cover.frozen = false;
  cover.armed -= kept;
  give((w.vaults[vault] as Vault).shares, NFT, POOL, kept);
  return kept;
}

export function dispute(w: World, id: number): void {
  const incident = openOne(w, id);
  must(incident.disputedAt === undefined, "IncidentModule__AlreadyDisputed");
  incident.disputedAt = poolTime(w);
}

export function resolveDispute(w: World, id: number, voided: boolean): void {
  const incident = openOne(w, id);
  const time = poolTime(w);
  const waiting = incident.disputedAt !== undefined && !incident.cleared && time < incident.disputedAt + 21n * DAY;
  must(waiting, "IncidentModule__NotDisputed");
  incident.cleared = true;
  if (!voided) return;
  Object.assign(incident, { state: "voided", closedAt: time });
  Object.assign(productOf(w, incident.product), { incident: false, lowAt: 0n });
}

/* CLAIMS THAT PEOPLE DECIDE */

const assessorOf = (w: World, who: number) => {
  const found = w.assessors.get(who) ?? { bond: 0n, bondedAt: 0n, ballots: 0, lockedUntil: 0n };
  w.assessors.set(who, found);
  return found;
};
const claimWithin = (value: bigint, least: bigint, most: bigint): void =>
  must(value >= least && value <= most, "ClaimsModule__OutOfBounds");

export function bond(w: World, who: number, assets: bigint): void {
  claimWithin(assets, 1n, MOST);
  const assessor = assessorOf(w, who);
  must(assessor.ballots === 0, "ClaimsModule__BondLocked");
  pay(w, who, CLAIMS, assets);
  assessor.bond += assets;
  assessor.bondedAt = poolTime(w);
  assessor.lockedUntil = poolTime(w) + 14n * DAY;
}

export function unbond(w: World, who: number, assets: bigint, receiver: number): void {
  const assessor = assessorOf(w, who);
  must(assessor.ballots === 0 && poolTime(w) >= assessor.lockedUntil, "ClaimsModule__BondLocked");
  claimWithin(assets, 1n, assessor.bond);
  pay(w, CLAIMS, receiver, assets);
  assessor.bond -= assets;
}

export const totalBonds = (w: World): bigint => total([...w.assessors.values()].map((assessor) => assessor.bond));

export function fileClaim(w: World, who: number, id: number, amount: bigint): bigint {
  const cover = coverOf(w, id);
  must(cover.owner === who, "ClaimsModule__NotOwner");
  const time = poolTime(w);
  must(time >= cover.start && time < cover.expiry + GRACE, "ClaimsModule__NotCovered");
  claimWithin(amount, 1n, cover.remaining);
  const deposited = max(up(cover.remaining, 50n, BPS), w.minDeposit);
  const bonds = totalBonds(w);
  pay(w, who, CLAIMS, deposited);
  openClaim(w, cover, "assessed");
  w.claims.push({
    ...{ id: w.claims.length + 1, cover: id, claimant: who, amount, deposit: deposited, filedAt: time, bonds },
    ...{ ballots: new Map(), endsAt: time + 3n * DAY, extensions: 0, state: "voting", valid: false, result: false },
    ...{ accepted: false, overturned: false, escalatedAt: 0n, challenger: undefined, pot: 0n },
  });
  return BigInt(w.claims.length);
}

export function tally({ ballots }: Claim, side: boolean): bigint {
  return total([...ballots.values()].map(({ accept, weight }) => (accept === side ? weight : 0n)));
}

const leaderOf = (claim: Claim): "nobody" | "accepting" | "denying" => {
  const [accepting, denying] = [tally(claim, true), tally(claim, false)];
  if (accepting === denying) return "nobody";
  return accepting > denying ? "accepting" : "denying";
};

const claimIn = (w: World, id: number, state: Claim["state"]): Claim => {
  const claim = w.claims[id - 1];
  return claim?.state === state ? claim : refuse("ClaimsModule__WrongState");
};

export function voteOnClaim(w: World, who: number, id: number, accept: boolean): void {
  const claim = claimIn(w, id, "voting");
  const time = poolTime(w);
  must(time < claim.endsAt, "ClaimsModule__VotingOver");
  const assessor = assessorOf(w, who);
  must(assessor.bond !== 0n && assessor.bondedAt < claim.filedAt, "ClaimsModule__NoWeight");
  must(!claim.ballots.has(who), "ClaimsModule__AlreadyVoted");
  const lead = leaderOf(claim);
  claim.ballots.set(who, { weight: assessor.bond, accept, settled: false });
  assessor.ballots++;
  if (lead === leaderOf(claim) || time + DAY < claim.endsAt || claim.extensions === 3) return;
  claim.extensions++;
  claim.endsAt += DAY;
}

/** A fifth voted, one side leads, and half of its bonds are worth the claim. */
function resultOf(claim: Claim): { readonly valid: boolean; readonly result: boolean } {
  const [accepting, denying] = [tally(claim, true), tally(claim, false)];
  const quorum = (accepting + denying) * 5n >= claim.bonds && accepting !== denying;
  return { valid: quorum && max(accepting, denying) / 2n >= claim.amount, result: accepting > denying };
}

function voted(w: World, id: number): Claim {
  const claim = claimIn(w, id, "voting");
  must(poolTime(w) >= claim.endsAt, "ClaimsModule__TooEarly");
  return claim;
}

export function challenge(w: World, who: number, id: number): void {
  const claim = voted(w, id);
  const { valid, result } = resultOf(claim);
  must(valid, "ClaimsModule__WrongState");
  must(poolTime(w) < claim.endsAt + 2n * DAY, "ClaimsModule__TooLate");
  pay(w, who, CLAIMS, claim.deposit);
  Object.assign(claim, { valid, result, challenger: who, state: "escalated", escalatedAt: poolTime(w) });
}

export function escalate(w: World, id: number): void {
  const claim = voted(w, id);
  must(!resultOf(claim).valid, "ClaimsModule__WrongState");
  Object.assign(claim, { state: "escalated", escalatedAt: poolTime(w) });
}

/** The DAO decides against what silence would. */
export function resolveClaim(w: World, id: number): void {
  const claim = claimIn(w, id, "escalated");
  must(poolTime(w) < claim.escalatedAt + 21n * DAY, "ClaimsModule__TooLate");
  Object.assign(claim, { state: "decided", overturned: claim.valid, accepted: claim.valid ? !claim.result : true });
}

export function finalizeClaim(w: World, id: number): void {
  const claim = w.claims[id - 1];
  if (!claim || claim.state === "final") refuse("ClaimsModule__WrongState");
  const time = poolTime(w);
  let { valid, result, accepted } = claim;
  if (claim.state === "voting") {
    must(time >= claim.endsAt + 2n * DAY, "ClaimsModule__TooEarly");
    ({ valid, result } = resultOf(claim));
    must(valid || time >= claim.endsAt + 21n * DAY, "ClaimsModule__WrongState");
    accepted = valid && result;
  } else if (claim.state === "escalated") {
    must(time >= claim.escalatedAt + 21n * DAY, "ClaimsModule__TooEarly");
    accepted = valid && result;
  }
  must(!isPaused(w), "UnderwritingPool__ClaimsPaused");
  const fee = claim.ballots.size === 0 ? 0n : claim.deposit / 2n;
  let pot = 0n;
  if (accepted) {
    pot = min(min(fee, claim.amount), at(w.tokens, RESERVE));
    pay(w, RESERVE, CLAIMS, pot);
  } else if (valid) {
    pot = fee;
    pay(w, CLAIMS, RESERVE, claim.deposit - fee);
  }
  if (accepted || !valid) add(w.claimsOwed, claim.claimant, claim.deposit);
  if (claim.challenger !== undefined) {
    if (claim.overturned) add(w.claimsOwed, claim.challenger, claim.deposit);
    else pot += claim.deposit;
  }
  Object.assign(claim, { state: "final", valid, result, accepted, pot });
  closeClaim(w, coverOf(w, claim.cover), accepted ? claim.amount : 0n);
}

export function settleBallot(w: World, id: number, who: number): void {
  const claim = w.claims[id - 1];
  const ballot = claim?.ballots.get(who);
  if (claim?.state !== "final" || !ballot || ballot.settled) refuse("ClaimsModule__NotSettleable");
  const assessor = assessorOf(w, who);
  ballot.settled = true;
  assessor.ballots--;
  assessor.lockedUntil = poolTime(w) + 14n * DAY;
  add(w.claimsOwed, who, down(claim.pot, ballot.weight, tally(claim, true) + tally(claim, false)));
  if (!claim.overturned || ballot.accept !== claim.result) return;
  const slashed = min(ballot.weight / 2n, assessor.bond);
  assessor.bond -= slashed;
  add(w.claimsOwed, claim.challenger as number, slashed / 2n);
  pay(w, CLAIMS, RESERVE, slashed - slashed / 2n);
}

export function withdraw(w: World, who: number, receiver: number): bigint {
  const assets = at(w.claimsOwed, who);
  must(assets !== 0n, "ClaimsModule__NothingOwed");
  pay(w, CLAIMS, receiver, assets);
  w.claimsOwed.set(who, 0n);
  return assets;
}

/* ROLES */

export function scheduleProduct(w: World, product: number, terms: Terms): void {
  productOf(w, product).scheduled = { terms, at: poolTime(w) + NOTICE };
}

export function applyProduct(w: World, product: number): void {
  const { scheduled } = productOf(w, product);
  if (!scheduled || poolTime(w) < scheduled.at) refuse("CoverManager__NotYet");
  Object.assign(productOf(w, product), { ...scheduled.terms, stopped: false, scheduled: undefined });
}

export function stopProduct(w: World, product: number): void {
  Object.assign(productOf(w, product), { stopped: true, scheduled: undefined });
}

export function lowerProductCap(w: World, product: number, cap: bigint): void {
  const p = productOf(w, product);
  within(cap, 0n, p.cap);
  p.cap = cap;
}

export function setFees(w: World, dao: bigint, reserve: bigint): void {
  within(dao, 0n, 3_000n);
  within(reserve, 0n, 3_000n - dao);
  w.fees = [dao, reserve];
}

export function applyModel(w: World): void {
  const { nextCurve } = w;
  if (!nextCurve || poolTime(w) < nextCurve.at) refuse("CoverManager__NotYet");
  w.curve = nextCurve.curve;
  w.nextCurve = undefined;
}

/* THE VAULTS' OWN LIFE */

export function enterVault(w: World, who: number, vault: number, assets: bigint): bigint {
  const v = w.vaults[vault] as Vault;
  const shares = down(assets, v.supply + 1n, v.assets + 1n);
  pay(w, who, VAULTS + vault, assets);
  v.assets += assets;
  v.supply += shares;
  add(v.shares, who, shares);
  return shares;
}

/** Gains, or loses if negative. */
export function moveVault(w: World, vault: number, assets: bigint): void {
  (w.vaults[vault] as Vault).assets += assets;
}
