import assert from "node:assert/strict";
import { it } from "node:test";
import { bits, isRefusal } from "./model/arithmetic.ts";
import { createReal, people, type Real, sources } from "./model/chain.ts";
import type { Source } from "./model/market.ts";
import { createDice, flows, markets, type Operation, recovery, roles, together } from "./model/operations.ts";
import { NO_CAP, type Vault, type World } from "./model/vault.ts";

// The vault beside a model written from its specification alone: after each of thousands of random transactions every
// balance, NAV, idle, lock, mark and supply must be equal to the wei, and every refusal must have the same name.
const SEED = BigInt(process.env["MODEL_SEED"] ?? "0x6d696c6c");
const ROUNDS = Number(process.env["MODEL_ROUNDS"] ?? 3_400);
const FEE_BPS = 1_000n;
const MAX_RATE = 30n;
const REFUSALS = [
  "BelowEntryMark",
  "InsufficientLiquidity",
  "AdapterFailed",
  "LossSinceTouched",
  "ExitedBefore",
  "AboveMaxLoss",
  "DepositCapExceeded",
  "DepositsStopped",
  "ZeroAssets",
];

/** What no transaction finds of the one before. */
const between = { latch: undefined, waitingAtTouch: 0n, exited: false } as const;

const counts = new Map<string, number>();

for (const decimals of [6, 8, 18]) {
  it(`I1 I7 F1 A8: ${ROUNDS} transactions of a vault with ${decimals} decimals equal the model`, async () => {
    const real = await createReal(decimals, FEE_BPS, MAX_RATE);
    const unit = 10n ** BigInt(decimals);
    const dice = createDice(SEED + BigInt(decimals));
    let world = initial(await real.snapshot(), decimals, real);
    const started = performance.now();
    const script: (typeof recovery)[number][] = [];
    let keptOut = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      if (script.length === 0 && dice(40) === 0) script.push(...recovery);
      const next = script.shift();
      const now = world.now + (next ? BigInt(1 + dice(60)) : wait(dice));
      const operations = next ? [next(world, dice, unit)] : choose(world, dice, unit);
      const wanted = run({ ...world, now, ...between }, operations);
      const calls = operations.map(({ call }) => call);
      const refusal =
        operations.length > 1 ? await real.sendAll(calls, now) : await real.send(calls[0] as (typeof calls)[0], now);
      const what = `round ${round}, seed ${SEED}: ${calls.map(({ name }) => name).join(", ")}`;
      assert.equal(refusal, wanted.refusal, what);
      keptOut += wanted.keptOut;
      world = { ...(wanted.refusal === undefined ? wanted.world : world), now, ...between };
      compare(await real.snapshot(), words(world), what);
      const key = refusal ?? calls.map(({ name }) => name)[0] ?? "";
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (round % 1_000 === 0)
        console.log(
          `  ${decimals} decimals: ${round} of ${ROUNDS}, ${((performance.now() - started) / 1_000).toFixed(0)} s`,
        );
    }
    assert.ok((world.vault.shares["feeRecipient"] ?? 0n) > 0n, "no fee was ever minted");
    counts.set("newcomers held back", (counts.get("newcomers held back") ?? 0) + world.vault.heldBack);
    counts.set("recoveries kept from newcomers", (counts.get("recoveries kept from newcomers") ?? 0) + keptOut);
    await real.close();
  });
}

it("reached what is rare", () => {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  console.log(`  ${sorted.map(([name, count]) => `${name.replace("CompoundingVault__", "")} ${count}`).join(" · ")}`);
  assert.ok((counts.get("newcomers held back") ?? 0) > 100, "newcomers were hardly ever held back");
  assert.ok((counts.get("recoveries kept from newcomers") ?? 0) > 20, "hardly any recovery was in sight");
  for (const name of REFUSALS) assert.ok(counts.has(`CompoundingVault__${name}`), `${name} was never reached`);
});

type Dice = ReturnType<typeof createDice>;

function wait(dice: Dice): bigint {
  const kind = dice(10);
  const most = kind < 4 ? 60 : kind < 7 ? 3_600 : kind < 9 ? 86_400 : 1_036_800;
  return BigInt(1 + dice(most));
}

function choose(world: World, dice: Dice, unit: bigint): readonly Operation[] {
  const from = (table: typeof flows): readonly Operation[] => {
    const makes = Object.values(table);
    return [(makes[dice(makes.length)] as (typeof makes)[0])(world, dice, unit)];
  };
  if (dice(8) === 0) return together(world, dice, unit);
  const kind = dice(10);
  return from(kind < 5 ? flows : kind < 8 ? markets : roles);
}

