import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { styleText } from "node:util";
import { readArguments } from "../tools/arguments.ts";
import { copyTree, runIn } from "./copy.ts";
import { root } from "./gate.ts";
import { digestOf, type SavedScore, SCORES } from "./mutantScores.ts";
import { type Mutant, mutantsOf, mutate } from "./mutate.ts";

/*
 Changes one place of a contract after the other, in a copy of the tree, and asks whether some test notices: what nothing
 notices is either no change (`test/mutants.json` says why) or a hole in the tests. Red below 90 % of those drawn.
 node scripts/gates/mutants.ts [--minutes 15] [--count N] [--seed N] [--save] [--again] [--list] [WORD…]: of the targets whose
 names contain a word. With a count and a seed the same ones are tried again; --save keeps the scores for docs/assurance.md,
 --again tries those that went unnoticed in them once more, after tests were added.
*/
const LEAST = 0.9;
const TEST_LIMIT = 120_000;

type Target = {
  readonly name: string;
  readonly sources: string;
  /** What is built: its code decides whether a mutant is one. */
  readonly built: string;
  /** Those that notice most come first. */
  readonly suites: readonly string[];
};
type Review = { readonly key: string; readonly why: string };
type Draw = { readonly seed: number; readonly count: number; readonly all: number };
type Score = { killed: number; same: number; invalid: number; readonly survivors: Mutant[] };

const targets: readonly Target[] = [
  {
    name: "vault",
    sources: "contracts/vault/{VaultMath,VaultBooks,VaultRoles,CompoundingVault}.sol",
    built: "contracts/vault/CompoundingVault.sol",
    suites: [
      "test/contracts/vault/Vault{Accrual,Entries,Exits,Roles,Compound,Events}.t.sol",
      "test/contracts/vault/Vault{Attacks,Waiting,LatchedLoss,ExitFirst,Removal,Moments,RoundTrips,Views,ExitViews,Hostile,Tokens,Upkeep,Rewards,Invariants}.t.sol",
    ],
  },
  {
    name: "router",
    sources: "contracts/vault/{RouterCore,VaultRouter}.sol",
    built: "contracts/vault/VaultRouter.sol",
    suites: ["test/contracts/router/*.t.sol"],
  },
  {
    name: "auction",
    sources: "contracts/rewards/RewardAuction.sol",
    built: "contracts/rewards/RewardAuction.sol",
    suites: ["test/contracts/rewards/*.t.sol"],
  },
  adapterOf("AaveV3", "contracts/adapters/{Adapter,AaveV3Adapter}.sol"),
  ...["CompoundV3", "ERC4626", "MorphoBlue", "UniswapV2Farm"].map((market) => adapterOf(market)),
  {
    name: "pool",
    sources: "contracts/insurance/{PoolBooks,UnderwritingPool}.sol",
    built: "contracts/insurance/UnderwritingPool.sol",
    suites: ["test/contracts/insurance/UnderwritingPool.t.sol", "test/contracts/insurance/{Attack*,*Invariants}.t.sol"],
  },
  {
    name: "cover",
    sources: "contracts/insurance/{CoverProducts,CoverManager}.sol",
    built: "contracts/insurance/CoverManager.sol",
    suites: ["test/contracts/insurance/CoverManager.t.sol", "test/contracts/insurance/{Attack*,*Invariants}.t.sol"],
  },
  {
    name: "incidents",
    sources: "contracts/insurance/IncidentModule.sol",
    built: "contracts/insurance/IncidentModule.sol",
    suites: ["test/contracts/insurance/IncidentModule.t.sol", "test/contracts/insurance/{Attack*,*Invariants}.t.sol"],
  },
  {
    name: "claims",
    sources: "contracts/insurance/ClaimsModule.sol",
    built: "contracts/insurance/ClaimsModule.sol",
    suites: ["test/contracts/insurance/ClaimsModule.t.sol", "test/contracts/insurance/{Attack*,*Invariants}.t.sol"],
  },
  {
    name: "premium",
    sources: "contracts/insurance/PremiumModel.sol",
    built: "contracts/insurance/PremiumModel.sol",
    suites: ["test/contracts/insurance/PremiumModel.t.sol"],
  },
  {
    name: "staking",
    sources: "contracts/governance/VoteStaking.sol",
    built: "contracts/governance/VoteStaking.sol",
    suites: ["test/contracts/governance/Staking.t.sol", "test/contracts/governance/{Attacks,*Invariants}.t.sol"],
  },
];

