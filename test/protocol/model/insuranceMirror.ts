import assert from "node:assert/strict";
import {
  armedEntry,
  billedUntil,
  claimDeposit,
  coverEntry,
  coverPayout,
  coverPremium,
  coverRefund,
  lossPrice,
  recoveryKept,
  requestValue,
  toPoolAssets,
  toPoolShares,
} from "../../../sdk/src/math/index.ts";
import { max } from "./arithmetic.ts";
import * as model from "./insurance.ts";
import { booksOf, type Claim, type Cover, type Incident, type Product, poolTime, type World } from "./insurance.ts";
import type { Act } from "./insuranceChain.ts";

type Outcome = bigint | string | undefined;
type Check = (outcome: Outcome) => void;
type Mirror = (w: World, args: readonly bigint[]) => Check | undefined;

/** What the SDK's mirrors say of an act is what it comes to. `count` hears each that was compared. */
export function createMirror(w: World, count: (name: string) => void) {
  return ({ to, name, args }: Omit<Act, "expected">): Check | undefined => {
    const check = mirrors[`${to}.${name}`]?.(w, args.map(BigInt));
    if (!check) return undefined;
    return (outcome) => {
      if (typeof outcome === "string") return; // refused
      check(outcome);
      count(`mirrored ${name}`);
    };
  };
}

const supplyOf = (w: World) => {
  const { assets, supply } = booksOf(w);
  return { totalAssets: assets, totalSupply: supply };
};
const at = (w: World, id: bigint | undefined): Cover | undefined => w.covers[Number(id) - 1];
const curveOf = ({ curve: [rate0, rate1, rate2, kink] }: World) => ({ rate0, rate1, rate2, kink });
const entryNow = (w: World, { vault, hwm, hwmAt }: Product): bigint =>
  coverEntry({ price: model.priceOf(w, vault), hwm, hwmAt, time: poolTime(w) });
const equals =
  (mirrored: bigint): Check =>
  (outcome) =>
    assert.equal(mirrored, outcome);

const mirrors: Readonly<Record<string, Mirror>> = {
  "pool.deposit": (w, [assets = 0n]) => equals(toPoolShares(supplyOf(w), assets)),
  "pool.requestRedeem": (w, [shares = 0n]) => {
    const worth = toPoolAssets(supplyOf(w), shares);
    return (id) => assert.equal(w.requests.get(Number(id))?.assets, worth);
  },
  "pool.finalizeRedeem": (w, [id]) => {
    const request = w.requests.get(Number(id));
    const { atRisk, free } = booksOf(w);
    const value = request && requestValue({ ...supplyOf(w), atRisk, ...request });
    return value === undefined || value > free ? undefined : equals(value); // else a part is paid
  },
  "manager.buy": (w, [product = 0n, amount = 0n, period = 0n]) => {
    const p = w.products[Number(product)];
    const { time, live, capacity } = booksOf(w);
    if (!p || live + amount > capacity) return undefined;
    const duration = billedUntil({ expiry: time + period }) - time;
    const terms = { curve: curveOf(w), live, amount, capacity, duration, multiplierBps: p.multiplier };
    const [premium, entry] = [max(coverPremium(terms), w.minPremium), entryNow(w, p)];
    return (outcome) => assert.deepEqual([premium, entry], [outcome, w.covers.at(-1)?.entry]);
  },
  "manager.extend": (w, [id, period = 0n]) => {
    const cover = at(w, id);
    if (!cover) return undefined;
    const { live, capacity } = booksOf(w);
    const duration = billedUntil({ expiry: cover.expiry + period }) - cover.end;
    const multiplierBps = (w.products[cover.product] as Product).multiplier;
    const [amount, others] = [cover.remaining, live - cover.remaining];
    if (live > capacity || others < 0n) return undefined; // claimed on, it is no live cover: all capital may be locked
    return equals(coverPremium({ curve: curveOf(w), live: others, amount, capacity, duration, multiplierBps }));
  },
  "manager.cancel": (w, [id]) => {
    const cover = at(w, id);
    return cover && equals(coverRefund({ ...cover, until: cover.end, time: poolTime(w), minPremium: w.minPremium }));
  },
  "manager.arm": (w, [id, shares = 0n]) => {
    const cover = at(w, id);
    if (!cover || cover.armed + shares === 0n) return undefined;
    const product = w.products[cover.product] as Product;
    const { marks } = product;
    const entry = armedEntry({ ...cover, shares, price: entryNow(w, product) });
    return () => {
      if (product.marks === marks) assert.equal(cover.entry, entry); // else the look made a mark first
    };
  },
  "incidents.close": (w, [id]) => {
    const incident = w.incidents[Number(id) - 1] as Incident | undefined;
    const [one, two, three] = incident?.slots.map(({ value }) => value) ?? [];
    if (!incident || one === undefined || two === undefined || three === undefined) return undefined;
    return () => assert.equal(incident.price, lossPrice([one, two, three]));
  },
  "incidents.settle": (w, [id]) => {
    const cover = at(w, id);
    const incident = w.incidents[(cover?.filedIn ?? 0) - 1];
    if (!cover || incident?.state !== "closed") return undefined;
    return equals(coverPayout({ ...cover, deductibleBps: cover.deductible, price: incident.price }));
  },
  "incidents.release": (w, [id]) => {
    const cover = at(w, id);
    if (!cover) return undefined;
    const { paid, price, closedAt } = cover.recovery;
    const now = model.priceOf(w, (w.products[cover.product] as Product).vault);
    const passed = poolTime(w) - closedAt;
    return equals(recoveryKept({ paid, lossPrice: price, passed, armed: cover.armed, price: now }).kept);
  },
  "claims.file": (w, [id]) => {
    const cover = at(w, id);
    if (!cover) return undefined;
    const deposit = claimDeposit({ remaining: cover.remaining, minDeposit: w.minDeposit });
    return (claim) => assert.equal((w.claims[Number(claim) - 1] as Claim).deposit, deposit);
  },
};
