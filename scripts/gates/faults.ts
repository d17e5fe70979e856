import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";
import { readArguments } from "../tools/arguments.ts";
import { type Fault, faults } from "./faultList.ts";
import { root } from "./gate.ts";

/*
 The gates' own test: seeds one fault after the other into a copy of the tree and demands that the gate concerned turns
 red, and red because of that fault. What takes long to seed (a changed core contract) waits for --deep.
*/
const PACKAGES = [".", "sdk", "sdk/ethers", "replica", "docs"];
const BUILT = ["artifacts", "cache/compile-cache.json", "cache/fragments.sha256", "sdk/ethers/src", "replica/.cache"];

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
  if (before) run(before.split(" "));
  const outcomes = checks.map((check) => turnsRed(name, check));
  for (const restore of undo.reverse()) restore();
  if (before) run(before.split(" "));
  return outcomes;
}

function turnsRed(name: string, { gate, instead, withNeeds, says }: Fault["checks"][number]): boolean {
  const start = performance.now();
  const narrowed = instead === undefined ? [] : ["--instead", instead];
  const { status, output } = run(["node", "scripts/gates.ts", ...narrowed, ...(withNeeds ? [] : ["--exactly"]), gate]);
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

function run([file = "", ...args]: readonly string[]): { readonly status: number | null; readonly output: string } {
  const bins = ["", "sdk", "docs"].map((folder) => path.join(copy, folder, "node_modules/.bin"));
  const { FORCE_COLOR: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd: copy,
    env: { ...env, NO_COLOR: "1", PATH: [...bins, process.env.PATH].join(path.delimiter) },
    encoding: "utf8",
  });
  return { status, output: stripVTControlCharacters(`${stdout}${stderr}`) };
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

/** The working tree with what is built, in a folder of its own; installed packages are linked, workspace packages are the copy's. */
function copyTree(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "millrace-faults-")));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const file of [...listed.split("\0"), ...BUILT].filter((name) => name && existsSync(path.join(root, name)))) {
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true, preserveTimestamps: true });
  }
  const cache = path.join(folder, "cache/compile-cache.json");
  if (existsSync(cache)) writeFileSync(cache, readFileSync(cache, "utf8").replaceAll(`"${root}/`, `"${folder}/`));
  for (const name of PACKAGES) linkModules(folder, path.join(name, "node_modules"));
  return folder;
}

function linkModules(folder: string, modules: string): void {
  const link = (name: string): void => {
    const real = realpathSync(path.join(root, modules, name));
    const installed = real.includes(`${path.sep}node_modules${path.sep}`);
    mkdirSync(path.dirname(path.join(folder, modules, name)), { recursive: true });
    symlinkSync(installed ? real : path.join(folder, path.relative(root, real)), path.join(folder, modules, name));
  };
  if (!existsSync(path.join(root, modules))) return;
  for (const name of readdirSync(path.join(root, modules))) {
    if (name.startsWith("@"))
      for (const inner of readdirSync(path.join(root, modules, name))) link(path.join(name, inner));
    else if (!name.startsWith(".") || name === ".bin" || name === ".pnpm") link(name);
  }
}