const { values: options, positionals: words } = readArguments({
  allowPositionals: true,
  options: {
    ...{ minutes: { type: "string" }, count: { type: "string" }, seed: { type: "string" } },
    ...{ save: { type: "boolean" }, again: { type: "boolean" }, list: { type: "boolean" } },
  },
});
const reviewed: readonly Review[] = JSON.parse(readFileSync(path.join(root, "test/mutants.json"), "utf8"));
const chosen = targets.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const drawn = chosen.map((target) => ({ target, all: parse(target) }));
const stale = reviewed.filter(({ key }) => !drawn.some(({ all }) => all.some((mutant) => mutant.key === key)));

if (options.save && (!options.count || options.minutes))
  throw new Error("--save wants --count, and no --minutes: whoever tries again should try the same ones.");

if (options.list) {
  for (const { all } of drawn) for (const { line, key } of all) console.log(`${line} ${key}`);
} else if (words.length === 0 && stale.length > 0) {
  for (const { key } of stale) console.error(`No such mutant any more: ${key}`);
  process.exitCode = 1;
} else main();

function main(): void {
  const count = Number(options.count ?? Number.POSITIVE_INFINITY);
  const minutes = Number(options.minutes ?? (options.count ? Number.POSITIVE_INFINITY : 15));
  const seed = Number(options.seed ?? Date.now() % 1_000_000);
  console.log(`--seed ${seed}`);
  const copy = copyTree();
  process.env["XDG_CACHE_HOME"] = path.join(copy, "cache/answers"); // nobody asks for a mutant twice
  try {
    const each = (minutes * 60_000) / drawn.length;
    const good = drawn.map(({ target, all }) => {
      if (options.again) return again(copy, target, all);
      const score = hunt(copy, target, shuffled(all, seed).slice(0, count), each);
      if (options.save) save(target, { ...{ seed, count: Math.min(count, all.length), all: all.length }, ...score });
      return passes(target, all.length, score);
    });
    process.exitCode = good.every(Boolean) ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Those that tests have noticed before they notice still: tests only grow. */
function again(copy: string, target: Target, all: readonly Mutant[]): boolean {
  const before = readScores()[target.name];
  if (before === undefined) return true;
  const left = all.filter(({ key }) => before.survivors.includes(key));
  const { killed, same, invalid, survivors } = hunt(copy, target, left, Number.POSITIVE_INFINITY);
  const score = {
    ...{ killed: before.killed + killed, same: before.same + same, invalid: before.invalid + invalid },
    survivors: survivors.map(({ key }) => key),
  };
  writeScores({ ...readScores(), [target.name]: { ...before, ...score } });
  return passes(target, all.length, { ...score, survivors });
}

/** What all adapters share is tried with the first of them. */
function adapterOf(market: string, sources = `contracts/adapters/${market}Adapter.sol`): Target {
  const built = `contracts/adapters/${market}Adapter.sol`;
  const own = `test/contracts/adapters/{${market}Adapter,AdapterFaults}.t.sol`;
  return { name: `adapter ${market}`, sources, built, suites: [own, "test/contracts/vault/VaultAdapterAttacks.t.sol"] };
}

function hunt(copy: string, target: Target, mutants: readonly Mutant[], limit: number): Score {
  const score: Score = { killed: 0, same: 0, invalid: 0, survivors: [] };
  const build = (): string | undefined => {
    const { status } = runIn(copy, ["hardhat", "build", "--no-typechain", "--no-tests", target.built]);
    return status === 0 ? codeOf(copy, target) : undefined;
  };
  const original = build();
  if (original === undefined) throw new Error(`${target.built} does not build.`);
  if (isNoticed(copy, target)) throw new Error(`The tests of ${target.name} are red as it is.`);
  const end = performance.now() + limit;
  for (const mutant of mutants) {
    if (performance.now() > end) break;
    if (reviewed.some(({ key }) => key === mutant.key)) continue;
    const file = path.join(copy, mutant.source);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, mutate(text, mutant));
    const code = build();
    if (code === undefined) score.invalid += 1;
    else if (code === original) score.same += 1;
    else if (isNoticed(copy, target)) score.killed += 1;
    else {
      score.survivors.push(mutant);
      console.log(`${styleText("red", "✖")} nobody noticed, line ${mutant.line}: ${mutant.key}`);
    }
    writeFileSync(file, text);
    const done = score.killed + score.same + score.invalid + score.survivors.length;
    if (done % 10 === 0) console.log(`  ${target.name}: ${done} tried, ${score.survivors.length} unnoticed`);
  }
  build();
  return score;
}

function isNoticed(copy: string, { suites }: Target): boolean {
  return suites.some((pattern) => {
    const files = globSync(pattern, { cwd: root }).sort();
    return runIn(copy, ["hardhat", "test", "solidity", "--test-profile", "default", ...files], TEST_LIMIT).status !== 0;
  });
}

function passes({ name }: Target, all: number, { killed, same, invalid, survivors }: Score): boolean {
  const tried = killed + survivors.length;
  const part = tried === 0 ? 0 : killed / tried;
  const mark = part >= LEAST ? styleText("green", "✔") : styleText("red", "✖");
  const rest = `${same} without effect and ${invalid} that do not build left aside`;
  console.log(
    `${mark} ${name}: ${killed} of ${tried} noticed, ${(100 * part).toFixed(1)} %, of ${all} there are; ${rest}`,
  );
  return part >= LEAST;
}

/** What is deployed, without the digest of the sources at its end. */
function codeOf(copy: string, { built }: Target): string {
  const artifact = path.join(copy, "artifacts", built, `${path.basename(built, ".sol")}.json`);
  const { bytecode } = JSON.parse(readFileSync(artifact, "utf8")) as { bytecode: string };
  return bytecode.slice(0, bytecode.length - 2 * (Number.parseInt(bytecode.slice(-4), 16) + 2));
}

/** Beside those of other targets; the digest tells whether the sources have changed since. */
function save({ name, sources }: Target, { survivors, ...score }: Score & Draw): void {
  const saved = { sources, digest: digestOf(sources), ...score, survivors: survivors.map(({ key }) => key) };
  writeScores({ ...readScores(), [name]: saved });
}

function readScores(): Readonly<Record<string, SavedScore>> {
  return existsSync(SCORES) ? JSON.parse(readFileSync(SCORES, "utf8")) : {};
}

function writeScores(scores: Readonly<Record<string, SavedScore>>): void {
  const inOrder = targets.flatMap((target) => (scores[target.name] ? [[target.name, scores[target.name]]] : []));
  writeFileSync(SCORES, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
}

function parse({ sources }: Target): readonly Mutant[] {
  const solc = createRequire(import.meta.url)("solc") as { compile: (input: string) => string };
  return globSync(sources, { cwd: root })
    .sort()
    .flatMap((source) => {
      const content = readFileSync(path.join(root, source), "utf8");
      const settings = { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } };
      const input = { language: "Solidity", sources: { [source]: { content } }, settings };
      const output = JSON.parse(solc.compile(JSON.stringify(input))) as { sources: Record<string, { ast: unknown }> };
      return mutantsOf(source, content, output.sources[source]?.ast);
    });
}

/** In an order that the seed decides (Fisher and Yates, MINSTD). */
function shuffled(mutants: readonly Mutant[], seed: number): readonly Mutant[] {
  const list = [...mutants];
  let state = (seed % 2_147_483_646) + 1;
  for (let i = list.length - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j] as Mutant, list[i] as Mutant];
  }
  return list;
}
