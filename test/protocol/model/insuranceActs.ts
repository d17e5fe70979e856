import { min, over } from "./arithmetic.ts";
import * as model from "./insurance.ts";
import { at, booksOf, type Cover, DAY, type Product, poolTime, RAY, type Vault, type World } from "./insurance.ts";
import { type Act, PEOPLE, type Real, type Setting, type Target } from "./insuranceChain.ts";

/** A repeatable sequence of numbers below a bound (xorshift with 32 bits). */
export type Dice = (sides: number) => number;
export function createDice(seed: number): Dice {
  let x = seed | 1;
  return (sides) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % Math.max(1, sides);
  };
}

export type Scene = {
  readonly w: World;
  readonly dice: Dice;
  readonly real: Real;
  readonly setting: Setting;
  readonly unit: bigint;
  /** Reckons what an act comes to with the SDK, before it happens; what is returned is told how it came out. */
  readonly mirror: (act: Omit<Act, "expected">) => ((outcome: bigint | string | undefined) => void) | undefined;
};
type Call = {
  readonly who: number;
  readonly to: Target;
  readonly name: string;
  readonly args: readonly (bigint | number)[];
  readonly act: () => bigint | undefined;
};
type Make = (scene: Scene) => Call | undefined;

const MAX = 2n ** 256n - 1n;
const BOSS = 0;
const done =
  (act: () => void): (() => undefined) =>
  () => {
    act();
    return undefined;
  };
const chance = (dice: Dice, oneIn: number): boolean => dice(oneIn) === 0;
const pick = <item>(dice: Dice, list: readonly item[]): item | undefined => list[dice(list.length)];
/** A part of an amount, now and then all of it or a wei too much. */
const part = (dice: Dice, whole: bigint): bigint =>
  chance(dice, 8) ? whole + BigInt(dice(2)) : (whole * BigInt(dice(1_000))) / 1_000n;
/** Of all sizes: a few wei, some, much. */
const amount = (dice: Dice, unit: bigint): bigint =>
  chance(dice, 8) ? BigInt(dice(50)) : (unit * BigInt(1 + dice(100_000))) / 10n;
const anyone = (dice: Dice): number => dice(PEOPLE);
/** The one that may, mostly. */
const by = (dice: Dice, who: number): number => (chance(dice, 15) ? anyone(dice) : who);
/** An id that fits, mostly. */
const idOf = (dice: Dice, fitting: readonly { readonly id: number }[], count: number): number | undefined => {
  if (fitting.length > 0 && !chance(dice, 15)) return pick(dice, fitting)?.id;
  return chance(dice, 16) && count > 0 ? 1 + dice(count) : undefined;
};
const product = (dice: Dice): number => (chance(dice, 40) ? 7 : dice(3) === 0 ? 1 : 0);
const running = (w: World, fits: (cover: Cover) => boolean): readonly Cover[] => w.running.filter(fits);
/** Free to be changed: no claim, no incident. */
const idle = (w: World, fits: (cover: Cover) => boolean = () => true): readonly Cover[] =>
  running(w, (cover) => cover.claim === "none" && !w.products[cover.product]?.incident && fits(cover));
const holder = (dice: Dice): number => 2 + dice(4);

