import { type Address, isAddressEqual, type Log, parseEventLogs } from "viem";
import { ClaimClosed, ClaimOpened, CoverBought, CoverCancelled, CoverExtended } from "../abis/CoverManager.ts";
import {
  ClaimSettled,
  ClaimsPaused,
  ClaimsResumed,
  CoverBound,
  CoverMoved,
  Deposited,
  DepositsSet,
  IncidentSet,
  Recovered,
  RedeemCancelled,
  RedeemFinalized,
  RedeemRequested,
  Retired,
} from "../abis/UnderwritingPool.ts";
import { min } from "../math/integers.ts";

/** A log and the second of its block. */
export type PoolLog = Log<bigint, number, false> & { readonly timestamp: bigint };

/** A pool's books, rebuilt from what it said. In asset wei, pool time, and share wei for `queued` and `supply`. */
export type ReplayedBooks = {
  readonly time: bigint;
  readonly assets: bigint;
  readonly unearned: bigint;
  readonly live: bigint;
  /** Of each of the eight products. */
  readonly liveOf: readonly bigint[];
  readonly locked: bigint;
  /** Asset wei times 1e12 per second. */
  readonly rate: bigint;
  readonly queued: bigint;
  readonly supply: bigint;
  /** Bit p: product p has an open incident. */
  readonly incidents: number;
  readonly depositsStopped: boolean;
  readonly retired: boolean;
};

const BUCKET = 7n * 86_400n;
const STREAM = 10n ** 12n;

type Cover = { product: number; remaining: bigint; end: bigint; stream: Stream | undefined; isLocked: boolean };
type Stream = { readonly rate: bigint; readonly from: bigint; readonly end: bigint };
type Pause = { readonly at: bigint; until: bigint };

/**
 * Rebuilds a pool's books from its logs and its cover manager's, from the deployment on: every deposit, premium, claim,
 * payment and pause, in their order. Nothing is taken from the contract's state, so that comparing the two
 * (`checkPool`) shows what neither could show alone.
 *
 * @example
 * const books = replayPool(logs, { pool, coverManager, at: 1_800_000_000n });
 */
