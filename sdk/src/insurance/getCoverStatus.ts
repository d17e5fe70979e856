import type { Address } from "viem";
import { coverOf, priceOf, productOf, refundOf } from "../abis/CoverManager.ts";
import { armedOf, ownerOf } from "../abis/CoverNFT.ts";
import { closesAt, filedIn, incidentOf, recoveryOf } from "../abis/IncidentModule.ts";
import { modules, pausedUntil, poolTime } from "../abis/UnderwritingPool.ts";
import type { Result } from "../core/call.ts";
import { type Answers, answer, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { coverPayout, coverThreshold, type InsuredShares } from "../math/cover.ts";

/** A policy at one block. Amounts in asset wei, shares in share wei, prices in asset wei per share wei times 1e27. */
export type CoverStatus = InsuredShares & {
  /** Of the block; the clock is ahead of pool time by all pauses. */
  readonly timestamp: bigint;
  /** Pool time, as all times here. */
  readonly time: bigint;
  /** Block time; 0 if claims are not paused. */
  readonly pausedUntil: bigint;
  readonly owner: Address;
  readonly product: number;
  readonly vault: Address;
  readonly amount: bigint;
  readonly premium: bigint;
  /** What `cancelCover` would give back. */
  readonly refund: bigint;
  readonly start: bigint;
  readonly expiry: bigint;
  /** Last second, and one more, in which people's claims can be filed. */
  readonly claimUntil: bigint;
  readonly billedUntil: bigint;
  /** Waiting for its start, running, expired but open for claims, over, or cancelled. */
  readonly phase: "waiting" | "running" | "grace" | "over" | "cancelled";
  /** Somebody saw a healthy price since it started: a fall from here on is insured. `pokeProduct` is such a look. */
  readonly isInsured: boolean;
  readonly claim: "none" | "parametric" | "assessed";
  /** Undefined while the vault doesn't say. */
  readonly price: bigint | undefined;
  /** It is paid below this price. */
  readonly threshold: bigint;
  /** What it would be paid if the price stayed. */
  readonly payout: bigint | undefined;
  /** Its vault has an open incident. */
  readonly hasIncident: boolean;
  /** The incident in which it is filed, and when that can be closed. */
  readonly incident:
    | (Result<typeof incidentOf> & { readonly incidentId: bigint; readonly closesAt: bigint })
    | undefined;
  /** Set while the shares wait for what the vault recovers: from `releasableAt` on they can be freed. */
  readonly recovery: { readonly paid: bigint; readonly lossPrice: bigint; readonly releasableAt: bigint } | undefined;
};

const DAY = 86_400n;
const CLAIMS = ["none", "parametric", "assessed"] as const;

/**
 * Reads everything about a policy at one block, in one `eth_call`: when it runs, at which price it pays and how much, and what
 * waits.
 *
 * @example
 * const { phase, threshold, price, payout } = await getCoverStatus(client, { pool, coverId: 1n });
 */
export async function getCoverStatus(
  client: ReadClient,
  { pool, coverId, ...options }: getCoverStatus.Parameters,
): Promise<CoverStatus> {
  const [manager, nft, incidents] = [answer(0, 1), answer(0, 2), answer(0, 3)];
  const head = [
    [modules, pool, []],
    [poolTime, pool, []],
    [pausedUntil, pool, []],
    [coverOf, manager, [coverId]],
    [armedOf, nft, [coverId]],
    [ownerOf, nft, [coverId]],
    [refundOf, manager, [coverId]],
    [filedIn, incidents, [coverId]],
    [incidentOf, incidents, [BigInt(answer(7))]],
    [closesAt, incidents, [BigInt(answer(7))]],
    [recoveryOf, incidents, [coverId]],
  ] as const;
  const stepsOf = (product: number) =>
    [
      [productOf, manager, [product]],
      [priceOf, manager, [product], true],
    ] as const;
  const each = [0, 1, 2, 3, 4, 5, 6, 7].map(stepsOf);
  const { timestamp, answers } = await readLens(client, [...head, ...each.flat()], options);
  const [, time, until, cover, armed, owner, refund, incidentId, incident, closable, freed] =
    answers as unknown as Answers<typeof head>;
  const at = head.length + 2 * cover.product;
  const [terms, price] = answers.slice(at, at + 2) as unknown as Answers<ReturnType<typeof stepsOf>>;
  const { product, amount, remaining, entry, premium } = cover;
  const [start, expiry] = [BigInt(cover.start), BigInt(cover.expiry)];
  const shares = { entry, deductibleBps: BigInt(cover.deductibleBps), armed, remaining };
  return {
    ...{ timestamp, time, pausedUntil: until, owner, product, vault: terms.vault, amount, premium, refund },
    ...shares,
    ...{ start, expiry, claimUntil: expiry + 35n * DAY, billedUntil: BigInt(cover.bucket) * 7n * DAY },
    phase: phaseOf(time, start, expiry, remaining === 0n && cover.rate === 0n),
    isInsured: start <= BigInt(terms.healthyAt) && time < expiry,
    claim: CLAIMS[cover.claim] ?? "none",
    ...{ price, threshold: coverThreshold(shares), hasIncident: terms.incident },
    payout: price === undefined ? undefined : coverPayout({ ...shares, price }),
    incident: incidentId === 0n ? undefined : { ...incident, incidentId, closesAt: closable },
    recovery: cover.frozen
      ? { paid: freed.paid, lossPrice: freed.price, releasableAt: BigInt(freed.closedAt) + 30n * DAY }
      : undefined,
  };
}

function phaseOf(time: bigint, start: bigint, expiry: bigint, isCancelled: boolean): CoverStatus["phase"] {
  if (isCancelled) return "cancelled";
  if (time < start) return "waiting";
  if (time < expiry) return "running";
  return time < expiry + 35n * DAY ? "grace" : "over";
}

export declare namespace getCoverStatus {
  type Parameters = {
    pool: Address;
    /** Of the policy. */
    coverId: bigint;
  } & ReadOptions;
}