const underwriting: Readonly<Record<string, Make>> = {
  deposit: ({ w, dice, unit, real }) => {
    const [who, assets] = [chance(dice, 2) ? 1 : anyone(dice), amount(dice, unit) * 3n];
    const b = booksOf(w);
    const least = chance(dice, 20) ? (assets * (b.supply + 10n ** 6n)) / (b.assets + 1n) + BigInt(dice(2)) : 0n;
    const receiver = by(dice, who);
    return {
      ...{ who, to: "pool", name: "deposit", args: [assets, real.addressOf(receiver), least] },
      act: () => model.deposit(w, who, assets, receiver, least),
    };
  },
  request: ({ w, dice, real }) => {
    const holders = [...w.shares].flatMap(([who, shares]) => (who < PEOPLE && shares > 0n ? who : []));
    const who = pick(dice, holders) ?? anyone(dice);
    const [shares, receiver] = [part(dice, at(w.shares, who)), by(dice, who)];
    return {
      ...{ who, to: "pool", name: "requestRedeem", args: [shares, real.addressOf(receiver)] },
      act: () => model.requestRedeem(w, who, shares, receiver),
    };
  },
  finalize: ({ w, dice }) => {
    const ripe = [...w.requests.values()].filter(({ requestedAt }) => poolTime(w) >= requestedAt + 21n * DAY);
    const id = idOf(dice, ripe, w.requestCount);
    if (id === undefined) return undefined;
    const request = w.requests.get(id);
    const who = by(dice, request?.receiver ?? 0);
    const least = request && chance(dice, 10) ? model.worthOf(w, request) + BigInt(dice(2)) : 0n;
    return {
      ...{ who, to: "pool", name: "finalizeRedeem", args: [id, least] },
      act: () => model.finalizeRedeem(w, who, id, least),
    };
  },
  unqueue: ({ w, dice }) => {
    const id = idOf(dice, [...w.requests.values()], w.requestCount);
    if (id === undefined) return undefined;
    const who = by(dice, w.requests.get(id)?.receiver ?? 0);
    return { who, to: "pool", name: "cancelRedeem", args: [id], act: () => model.cancelRedeem(w, who, id) };
  },
  accrue: ({ dice }) => {
    if (!chance(dice, 20)) return undefined;
    return { who: anyone(dice), to: "pool", name: "accrue", args: [], act: () => undefined };
  },
  fetch: ({ w, dice, real }) => {
    const owed = [...w.owed].find(([, assets]) => assets > 0n)?.[0];
    if (!chance(dice, owed === undefined ? 60 : 3)) return undefined;
    const who = owed ?? anyone(dice);
    return {
      ...{ who, to: "pool", name: "fetchOwed", args: [real.addressOf(who)] },
      act: () => model.fetchOwed(w, who, who),
    };
  },
};

