import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { styleText } from "node:util";
import hre from "hardhat";
import { readArguments } from "../tools/arguments.ts";
import { type Bound, bounds, over } from "./budgets.ts";
import { document } from "./document.ts";
import { measureBudget, measureStaking, measureStreams, measureVotes } from "./governance.ts";
import { insuranceRows } from "./insurance.ts";
import type { Row } from "./row.ts";
import { print } from "./table.ts";
import { vaultRows } from "./vault.ts";
import { yardstick } from "./yardstick.ts";
import { marketRows, rewardRows, routerRows } from "./yield.ts";

const HELP = `Measures what each operation costs as a whole transaction, against its budget, the cheapest peer and the floor.

npm run gas [-- OPTIONS] [SECTION…]
  SECTION       vault, markets, rewards, router, votes, staking, streams, budget or insurance; all of them without one
  --json FILE   writes { "row": gas }
  --update      rewrites the committed table and docs/gas.md; otherwise a drift of more than 1 % from it fails
  --help`;

const TABLE = path.join(import.meta.dirname, "table.json");
const DOCUMENT = path.join(import.meta.dirname, "../../docs/gas.md");
const DRIFT = 0.01;
const SECTIONS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  vault: vaultRows,
  markets: marketRows,
  rewards: rewardRows,
  router: routerRows,
  votes: measureVotes,
  staking: measureStaking,
  streams: measureStreams,
  budget: measureBudget,
  insurance: insuranceRows,
};
const { values: options, positionals: words } = readArguments({
  allowPositionals: true,
  options: { json: { type: "string" }, update: { type: "boolean" }, help: { type: "boolean" } },
});

if (options.help) console.log(HELP);
else await main().catch((error: unknown) => fail(error));

/** The engine's errors carry whole source files: their first line and the Solidity stack say it. */
function fail(error: unknown): void {
  console.error(error instanceof Error ? (error.stack?.split("\n").slice(0, 6).join("\n") ?? error.message) : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const unknown = words.filter((word) => !SECTIONS[word]);
  if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(", ")}.\n${HELP}`);
  // A new clone has nothing, and the season builds no tests' contracts.
  if (!(await hre.artifacts.artifactExists("PlainToken"))) {
    console.log("Building what is measured, in some minutes where nothing was built yet …");
    await hre.tasks.getTask("build").run({ quiet: true });
    await hre.artifacts.clearCache();
  }
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (words.length === 0 || words.includes(name)) rows.push(...(await measure()));
  }
  const measured = Object.fromEntries(rows.map(({ name, gas }) => [name, gas]));
  if (options.json) write(options.json, measured);
  if (options.update) update(measured);
  const committed = readTable();
  show(rows, committed);
  const problems = [
    ...rows.flatMap((row) => judge(row, committed[row.name])),
    ...(words.length === 0 ? [...vanished(measured, committed), ...(await yardstick())] : []),
    ...(read(DOCUMENT) === documented(committed) ? [] : ["docs/gas.md: stale; `npm run gas -- --update`"]),
  ];
  for (const problem of problems) console.error(styleText("red", problem));
  const bad = new Set(problems.map((problem) => problem.split(":")[0]));
  const good = rows.filter(({ name }) => !bad.has(name)).length;
  for (const { name, gas } of rows.filter((row) => over[row.name])) {
    console.log(styleText("yellow", `${name}: ${gas} is over the design's ${bounds[name]?.budget}: ${over[name]}`));
  }
  const known = rows.filter(({ name }) => over[name]).length;
  console.log(
    `${rows.length} rows, ${good} within ${DRIFT * 100} % of the table, ${known} of them over the design's budget`,
  );
  process.exitCode = problems.length > 0 || rows.length === 0 ? 1 : 0;
}

function judge({ name, gas }: Row, before: number | undefined): readonly string[] {
  const bound = bounds[name];
  const found: string[] = [];
  if (!bound) found.push(`${name}: it has no budget in scripts/gas/budgets.ts`);
  if (bound && gas > bound.budget && !over[name]) found.push(`${name}: ${gas} is over its budget of ${bound.budget}`);
  if (bound && gas <= bound.budget && over[name])
    found.push(`${name}: ${gas} is within its budget; take it off \`over\``);
  if (before === undefined) found.push(`${name}: it is not in the table; \`npm run gas -- --update\` adds it`);
  else if (Math.abs(gas / before - 1) > DRIFT) {
    found.push(`${name}: ${gas} has drifted ${percent(gas / before - 1)} from ${before}; \`npm run gas -- --update\``);
  }
  return found;
}

function vanished(measured: Readonly<Record<string, number>>, committed: Readonly<Record<string, number>>) {
  const gone = Object.keys(committed).filter((name) => measured[name] === undefined);
  return gone.map((name) => `${name}: it is in the table but was not measured`);
}

function show(rows: readonly Row[], committed: Readonly<Record<string, number>>): void {
  const ratio = (gas: number, other: number | undefined) => (other ? (gas / other).toFixed(2) : "");
  print(
    ["row", "gas", "budget", "used", "best peer", "gas", "ours/peer", "floor", "ours/floor", "drift"],
    rows.map(({ name, gas }) => {
      const { budget, peer, floor }: Partial<Bound> = bounds[name] ?? {};
      const before = committed[name];
      const drift = before === undefined || before === gas ? "" : percent(gas / before - 1);
      const used = budget ? percent(gas / budget) : "";
      return [
        ...[name, gas, budget ?? "", used, peer?.name ?? "", peer?.gas ?? "", ratio(gas, peer?.gas)],
        ...[floor ?? "", ratio(gas, floor), drift],
      ];
    }),
  );
}

/** What was not measured stays as it is. */
function update(measured: Readonly<Record<string, number>>): void {
  const table = words.length === 0 ? measured : { ...readTable(), ...measured };
  write(TABLE, table);
  writeFileSync(DOCUMENT, documented(table));
}

function documented(table: Readonly<Record<string, number>>): string {
  return document(Object.entries(table).map(([name, gas]) => ({ name, gas })));
}

function readTable(): Readonly<Record<string, number>> {
  return JSON.parse(read(TABLE) || "{}");
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function write(file: string, table: Readonly<Record<string, number>>): void {
  writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