function run(
  world: World,
  operations: readonly Operation[],
): { readonly world: World; readonly refusal: string | undefined; readonly keptOut: number } {
  const draft = structuredClone(world);
  const keptOut = (): number => draft.vault.keptOut - world.vault.keptOut;
  try {
    for (const { apply } of operations) apply(draft);
    return { world: draft, refusal: undefined, keptOut: keptOut() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { world, refusal: error.refusal, keptOut: keptOut() };
  }
}

const holders = [
  "vault",
  ...people,
  "batch",
  "dead",
  "feeRecipient",
  "boss",
  ...sources.map((name) => `${name}Adapter`),
  "reporter",
];

function initial(read: readonly bigint[], decimals: number, { risks, start }: Real): World {
  const at = (i: number): bigint => read[i] as bigint;
  const balances: Record<string, bigint> = {};
  const shares: Record<string, bigint> = {};
  holders.forEach((name, i) => {
    shares[name] = at(14 + 2 * i);
    balances[name] = at(15 + 2 * i);
  });
  const sourcesAt = 14 + 2 * holders.length;
  const all: World["markets"] = {
    reporter: {
      ...{ kind: "reporter", adapter: "reporter", risk: risks["reporter"] as string },
      report: "truth",
      liquidity: bits(256n),
    },
  };
  sources.forEach((name, i) => {
    balances[name] = at(sourcesAt + 3 * i);
    const supply = at(sourcesAt + 3 * i + 1);
    const adapter = `${name}Adapter`;
    const held = at(sourcesAt + 3 * i + 2);
    all[adapter] = {
      ...{ kind: "source", name, adapter, risk: risks[adapter] as string },
      supply,
      held,
      liquidity: bits(256n),
      room: bits(256n),
    };
  });
  const seedAssets = decimals > 9 ? 10n ** BigInt(decimals - 6) : 1_000n;
  const vault: Vault = {
    ...{ virtualShares: 10n ** BigInt(18 - decimals), seedAssets, nav: at(0), idle: at(1), accruedAt: at(2) },
    ...{ locked: at(4), lockStart: at(5), lockEnd: at(6), hwm: at(7), maxRate: MAX_RATE, feeBps: FEE_BPS },
    ...{ stopped: false, anchor: undefined, depositCap: bits(104n), bufferBps: 0n, tipCap: 0n, compoundedAt: at(11) },
    ...{ waiting: undefined, heldBack: 0, keptOut: 0 },
    ...{ entries: [] as Vault["entries"], groups: {} as Vault["groups"], shares, supply: at(12) },
  };
  for (const [adapter, risk] of Object.entries(risks)) {
    vault.entries.push({ adapter, risks: [risk], cap: NO_CAP, allocated: false });
    vault.groups[risk] = { absolute: bits(128n), relativeBps: 10_000n };
  }
  return { now: start, balances, markets: all, vault, ...between };
}

/** What the snapshot should read. */
function words({ vault, balances, markets: all }: World): readonly bigint[] {
  const allocated = vault.entries.reduce((sum, entry, i) => (entry.allocated ? sum | (1n << BigInt(i)) : sum), 0n);
  const flags =
    (vault.stopped ? 1n : 0n) |
    (vault.anchor === undefined ? 0n : 2n) |
    (vault.depositCap === bits(104n) ? 0n : 8n) |
    (vault.waiting === undefined ? 0n : 16n);
  const books = [
    vault.nav,
    vault.idle,
    vault.accruedAt,
    allocated,
    vault.locked,
    vault.lockStart,
    vault.lockEnd,
    vault.hwm,
  ];
  const rest = [vault.maxRate, flags, vault.anchor ?? -1n, vault.compoundedAt, vault.supply, vault.feeBps];
  const held = holders.flatMap((name) => [vault.shares[name] ?? 0n, balances[name] ?? 0n]);
  const lent = sources.flatMap((name) => {
    const { supply, held: own } = all[`${name}Adapter`] as Source;
    return [balances[name] ?? 0n, supply, own];
  });
  return [...books, ...rest, ...held, ...lent];
}

function compare(read: readonly bigint[], wanted: readonly bigint[], what: string): void {
  const labels = [
    "nav",
    "idle",
    "accruedAt",
    "allocated",
    "locked",
    "lock start",
    "lock end",
    "hwm",
    "maxRate",
    "flags",
    "mark",
    "compoundedAt",
    "supply",
    "fee",
  ];
  for (const name of holders) labels.push(`shares of ${name}`, `tokens of ${name}`);
  for (const name of sources) labels.push(`assets of ${name}`, `supply of ${name}`, `position in ${name}`);
  const wrong = wanted.flatMap((word, i) =>
    word === -1n || word === read[i] ? [] : [`${labels[i]}: chain ${read[i]}, model ${word}`],
  );
  assert.deepEqual(wrong, [], what);
  assert.equal(read.length, wanted.length);
}