const covering: Readonly<Record<string, Make>> = {
  buy: ({ w, dice, unit, real }) => {
    const number = product(dice);
    const who = holder(dice);
    const b = booksOf(w);
    const p = w.products[number];
    const room = p
      ? min(over(b.capacity, b.live), over((b.capacity * p.cap) / 10_000n, b.liveOf[number] as bigint))
      : unit;
    const wish = chance(dice, 12) ? room + BigInt(dice(2)) : min(room, amount(dice, unit) * 2n);
    const period = chance(dice, 20)
      ? BigInt(dice(400)) * DAY
      : BigInt(7 + dice(chance(dice, 4) ? 358 : 60)) * DAY - BigInt(dice(2));
    const shares = part(dice, at(w.vaults[p?.vault ?? 0]?.shares ?? new Map(), who) / 2n);
    const maxPremium = chance(dice, 25) ? BigInt(dice(1_000_000)) : MAX;
    const purchase = {
      product: number,
      amount: wish,
      period,
      shares,
      maxPremium,
      receiver: chance(dice, 10) ? holder(dice) : who,
    };
    return {
      ...{
        who,
        to: "manager",
        name: "buy",
        args: [number, wish, period, shares, maxPremium, real.addressOf(purchase.receiver)],
      },
      act: () => model.buy(w, who, purchase),
    };
  },
  arm: ({ w, dice }) => {
    const id = idOf(
      dice,
      idle(w, ({ frozen }) => !frozen),
      w.covers.length,
    );
    if (id === undefined) return undefined;
    const cover = w.covers[id - 1] as Cover;
    const who = by(dice, cover.owner);
    const shares = part(dice, at((w.vaults[cover.product] as Vault).shares, who) / 3n);
    return { who, to: "manager", name: "arm", args: [id, shares], act: done(() => model.arm(w, who, id, shares)) };
  },
  disarm: ({ w, dice, real }) => {
    const id = idOf(
      dice,
      w.covers
        .slice(-40)
        .filter(
          ({ armed, claim, frozen, product: number }) =>
            armed > 0n && claim === "none" && !frozen && !w.products[number]?.incident,
        ),
      w.covers.length,
    );
    if (id === undefined) return undefined;
    const cover = w.covers[id - 1] as Cover;
    const who = by(dice, cover.owner);
    const isOver = cover.end <= poolTime(w);
    const shares = isOver ? cover.armed : part(dice, cover.armed / 2n);
    return {
      ...{ who, to: "manager", name: "disarm", args: [id, shares, real.addressOf(who)] },
      act: done(() => model.disarm(w, who, id, shares, who)),
    };
  },
  extend: ({ w, dice }) => {
    const id = idOf(
      dice,
      idle(w, ({ expiry }) => expiry > poolTime(w)),
      w.covers.length,
    );
    if (id === undefined) return undefined;
    const who = by(dice, w.covers[id - 1]?.owner ?? 0);
    const period = BigInt(dice(chance(dice, 10) ? 365 : 40)) * DAY + BigInt(dice(3));
    const maxPremium = chance(dice, 25) ? BigInt(dice(1_000_000)) : MAX;
    return {
      ...{ who, to: "manager", name: "extend", args: [id, period, maxPremium] },
      act: () => model.extend(w, who, id, period, maxPremium),
    };
  },
  cancel: ({ w, dice }) => {
    const id = idOf(
      dice,
      idle(w, ({ rate }) => rate > 0n),
      w.covers.length,
    );
    if (id === undefined || !chance(dice, 6)) return undefined;
    const who = by(dice, w.covers[id - 1]?.owner ?? 0);
    return { who, to: "manager", name: "cancel", args: [id], act: () => model.cancel(w, who, id) };
  },
  transfer: ({ w, dice, real }) => {
    const id = idOf(dice, w.running, w.covers.length);
    if (id === undefined) return undefined;
    const { owner } = w.covers[id - 1] as Cover;
    const [who, to] = [by(dice, owner), holder(dice)];
    return {
      ...{ who, to: "nft", name: "transferFrom", args: [real.addressOf(owner), real.addressOf(to), id] },
      act: done(() => model.transferPolicy(w, who, to, id)),
    };
  },
  poke: ({ w, dice }) => {
    const number = product(dice);
    return { who: anyone(dice), to: "manager", name: "poke", args: [number], act: done(() => model.poke(w, number)) };
  },
  collect: ({ w, dice }) => {
    const number = dice(2);
    if (at((w.vaults[number] as Vault).shares, model.POOL) === 0n && !chance(dice, 30)) return undefined;
    return {
      who: anyone(dice),
      to: "manager",
      name: "collect",
      args: [number],
      act: () => model.collectRecovered(w, number),
    };
  },
};

