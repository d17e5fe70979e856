import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./gate.ts";

const PACKAGES = [".", "sdk", "sdk/ethers", "replica", "docs"];
const BUILT = ["artifacts", "cache/compile-cache.json", "cache/fragments.sha256", "sdk/ethers/src", "replica/.cache"];

/** What a command ended with; no status when it ran out of time. */
export type Outcome = { readonly status: number | null; readonly output: string };

/** Runs a command in a copy with the copy's tools. */
export function runIn(copy: string, [file = "", ...args]: readonly string[], limit?: number): Outcome {
  const bins = ["", "sdk", "docs"].map((folder) => path.join(copy, folder, "node_modules/.bin"));
  const { FORCE_COLOR: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd: copy,
    env: { ...env, NO_COLOR: "1", PATH: [...bins, process.env.PATH].join(path.delimiter) },
    encoding: "utf8",
    ...(limit === undefined ? {} : { timeout: limit, killSignal: "SIGKILL" }),
  });
  return { status, output: stripVTControlCharacters(`${stdout}${stderr}`) };
}

/** The working tree with what is built, in a folder of its own; installed packages are linked, workspace packages are the copy's. */
export function copyTree(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "millrace-faults-")));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const file of [...listed.split("\0"), ...BUILT].filter((name) => name && existsSync(path.join(root, name)))) {
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true, preserveTimestamps: true });
  }
  execFileSync("git", ["init", "-q", folder]); // so that what is listed above can be listed in it
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
