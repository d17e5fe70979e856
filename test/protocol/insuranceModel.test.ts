import assert from "node:assert/strict";
import { it } from "node:test";
import type { Claim, Cover, Incident, Product, Request, Vault, World } from "./model/insurance.ts";
import * as model from "./model/insurance.ts";
import { at, booksOf, CLAIMS, DAY, NFT, POOL, RAY, RESERVE, TREASURY } from "./model/insurance.ts";
import { createDice, nextAct, nextStep, type Scene } from "./model/insuranceActs.ts";
import { type Act, createReal, PEOPLE, type Real, type Setting } from "./model/insuranceChain.ts";
import { createMirror } from "./model/insuranceMirror.ts";

/*
 The insurance pool beside a model that was written from its specification: underwriters, holders, assessors, a DAO and two
 vaults that rise and fall do random things. Each act must come to what the model says, to the wei or by the name of the
 error, and after every block the books, balances, policies, requests and claims must be the model's.
*/
const SEED = Number(BigInt(process.env["MODEL_SEED"] ?? process.env["FUZZ_SEED"] ?? "0x6d696c6c") & 0xffff_ffffn);
const OPERATIONS = Number(process.env["MODEL_OPERATIONS"] ?? 100_000);
const PER_BLOCK = 64;
const settings: readonly Setting[] = [
  setting(6, 10n ** 6n, [1_000n, 2_000n]),
  setting(18, 0n, [0n, 500n]),
  setting(8, 12_345n, [333n, 2_667n]),
  setting(6, 1n, [0n, 0n]),
];

/** What must have happened so often; about a third of what most seeds reach. */
const LEAST: Readonly<Record<string, number>> = {
  ...{
    "manager.buy": 500,
    "manager.extend": 500,
    "manager.cancel": 200,
    "manager.arm": 1_000,
    "manager.disarm": 1_000,
  },
  ...{ "pool.deposit": 1_000, "pool.requestRedeem": 1_000, "pool.cancelRedeem": 1_000, "pool.finalizeRedeem": 100 },
  ...{ "pool.pauseClaims": 30, "incidents.open": 40, "incidents.file": 150, "incidents.record": 400 },
  ...{ "incidents.close": 20, "incidents.dispute": 40, "incidents.settle": 150, paid: 50, "incidents.release": 50 },
  ...{ recovered: 5, "manager.collect": 80, "claims.file": 300, "claims.vote": 400, "claims.finalize": 200 },
  ...{ "claims.escalate": 100, "claims.challenge": 5, resolved: 8, overturned: 1, "claims.settleBallot": 300 },
  ...{ "idle weeks": 1, "bucket ends": 200, UnderwritingPool__ClaimsPaused: 40, BlocklistToken__Blocked: 200 },
  ...{ "mirrored deposit": 1_000, "mirrored requestRedeem": 1_000, "mirrored finalizeRedeem": 50 },
  ...{ "mirrored buy": 500, "mirrored extend": 500, "mirrored cancel": 200, "mirrored arm": 1_000 },
  ...{ "mirrored close": 10, "mirrored settle": 50, "mirrored release": 50, "mirrored file": 300 },
  ...{ UnderwritingPool__CapacityExceeded: 300, CoverManager__Unhealthy: 200, CoverManager__Over: 20 },
};

let made = 0;
const counts = new Map<string, number>();
const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

for (const [life, chosen] of settings.entries()) {
  const operations = Math.ceil(OPERATIONS / settings.length);
  it(`T18 IN1 IN2 IN4 IN5: a pool of ${chosen.decimals} decimals does what the model does, ${operations} times`, async () => {
    const began = performance.now();
    const real = await createReal(chosen);
    const w = initial(chosen, real.start);
    const scene: Scene = {
      ...{ w, mirror: createMirror(w, count), dice: createDice(SEED + life * 7_919), real },
      ...{ setting: chosen, unit: 10n ** BigInt(chosen.decimals) },
    };
    for (let left = operations, block = 0; left > 0; block++) left -= await oneBlock(scene, block, left);
    await compare(scene, everything(scene.w), "at the end");
    assert.equal(await real.broken(), 0n);
    console.log(`    ${((performance.now() - began) / 1_000).toFixed(1)} s: ${scene.w.covers.length} covers`);
    await real.close();
  });
}