const losses: Readonly<Record<string, Make>> = {
  open: (scene) => {
    const { w, dice } = scene;
    const fallen = running(w, (cover) => {
      const p = w.products[cover.product] as Product;
      const low = model.priceOf(w, p.vault) < model.thresholdOf(cover);
      return (
        !p.incident &&
        low &&
        cover.armed > 0n &&
        cover.claim === "none" &&
        (cover.start <= p.healthyAt || chance(dice, 20))
      );
    });
    const id = idOf(dice, fallen, w.covers.length + 2);
    if (id === undefined) return undefined;
    return { who: anyone(dice), to: "incidents", name: "open", args: [id], act: () => model.openIncident(w, id) };
  },
  file: ({ w, dice }) => {
    const hit = running(w, ({ claim, product: number, armed, start }) => {
      const { incident, healthyAt } = w.products[number] as Product;
      return claim === "none" && armed > 0n && incident && (start <= healthyAt || chance(dice, 20));
    });
    const id = idOf(dice, hit, w.covers.length + 2);
    if (id === undefined) return undefined;
    return { who: anyone(dice), to: "incidents", name: "file", args: [id], act: done(() => model.fileCover(w, id)) };
  },
  record: ({ w, dice }) => {
    const id = idOf(
      dice,
      w.incidents.slice(-4).filter(({ state }) => state === "open"),
      w.incidents.length,
    );
    if (id === undefined) return undefined;
    return { who: anyone(dice), to: "incidents", name: "record", args: [id], act: () => model.record(w, id) };
  },
  close: ({ w, dice }) => {
    const due = w.incidents.slice(-4).filter((one) => one.state === "open" && poolTime(w) >= model.closesAt(one));
    const id = idOf(dice, due, w.incidents.length);
    if (id === undefined) return undefined;
    return { who: anyone(dice), to: "incidents", name: "close", args: [id], act: done(() => model.close(w, id)) };
  },
  settle: ({ w, dice }) => {
    const filed = running(w, ({ filedIn }) => filedIn !== 0 && w.incidents[filedIn - 1]?.state !== "open");
    const id = idOf(dice, filed, w.covers.length);
    if (id === undefined) return undefined;
    return { who: anyone(dice), to: "incidents", name: "settle", args: [id], act: () => model.settle(w, id) };
  },
  release: ({ w, dice }) => {
    const frozen = w.covers
      .slice(-200)
      .filter((cover) => cover.frozen && poolTime(w) >= cover.recovery.closedAt + 30n * DAY);
    const id = idOf(dice, frozen, w.covers.length);
    if (id === undefined) return undefined;
    return { who: anyone(dice), to: "incidents", name: "release", args: [id], act: () => model.release(w, id) };
  },
  dispute: ({ w, dice }) => {
    const id = w.incidents.length;
    if (id === 0 || !chance(dice, 6)) return undefined;
    return { who: BOSS, to: "incidents", name: "dispute", args: [id], act: done(() => model.dispute(w, id)) };
  },
  resolve: ({ w, dice }) => {
    const disputed = w.incidents
      .slice(-4)
      .filter(({ state, disputedAt }) => state === "open" && disputedAt !== undefined);
    const id = idOf(dice, disputed, w.incidents.length);
    if (id === undefined || !chance(dice, 3)) return undefined;
    const voided = chance(dice, 2);
    return {
      ...{ who: BOSS, to: "incidents", name: "resolveDispute", args: [id, voided ? 1 : 0] },
      act: done(() => model.resolveDispute(w, id, voided)),
    };
  },
};

