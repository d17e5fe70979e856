import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { styleText } from "node:util";
import { readArguments } from "../tools/arguments.ts";
import { copyTree, runIn } from "./copy.ts";
import { type Fault, faults } from "./faultList.ts";

/*
 The gates' own test: seeds one fault after the other into a copy of the tree and demands that the gate concerned turns
 red, and red because of that fault. What takes long to seed (a changed core contract) waits for --deep.
*/

const { values: options, positionals: words } = readArguments({
  allowPositionals: true,
  options: { deep: { type: "boolean" } },
});
const chosen = faults.filter(({ name, checks, deep }) => {
  const names = [name, ...checks.map(({ gate }) => gate)].join(" ");
  return (options.deep || !deep) && (words.length === 0 || words.some((word) => names.includes(word)));
});
const copy = copyTree();
try {
  const outcomes = chosen.flatMap(seedAndCheck);
  const left = faults.length - chosen.length;
  const red = outcomes.filter(Boolean).length;
  console.log(
    `${red} tests passed, ${outcomes.length - red} failed, ${left} skipped: gates that a seeded fault turned red`,
  );
  process.exitCode = outcomes.length > 0 && red === outcomes.length ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function seedAndCheck({ name, seed, before, checks }: Fault): readonly boolean[] {
  const undo = Object.entries(seed).map(([file, change]) => apply(file, change));
  if (before) runIn(copy, before.split(" "));
  const outcomes = checks.map((check) => turnsRed(name, check));
  for (const restore of undo.reverse()) restore();
  if (before) runIn(copy, before.split(" "));
  return outcomes;
}

function turnsRed(name: string, { gate, instead, withNeeds, says }: Fault["checks"][number]): boolean {
  const start = performance.now();
  const narrowed = instead === undefined ? [] : ["--instead", instead];
  const command = ["node", "scripts/gates.ts", ...narrowed, ...(withNeeds ? [] : ["--exactly"]), gate];
  const { status, output } = runIn(copy, command);
  const missing = [says].flat().filter((expected) => !expected.test(output));
  const red = status !== 0 && missing.length === 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const mark = red ? styleText("green", "✔") : styleText("red", "✖");
  console.log(`${mark} ${name} → ${gate}, ${seconds} s`);
  if (red) return true;
  console.error(status === 0 ? "It stayed green." : `It is red, but the output lacks ${missing.join(" and ")}.`);
  console.error(output.slice(-3_000));
  return false;
}

/** Writes the change; the answer takes it back. */
function apply(file: string, change: Fault["seed"][string]): () => void {
  const target = path.join(copy, file);
  const before = existsSync(target) ? readFileSync(target) : undefined;
  const after = typeof change === "string" ? change : change(before?.toString() ?? "");
  if (before?.toString() === after) throw new Error(`The fault changes nothing in ${file}.`);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, after);
  return () => (before === undefined ? rmSync(target) : writeFileSync(target, before));
}