it("reached what is rare", () => {
  const all = [...counts].sort(([, a], [, b]) => b - a);
  console.log(`    seed ${SEED}: ${all.map(([name, times]) => `${name} ${times}`).join(" · ")}`);
  assert.ok(made >= OPERATIONS, `${made} operations`);
  if (OPERATIONS < 100_000) return;
  for (const [name, least] of Object.entries(LEAST))
    assert.ok((counts.get(name) ?? 0) >= least, `${name}: ${counts.get(name)} of ${least}`);
});

async function oneBlock(scene: Scene, block: number, left: number): Promise<number> {
  const { w, real, dice } = scene;
  const before = model.poolTime(w);
  // Now and then nobody does anything for a year and more.
  w.now += dice(150) === 0 ? BigInt(20 + dice(400)) * DAY : nextStep(scene);
  const ended = model.poolTime(w) / (7n * DAY) - before / (7n * DAY);
  if (ended > 0n) count("bucket ends");
  if (ended > 8n) count("idle weeks");
  model.tidy(w);
  await decide(scene);
  const acts: Act[] = [];
  while (acts.length < Math.min(PER_BLOCK, left)) acts.push(nextAct(scene));
  const found = await real.run(acts, w.now);
  for (const [i, { expected, to, name, who, args }] of acts.entries()) {
    const what = `seed ${SEED}, block ${block}, act ${i}: ${name}(${args.join(", ")}) by ${who} at ${w.now}`;
    if (expected === undefined) assert.equal(typeof found[i], "bigint", `${what}: ${found[i]}`);
    else assert.equal(found[i], expected, what);
    count(typeof expected === "string" ? expected : `${to}.${name}`);
    if (name === "settle" && typeof expected === "bigint" && expected > 0n) count("paid");
    if (name === "release" && typeof expected === "bigint" && expected > 0n) count("recovered");
  }
  await compare(scene, touched(scene, acts), `seed ${SEED}, after block ${block}`);
  if (block % 100 === 0) assert.equal(await real.broken(), 0n);
  made += acts.length;
  return acts.length;
}

/** The DAO's timelock, which no batch can speak for: a block of its own. */
async function decide({ w, real, dice }: Scene): Promise<void> {
  const asked = w.claims.filter(({ state }) => state === "escalated");
  if (asked.length === 0 || dice(6) !== 0) return;
  const { id, valid } = asked[dice(asked.length)] as Claim;
  const expected = model.attempt(() => {
    model.resolveClaim(w, id);
    return undefined;
  });
  assert.equal(await real.resolveClaim(BigInt(id), w.now), expected, `resolveClaim(${id}) at ${w.now}`);
  count(expected === undefined ? (valid ? "overturned" : "resolved") : String(expected));
  w.now += 1n;
  model.tidy(w);
}

/* WHAT IS COMPARED */

type Ids = {
  readonly accounts: readonly number[];
  readonly products: readonly number[];
  readonly covers: readonly number[];
  readonly requests: readonly number[];
  readonly claims: readonly number[];
};
const everyone = [...Array(PEOPLE).keys(), TREASURY];

function touched({ w, dice }: Scene, acts: readonly Act[]): Ids {
  const some = (list: readonly number[]): readonly number[] => [...new Set(list)].slice(0, 8);
  const named = (names: readonly string[]): readonly number[] =>
    acts.flatMap(({ name, args, expected }) =>
      names.includes(name) && typeof expected !== "string" ? Number(args[0]) : [],
    );
  const covers = named(["arm", "disarm", "extend", "cancel", "settle", "release"]);
  const claims = named(["vote", "challenge", "escalate", "finalize"]).filter((id) => w.claims[id - 1] !== undefined);
  const bought = w.covers.length === 0 ? [] : [w.covers.length, 1 + dice(w.covers.length)];
  return {
    // Each number that moved is in the pool's books already: accounts are read now and then.
    ...{ accounts: dice(4) === 0 ? everyone : [], products: [0, 1] },
    covers: some([...covers, ...bought]).filter((id) => w.covers[id - 1] !== undefined),
    ...{ requests: [...w.requests.keys()].slice(-2), claims: some(claims) },
  };
}

function everything(w: World): Ids {
  return {
    ...{ accounts: everyone, products: [0, 1], covers: w.covers.slice(-40).map(({ id }) => id) },
    ...{ requests: [...w.requests.keys()].slice(-20), claims: w.claims.slice(-20).map(({ id }) => id) },
  };
}