const assessed: Readonly<Record<string, Make>> = {
  bond: ({ w, dice, unit }) => {
    const who = 5 + dice(3);
    const assets = amount(dice, unit) * 4n;
    if ((w.assessors.get(who)?.ballots ?? 0) > 0 && !chance(dice, 20)) return undefined;
    return { who, to: "claims", name: "bond", args: [assets], act: done(() => model.bond(w, who, assets)) };
  },
  unbond: ({ w, dice, real }) => {
    const who = 5 + dice(3);
    if (((w.assessors.get(who)?.ballots ?? 0) > 0 || chance(dice, 2)) && !chance(dice, 20)) return undefined;
    const assets = part(dice, (w.assessors.get(who)?.bond ?? 0n) / 4n);
    return {
      ...{ who, to: "claims", name: "unbond", args: [assets, real.addressOf(who)] },
      act: done(() => model.unbond(w, who, assets, who)),
    };
  },
  fileClaim: ({ w, dice }) => {
    const id = idOf(
      dice,
      running(w, ({ claim, start }) => claim === "none" && poolTime(w) >= start),
      w.covers.length,
    );
    if (id === undefined) return undefined;
    const cover = w.covers[id - 1] as Cover;
    const who = by(dice, cover.owner);
    const asked = part(dice, chance(dice, 3) ? cover.remaining : cover.remaining / 20n);
    return { who, to: "claims", name: "file", args: [id, asked, 1n], act: () => model.fileClaim(w, who, id, asked) };
  },
  vote: ({ w, dice }) => {
    const open = w.claims.slice(-30).filter(({ state, endsAt }) => state === "voting" && poolTime(w) < endsAt);
    const id = idOf(dice, open, w.claims.length);
    if (id === undefined) return undefined;
    const ready = [...w.assessors].flatMap(([account, { bond, bondedAt }]) => {
      const claim = w.claims[id - 1];
      return claim && bond > 0n && bondedAt < claim.filedAt && !claim.ballots.has(account) ? account : [];
    });
    const who = chance(dice, 12) ? anyone(dice) : pick(dice, ready);
    if (who === undefined) return undefined;
    const accept = chance(dice, 2);
    return {
      ...{ who, to: "claims", name: "vote", args: [id, accept ? 1 : 0, 1n] },
      act: done(() => model.voteOnClaim(w, who, id, accept)),
    };
  },
  challenge: ({ w, dice }) => {
    const id = idOf(
      dice,
      w.claims.slice(-30).filter(({ state, endsAt }) => state === "voting" && poolTime(w) >= endsAt),
      w.claims.length,
    );
    if (id === undefined || !chance(dice, 3)) return undefined;
    const who = anyone(dice);
    return { who, to: "claims", name: "challenge", args: [id], act: done(() => model.challenge(w, who, id)) };
  },
  escalate: ({ w, dice }) => {
    const id = idOf(
      dice,
      w.claims.slice(-30).filter(({ state, endsAt }) => state === "voting" && poolTime(w) >= endsAt),
      w.claims.length,
    );
    if (id === undefined || !chance(dice, 4)) return undefined;
    return { who: anyone(dice), to: "claims", name: "escalate", args: [id], act: done(() => model.escalate(w, id)) };
  },
  finalizeClaim: ({ w, dice }) => {
    const open = w.claims.slice(-40).filter(({ state, endsAt }) => state !== "final" && poolTime(w) >= endsAt);
    const id = idOf(dice, open, w.claims.length);
    if (id === undefined || !chance(dice, 2)) return undefined;
    return {
      who: anyone(dice),
      to: "claims",
      name: "finalize",
      args: [id],
      act: done(() => model.finalizeClaim(w, id)),
    };
  },
  settleBallot: ({ w, dice, real }) => {
    const unsettled = w.claims
      .slice(-60)
      .filter(({ state, ballots }) => state === "final" && [...ballots.values()].some(({ settled }) => !settled));
    const id = idOf(dice, unsettled, w.claims.length);
    if (id === undefined) return undefined;
    const open = [...(w.claims[id - 1]?.ballots ?? [])].find(([, { settled }]) => !settled)?.[0];
    const who = open ?? anyone(dice);
    return {
      ...{ who: anyone(dice), to: "claims", name: "settleBallot", args: [id, real.addressOf(who)] },
      act: done(() => model.settleBallot(w, id, who)),
    };
  },
  withdraw: ({ w, dice, real }) => {
    const owed = [...w.claimsOwed].flatMap(([account, assets]) => (assets > 0n ? account : []));
    if (owed.length === 0 && !chance(dice, 60)) return undefined;
    const who = pick(dice, owed) ?? anyone(dice);
    return {
      ...{ who, to: "claims", name: "withdraw", args: [real.addressOf(who)] },
      act: () => model.withdraw(w, who, who),
    };
  },
};

