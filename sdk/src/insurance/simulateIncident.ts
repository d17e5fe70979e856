import type { Address } from "viem";
import { coverOf, productOf } from "../abis/CoverManager.ts";
import { armedOf, count } from "../abis/CoverNFT.ts";
import { incidentOf, lastIncident } from "../abis/IncidentModule.ts";
import { available } from "../abis/RiskReserve.ts";
import { books, modules, poolTime } from "../abis/UnderwritingPool.ts";
import type { Result } from "../core/call.ts";
import { answer, element, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { coverPayout, coverThreshold } from "../math/cover.ts";
import { min } from "../math/integers.ts";

/** What an incident would pay if a vault's loss price were `price`. In asset wei. */
export type IncidentSimulation = {
  /** It can be opened at that price, or is open. */
  readonly opens: boolean;
  /** Policies that can be filed, and what each is paid. */
  readonly covers: readonly { readonly coverId: bigint; readonly threshold: bigint; readonly payout: bigint }[];
  readonly total: bigint;
  /** The reserve pays first, */
  readonly fromReserve: bigint;
  /** the underwriters the rest. */
  readonly fromPool: bigint;
  /** A, what their shares own, before and after. */
  readonly assetsBefore: bigint;
  readonly assetsAfter: bigint;
};

/**
 * Computes what an incident of an insured vault would pay at a price, policy by policy, and what it would cost the
 * underwriters: in one `eth_call`, from what is on chain now.
 *
 * @example
 * const half = await simulateIncident(client, { pool, product: 0, price: 5n * 10n ** 26n });
 * console.log(half.total, "would be paid,", half.fromPool, "by the underwriters");
 */
export async function simulateIncident(
  client: ReadClient,
  { pool, product, price, ...options }: simulateIncident.Parameters,
): Promise<IncidentSimulation> {
  const [manager, nft, incidents] = [answer(0, 1), answer(0, 2), answer(0, 3)];
  const last = BigInt(answer(1));
  const steps = [
    [modules, pool, []],
    [count, nft, []],
    [books, pool, []],
    [poolTime, pool, []],
    [available, answer(0, 5), []],
    [productOf, manager, [product]],
    [lastIncident, incidents, [product]],
    [incidentOf, incidents, [BigInt(answer(6))]],
    [coverOf, manager, [last]],
    [armedOf, nft, [last]],
  ] as const;
  // A round per number below their count, and they are numbered from 1: the last one is read above.
  const id = BigInt(element());
  const each = [
    [coverOf, manager, [id]],
    [armedOf, nft, [id]],
  ] as const;
  const { answers, rounds } = await readLens(client, steps, options, { list: 1, stride: 0, steps: each });
  const [, policies, { assets }, time, reserve, terms, , incident, lastCover, lastArmed] = answers;
  const covers = [...rounds, [lastCover, lastArmed] as const].flatMap(([cover, armed = 0n], index) => {
    const coverId = index === rounds.length ? policies : BigInt(index);
    const isOpen = terms.incident;
    const [healthyAt, lossAt] = isOpen ? [incident.healthyAt, BigInt(incident.lossAt)] : [terms.healthyAt, time];
    if (!cover || cover.product !== product || !isEligible(cover, armed, healthyAt, lossAt, isOpen)) return [];
    const shares = { ...cover, deductibleBps: BigInt(cover.deductibleBps), armed };
    return [{ coverId, threshold: coverThreshold(shares), payout: coverPayout({ ...shares, price }) }];
  });
  const total = covers.reduce((sum, { payout }) => sum + payout, 0n);
  const fromReserve = min(total, reserve);
  const fromPool = total - fromReserve;
  return {
    opens: terms.incident || covers.some(({ threshold }) => price < threshold),
    ...{ covers, total, fromReserve, fromPool, assetsBefore: assets, assetsAfter: assets - fromPool },
  };
}

/** As the incident module has it; one that is filed in an open incident already is paid too. */
function isEligible(
  { amount, remaining, start, expiry, claim }: Result<typeof coverOf>,
  armed: bigint,
  healthyAt: number,
  lossAt: bigint,
  isOpen: boolean,
): boolean {
  const isFree = claim === 0 || (isOpen && claim === 1);
  return amount > 0n && isFree && start <= healthyAt && lossAt < BigInt(expiry) && remaining > 0n && armed > 0n;
}

export declare namespace simulateIncident {
  type Parameters = {
    pool: Address;
    /** Number of the insured vault. */
    product: number;
    /** Loss price, in asset wei per share wei times 1e27. */
    price: bigint;
  } & ReadOptions;
}