export function replayPool(logs: readonly PoolLog[], { pool, coverManager, at }: replayPool.Parameters): ReplayedBooks {
  const covers = new Map<bigint, Cover>();
  const pauses: Pause[] = [];
  const recoveries: Stream[] = [];
  const s = { base: 0n, put: 0n, streamed: 0n, queued: 0n, supply: 0n };
  let [incidents, depositsStopped, retired] = [0, false, false];
  let [bound, closed] = [0n, 0n]; // what a log of the pool's is about, said by the manager's next to it
  let net = 0n;
  let rate = 0n;

  const timeAt = (clock: bigint): bigint =>
    pauses.reduce((time, pause) => time - (min(clock, pause.until) - pause.at), clock);
  const flowed = (stream: Stream, time: bigint): bigint => stream.rate * (min(time, stream.end) - stream.from);
  const end = (cover: Cover, time: bigint): bigint => {
    const { stream } = cover;
    if (!stream) return 0n;
    s.streamed += flowed(stream, time);
    cover.stream = undefined;
    return time < stream.end ? (stream.rate * (stream.end - time)) / STREAM : 0n;
  };
  const coverOf = (id: bigint): Cover => {
    const cover = covers.get(id);
    if (!cover) throw new Error(`Logs before those of policy ${id} are missing.`);
    return cover;
  };

  for (const { log, timestamp } of ownLogs(logs, pool, coverManager)) {
    const time = timeAt(timestamp);
    if (log.eventName === "Deposited") {
      s.base += log.args.assets;
      s.supply += log.args.shares;
    } else if (log.eventName === "RedeemRequested") {
      s.queued += log.args.shares;
    } else if (log.eventName === "RedeemFinalized") {
      s.base -= log.args.assets;
      s.supply -= log.args.shares;
      s.queued -= log.args.shares;
    } else if (log.eventName === "RedeemCancelled") {
      s.supply -= log.args.burned;
      s.queued -= log.args.shares + log.args.burned;
    } else if (log.eventName === "CoverBound" || log.eventName === "CoverMoved") {
      ({ net, rate } = log.args);
      bound = log.args.bucket * BUCKET;
    } else if (log.eventName === "CoverBought") {
      const { id, product, amount } = log.args;
      s.put += net;
      const stream = { rate, from: time, end: bound };
      covers.set(id, { product, remaining: amount, end: bound, stream, isLocked: false });
    } else if (log.eventName === "CoverExtended") {
      const cover = coverOf(log.args.id);
      end(cover, time);
      s.put += net;
      cover.end = bound;
      cover.stream = { rate, from: time, end: bound };
    } else if (log.eventName === "CoverCancelled") {
      const cover = coverOf(log.args.id);
      const leftover = end(cover, time);
      s.put -= log.args.refund;
      const rest = (leftover - log.args.refund) * STREAM;
      cover.stream = { rate: rest / (cover.end - time), from: time, end: cover.end };
      cover.remaining = 0n;
    } else if (log.eventName === "ClaimOpened") {
      coverOf(log.args.id).isLocked = true;
    } else if (log.eventName === "ClaimClosed") {
      closed = log.args.id;
    } else if (log.eventName === "ClaimSettled") {
      const cover = coverOf(closed);
      cover.isLocked = false;
      cover.remaining -= log.args.pay;
      s.base -= log.args.pay - log.args.fromReserve;
    } else if (log.eventName === "Recovered") {
      const until = (time / BUCKET + 2n) * BUCKET;
      s.put += log.args.assets;
      recoveries.push({ rate: (log.args.assets * STREAM) / (until - time), from: time, end: until });
    } else if (log.eventName === "IncidentSet") {
      const bit = 1 << log.args.product;
      incidents = log.args.open ? incidents | bit : incidents & ~bit;
    } else if (log.eventName === "ClaimsPaused") {
      pauses.push({ at: timestamp, until: log.args.until });
    } else if (log.eventName === "ClaimsResumed") {
      const last = pauses.at(-1);
      if (last) last.until = timestamp;
    } else if (log.eventName === "DepositsSet") {
      depositsStopped = log.args.stopped;
    } else {
      retired = true;
    }
  }

  const time = timeAt(at);
  const streams = [...[...covers.values()].flatMap(({ stream }) => stream ?? []), ...recoveries];
  const earned = (s.streamed + streams.reduce((sum, stream) => sum + flowed(stream, time), 0n)) / STREAM;
  const sumOf = (fits: (cover: Cover) => boolean): bigint =>
    [...covers.values()].reduce((sum, cover) => (fits(cover) ? sum + cover.remaining : sum), 0n);
  const isLive = ({ isLocked, end: until }: Cover): boolean => !isLocked && until > time;
  return {
    ...{ time, assets: s.base + earned, unearned: s.put - earned, live: sumOf(isLive) },
    liveOf: Array.from({ length: 8 }, (_, product) => sumOf((cover) => cover.product === product && isLive(cover))),
    locked: sumOf(({ isLocked }) => isLocked),
    rate: streams.reduce((sum, stream) => (stream.end > time ? sum + stream.rate : sum), 0n),
    ...{ queued: s.queued, supply: s.supply, incidents, depositsStopped, retired },
  };
}

/** In their order, those of other contracts left out: anyone can emit the same. */
function ownLogs(logs: readonly PoolLog[], pool: Address, coverManager: Address) {
  const ofPool = [
    ...[Deposited, RedeemRequested, RedeemFinalized, RedeemCancelled, CoverBound, CoverMoved, ClaimSettled],
    ...[Recovered, IncidentSet, ClaimsPaused, ClaimsResumed, DepositsSet, Retired],
  ] as const;
  const ofManager = [CoverBought, CoverExtended, CoverCancelled, ClaimOpened, ClaimClosed] as const;
  const parsed = [
    ...parseEventLogs({ abi: ofPool, logs: logs.filter(({ address }) => isAddressEqual(address, pool)) }),
    ...parseEventLogs({ abi: ofManager, logs: logs.filter(({ address }) => isAddressEqual(address, coverManager)) }),
  ];
  const seconds = new Map(logs.map(({ blockNumber, timestamp }) => [blockNumber, timestamp]));
  return parsed
    .sort((one, other) => Number(one.blockNumber - other.blockNumber) || one.logIndex - other.logIndex)
    .map((log) => ({ log, timestamp: seconds.get(log.blockNumber) ?? 0n }));
}

export declare namespace replayPool {
  type Parameters = {
    pool: Address;
    coverManager: Address;
    /** Block time at which the books are wanted, not before the last log. */
    at: bigint;
  };
}