async function compare({ w, real }: Scene, ids: Ids, what: string): Promise<void> {
  const { accounts, products, covers, requests, claims } = ids;
  const found = await real.look(accounts, [products, covers, requests, claims]);
  const rows = [
    ...poolRows(w),
    ...ids.accounts.flatMap((who) => accountRows(w, who)),
    ...ids.products.flatMap((id) => productRows(w, id)),
    ...ids.covers.flatMap((id) => coverRows(w, w.covers[id - 1] as Cover, real)),
    ...ids.requests.flatMap((id) => requestRows(w, w.requests.get(id) as Request, real)),
    ...ids.claims.flatMap((id) => claimRows(w.claims[id - 1] as Claim, real)),
  ];
  if (rows.length === found.length && rows.every(([, value], i) => value === found[i])) return;
  const wrong = rows.flatMap(([name, value], i) =>
    value === found[i] ? [] : `${name}: chain ${found[i]}, model ${value}`,
  );
  assert.fail(`${what}\n${wrong.join("\n")}\n${rows.length} values, ${found.length} read`);
}

type Row = readonly [name: string, value: bigint];
const bit = (value: boolean): bigint => (value ? 1n : 0n);
const rowsOf = (name: string, values: Readonly<Record<string, bigint>>): readonly Row[] =>
  Object.entries(values).map(([field, value]) => [`${name} ${field}`, value]);

function poolRows(w: World): readonly Row[] {
  const b = booksOf(w);
  const incidents = model.total(w.products.map(({ incident }, i) => (incident ? 1n << BigInt(i) : 0n)));
  const owed = model.total(w.owed.values());
  const vaultShares = (holder: number): Readonly<Record<string, bigint>> => ({
    [`vault 0 of ${holder}`]: at((w.vaults[0] as Vault).shares, holder),
    [`vault 1 of ${holder}`]: at((w.vaults[1] as Vault).shares, holder),
  });
  const held = (holder: number): Readonly<Record<string, bigint>> => ({
    [`tokens of ${holder}`]: at(w.tokens, holder),
    ...vaultShares(holder),
  });
  return rowsOf("pool", {
    ...{ time: b.time, assets: b.assets, unearned: b.unearned, live: b.live, rate: b.rate, locked: b.locked },
    ...{ accruedAt: b.time, incidents, queued: b.queued, stopped: bit(w.depositsStopped), retired: bit(w.retired) },
    ...{ supply: b.supply, capacity: b.capacity, free: b.free, exposure: b.exposure, owed },
    ...{ requests: BigInt(w.requestCount), covers: BigInt(w.covers.length), incidentCount: BigInt(w.incidents.length) },
    ...{ claims: BigInt(w.claims.length), held: at(w.tokens, CLAIMS), bonds: model.totalBonds(w) },
    ...{ ...held(POOL), ...held(RESERVE), ...held(CLAIMS), ...held(NFT) },
    ...{ assets0: (w.vaults[0] as Vault).assets, supply0: (w.vaults[0] as Vault).supply },
    ...{ assets1: (w.vaults[1] as Vault).assets, supply1: (w.vaults[1] as Vault).supply },
  });
}

function accountRows(w: World, who: number): readonly Row[] {
  const assessor = w.assessors.get(who);
  return rowsOf(`account ${who}`, {
    ...{ tokens: at(w.tokens, who), vault0: at((w.vaults[0] as Vault).shares, who) },
    ...{ vault1: at((w.vaults[1] as Vault).shares, who), shares: at(w.shares, who), owed: at(w.owed, who) },
    ...{ claimsOwed: at(w.claimsOwed, who), bond: assessor?.bond ?? 0n, bondedAt: assessor?.bondedAt ?? 0n },
    ...{ ballots: BigInt(assessor?.ballots ?? 0), lockedUntil: assessor?.lockedUntil ?? 0n },
  });
}

function productRows(w: World, id: number): readonly Row[] {
  const p = w.products[id] as Product;
  const incident: Partial<Incident> = model.lastIncident(w, id) ?? {};
  const { state, slots = [], disputedAt } = incident;
  const value = (i: number): bigint => slots[i]?.value ?? 0n;
  return rowsOf(`product ${id}`, {
    ...{ deductible: p.deductible, cap: p.cap, multiplier: p.multiplier, stopped: bit(p.stopped) },
    ...{ incident: bit(p.incident), hwm: p.hwm, hwmAt: p.hwmAt, healthyAt: p.healthyAt, lowAt: p.lowAt },
    ...{ marks: BigInt(p.marks), live: booksOf(w).liveOf[id] as bigint, last: BigInt(incident.id ?? 0) },
    ...{ value0: value(0), value1: value(1), value2: value(2), price: incident.price ?? 0n },
    ...{ openedAt: incident.openedAt ?? 0n, lossAt: incident.lossAt ?? 0n, lastSlot: slots.at(-1)?.slot ?? 0n },
    ...{ incidentHealthyAt: incident.healthyAt ?? 0n, closedAt: incident.closedAt ?? 0n, disputedAt: disputedAt ?? 0n },
    state: state === undefined ? 0n : BigInt(1 + ["open", "closed", "lapsed", "voided"].indexOf(state)),
    ...{
      slots: BigInt(slots.length),
      disputed: bit(disputedAt !== undefined),
      cleared: bit(incident.cleared ?? false),
    },
  });
}