const world: Readonly<Record<string, Make>> = {
  /** Nobody stops business for long. */
  resume: (scene) => {
    const { w, dice } = scene;
    if (w.buysStopped) return roles["buys"]?.(scene);
    if (w.depositsStopped) return roles["deposits"]?.(scene);
    const number = dice(2);
    const { stopped, scheduled, cap } = w.products[number] as Product;
    if (scheduled && poolTime(w) >= scheduled.at) return roles["apply"]?.(scene);
    return stopped || cap < 2_000n ? (scheduled ? undefined : roles["schedule"]?.(scene)) : undefined;
  },
  enter: ({ w, dice, unit, real }) => {
    const [who, vault] = [holder(dice), dice(3) === 0 ? 1 : 0];
    const assets = min(amount(dice, unit) * 4n, at(w.tokens, who));
    return {
      ...{ who, to: vault === 0 ? "vault0" : "vault1", name: "deposit", args: [assets, real.addressOf(who)] },
      act: () => model.enterVault(w, who, vault, assets),
    };
  },
  earn: ({ w, dice }) => {
    const vault = dice(2);
    const gained = ((w.vaults[vault] as Vault).assets * BigInt(dice(30))) / 10_000n;
    return move(w, vault, gained);
  },
  lose: ({ w, dice, unit }) => {
    const vault = dice(2);
    const { assets } = w.vaults[vault] as Vault;
    if ((w.products[vault] as Product).incident || assets < 100n * unit) return undefined;
    const insured = w.running.some((cover) => cover.product === vault && cover.armed > 0n && cover.start < poolTime(w));
    if (!chance(dice, insured ? 3 : 12)) return undefined;
    const bps = chance(dice, 6) ? 100 + dice(700) : 900 + dice(4_000);
    return move(w, vault, -((assets * BigInt(bps)) / 10_000n));
  },
  /** The way back of a vault that was written off, for nothing or not. */
  heal: ({ w, dice }) => {
    const vault = dice(2);
    const p = w.products[vault] as Product;
    const price = model.priceOf(w, vault);
    if (!chance(dice, 4)) return undefined;
    const below = over(chance(dice, 3) ? (RAY * BigInt(90 + dice(20))) / 100n : p.hwm, price);
    if (below === 0n || price === 0n || (p.incident && !chance(dice, 6))) return undefined;
    return move(w, vault, ((w.vaults[vault] as Vault).assets * below) / price);
  },
  block: ({ w, dice, real }) => {
    const who = 3;
    const blocked = !w.blocked.has(who);
    if (blocked && !chance(dice, 3)) return undefined;
    return {
      ...{ who: anyone(dice), to: "token", name: "setBlocked", args: [real.addressOf(who), blocked ? 1 : 0] },
      act: done(() => (blocked ? w.blocked.add(who) : w.blocked.delete(who))),
    };
  },
};

function move(w: World, vault: number, assets: bigint): Call {
  const [name, size] = assets < 0n ? (["lose", -assets] as const) : (["gain", assets] as const);
  return {
    ...{ who: 1, to: vault === 0 ? "vault0" : "vault1", name, args: [size] },
    act: done(() => model.moveVault(w, vault, assets)),
  };
}

const roles: Readonly<Record<string, Make>> = {
  pause: ({ w, dice }) => {
    const duration = BigInt(dice(chance(dice, 4) ? 15 : 4)) * DAY + BigInt(dice(2));
    return {
      who: BOSS,
      to: "pool",
      name: "pauseClaims",
      args: [duration],
      act: done(() => model.pauseClaims(w, duration)),
    };
  },
  resume: ({ w, dice }) => {
    if (!chance(dice, 3)) return undefined;
    return { who: BOSS, to: "pool", name: "resumeClaims", args: [], act: done(() => model.resumeClaims(w)) };
  },
  deposits: ({ w, dice }) => {
    if (!w.depositsStopped && !chance(dice, 8)) return undefined;
    const stopped = !w.depositsStopped;
    const name = stopped ? "stopDeposits" : "resumeDeposits";
    return { who: BOSS, to: "pool", name, args: [], act: done(() => Object.assign(w, { depositsStopped: stopped })) };
  },
  buys: ({ w, dice }) => {
    if (!w.buysStopped && !chance(dice, 8)) return undefined;
    const stopped = !w.buysStopped;
    const name = stopped ? "stopBuys" : "resumeBuys";
    return { who: BOSS, to: "manager", name, args: [], act: done(() => Object.assign(w, { buysStopped: stopped })) };
  },
  fees: ({ w, dice }) => {
    const [dao, reserve] = [BigInt(dice(2_000)), BigInt(dice(1_200))];
    return {
      who: BOSS,
      to: "manager",
      name: "setFees",
      args: [dao, reserve],
      act: done(() => model.setFees(w, dao, reserve)),
    };
  },
  stopProduct: ({ w, dice }) => {
    const number = dice(2);
    if (!chance(dice, 30)) return undefined;
    return {
      who: BOSS,
      to: "manager",
      name: "stopProduct",
      args: [number],
      act: done(() => model.stopProduct(w, number)),
    };
  },
  lowerCap: ({ w, dice }) => {
    const number = dice(2);
    const cap = ((w.products[number] as Product).cap * BigInt(70 + dice(32))) / 100n;
    return {
      who: BOSS,
      to: "manager",
      name: "lowerProductCap",
      args: [number, cap],
      act: done(() => model.lowerProductCap(w, number, cap)),
    };
  },
  schedule: ({ w, dice, real }) => {
    const number = dice(2);
    const terms = {
      deductible: BigInt(200 + dice(801)),
      cap: BigInt(4_000 + dice(1_001)),
      multiplier: BigInt(5_000 + dice(20_000)),
    };
    const args = [number, vaultAddress(real, number), terms.deductible, terms.cap, terms.multiplier];
    return {
      who: BOSS,
      to: "manager",
      name: "scheduleProduct",
      args,
      act: done(() => model.scheduleProduct(w, number, terms)),
    };
  },
  apply: ({ w, dice }) => {
    const number = dice(2);
    return {
      who: anyone(dice),
      to: "manager",
      name: "applyProduct",
      args: [number],
      act: done(() => model.applyProduct(w, number)),
    };
  },
  scheduleModel: ({ w, dice, real, setting }) => {
    const curve = pick(dice, setting.curves) as model.Curve;
    const args = [real.models.get(String(curve)) as bigint];
    const next = { curve, at: poolTime(w) + 24n * DAY };
    return {
      who: BOSS,
      to: "manager",
      name: "scheduleModel",
      args,
      act: done(() => Object.assign(w, { nextCurve: next })),
    };
  },
  applyModel: ({ w, dice }) => ({
    ...{ who: anyone(dice), to: "manager", name: "applyModel", args: [] },
    act: done(() => model.applyModel(w)),
  }),
};

const vaultAddress = (real: Real, number: number): bigint => real.addressOf(number === 0 ? VAULT0 : VAULT0 + 1);
export const VAULT0 = 200;

/** As often as they are in it. */
const tables: readonly Readonly<Record<string, Make>>[] = (
  [
    [18, underwriting],
    [29, covering],
    [27, losses],
    [17, assessed],
    [7, world],
    [2, roles],
  ] as const
).flatMap(([times, table]) => Array<Readonly<Record<string, Make>>>(times).fill(table));

/** Something that somebody does; the model has done it already. */
export function nextAct(scene: Scene): Act {
  const { dice } = scene;
  for (;;) {
    const table = pick(dice, tables) as (typeof tables)[0];
    const call = (pick(dice, Object.values(table)) as Make)(scene);
    if (!call) continue;
    const { act, ...rest } = call;
    const mirrored = scene.mirror(rest);
    const expected = model.attempt(act);
    mirrored?.(expected);
    return { ...rest, expected };
  }
}

/** Often to the edge of something: a second before, at it, or after it. */
export function nextStep({ w, dice }: Scene): bigint {
  const kind = dice(10);
  if (kind < 3) return BigInt(1 + dice(43_200));
  const time = poolTime(w);
  const cover = pick(dice, w.running);
  const claim = pick(dice, w.claims.slice(-8));
  const incident = pick(dice, w.incidents.slice(-3));
  const request = pick(dice, [...w.requests.values()]);
  const edges = [
    ...(cover
      ? [cover.start, cover.expiry, cover.end, cover.expiry + 35n * DAY, cover.recovery.closedAt + 30n * DAY]
      : []),
    ...(claim ? [claim.endsAt, claim.endsAt + 2n * DAY, claim.escalatedAt + 21n * DAY] : []),
    ...(request ? [request.requestedAt + 21n * DAY] : []),
    ...(incident?.state === "open" ? Array<bigint>(3).fill(model.closesAt(incident)) : []),
    ...(incident ? [model.closesAt(incident), incident.openedAt + DAY, incident.openedAt + 2n * DAY] : []),
  ];
  const ahead = edges
    .flatMap((edge) => [edge - 1n, edge, edge + 1n])
    .filter((edge) => edge > time && edge < time + 12n * DAY);
  const edge = kind < 8 ? pick(dice, ahead) : undefined;
  return edge === undefined ? BigInt(1 + dice(chance(dice, 4) ? 900_000 : 300_000)) : edge - time;
}