function coverRows(w: World, c: Cover, real: Real): readonly Row[] {
  return rowsOf(`cover ${c.id}`, {
    ...{ amount: c.amount, remaining: c.remaining, product: BigInt(c.product), deductible: c.deductible },
    ...{ bucket: c.end / (7n * DAY), claim: BigInt(["none", "parametric", "assessed"].indexOf(c.claim)) },
    ...{ entry: c.entry, start: c.start, expiry: c.expiry, rate: c.rate, premium: c.premium, frozen: bit(c.frozen) },
    ...{ armed: c.armed, owner: real.addressOf(c.owner), refund: model.refundOf(w, c), filedIn: BigInt(c.filedIn) },
    ...{ paid: c.recovery.paid, price: c.recovery.price, closedAt: c.recovery.closedAt },
  });
}

function requestRows(w: World, r: Request, real: Real): readonly Row[] {
  return rowsOf(`request ${r.id}`, {
    ...{ shares: r.shares, assets: r.assets, receiver: real.addressOf(r.receiver), requestedAt: r.requestedAt },
    redeemable: model.worthOf(w, r),
  });
}

function claimRows(c: Claim, real: Real): readonly Row[] {
  return rowsOf(`claim ${c.id}`, {
    ...{ cover: BigInt(c.cover), claimant: real.addressOf(c.claimant), amount: c.amount, deposit: c.deposit },
    ...{ state: BigInt(1 + ["voting", "escalated", "decided", "final"].indexOf(c.state)), accepted: bit(c.accepted) },
    ...{ valid: bit(c.valid), result: bit(c.result), overturned: bit(c.overturned), extensions: BigInt(c.extensions) },
    ...{ filedAt: c.filedAt, endsAt: c.endsAt, escalatedAt: c.escalatedAt, accepting: model.tally(c, true) },
    ...{ denying: model.tally(c, false), bonds: c.bonds, pot: c.pot },
    challenger: c.challenger === undefined ? 0n : real.addressOf(c.challenger),
  });
}

/* HOW IT BEGINS */

function setting(decimals: number, minPremium: bigint, fees: readonly [bigint, bigint]): Setting {
  const unit = 10n ** BigInt(decimals);
  const one = 10n ** 18n;
  return {
    ...{ decimals, minPremium, fees, minDeposit: unit / 10n, wealth: 10n ** 9n * unit },
    curves: [
      [one / 50n, (one * 6n) / 100n, (one * 3n) / 10n, (one * 8n) / 10n],
      [0n, one, one * 10n, one / 3n],
    ],
    terms: [
      { deductible: 1_000n, cap: 5_000n, multiplier: 10_000n },
      { deductible: 200n, cap: 4_000n, multiplier: 12_345n },
    ],
  };
}

function initial({ decimals, minPremium, minDeposit, fees, curves, wealth, terms }: Setting, start: bigint): World {
  const now = start;
  return {
    ...{
      now,
      decimals: BigInt(decimals),
      minPremium,
      minDeposit,
      fees,
      curve: curves[0] as model.Curve,
      nextCurve: undefined,
    },
    tokens: new Map(Array.from({ length: PEOPLE }, (_, who) => [who, wealth])),
    ...{
      blocked: new Set<number>(),
      vaults: [0, 1].map(() => ({ assets: 0n, supply: 0n, shares: new Map(), toReserve: 0n })),
    },
    ...{ base: 0n, streamed: 0n, put: 0n, leftovers: [], shares: new Map(), requests: new Map(), requestCount: 0 },
    ...{ owed: new Map(), depositsStopped: false, retired: false, pauses: [], buysStopped: false },
    products: terms.map((chosen, vault) => ({
      ...{ vault, ...chosen, stopped: false, incident: false, hwm: RAY, hwmAt: now, healthyAt: now, lowAt: 0n },
      ...{ marks: 0, scheduled: undefined },
    })),
    ...{ covers: [], running: [], incidents: [], claims: [], assessors: new Map(), claimsOwed: new Map() },
  };
}
