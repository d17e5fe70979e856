import { spawn } from "node:child_process";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

/** One check: what runs, and what must be true of its output besides exit code 0. */
export type Gate = {
  readonly name: string;
  /** A command, run without a shell; or a check made in this process. */
  readonly run: string | (() => Verdict);
  /** The gate runs tests: its output must count at least one that passed, since a runner that finds none exits 0. */
  readonly tests?: true;
  /** Gates that must have passed before. They run too when only this one is asked for. */
  readonly needs?: readonly string[];
  /** The cheaper command that serves when the gate runs only because another one needs it. */
  readonly asNeed?: string;
  /** Something that only one running gate may hold, such as a folder it writes. */
  readonly holds?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs in `test:deep` only. */
  readonly deep?: true;
};
/** Milliseconds until a command counts as hung, such as tests that left a server open. The longest takes a quarter. */
const LIMIT = 20 * 60_000;

export type Verdict = { readonly passed: boolean; readonly output: string };
export type Counts = { readonly passed: number; readonly skipped: number };

export const root = path.resolve(import.meta.dirname, "../..");

/** Runs the gate's command (or another one in its place, under the same demands). */
export async function check(gate: Gate, onOutput: (text: string) => void, instead?: string): Promise<boolean> {
  const run = instead ?? gate.run;
  if (typeof run === "function") {
    const { passed, output } = run();
    onOutput(output);
    return passed;
  }
  const { code, output } = await command(run, gate, onOutput);
  return code === 0 && (!gate.tests || counts(output).passed > 0);
}

/** The number of tests that runners report: Hardhat's (`12 passing`), vitest's (`Tests  12 passed`), forge's (`12 tests passed`). */
export function counts(output: string): Counts {
  const plain = stripVTControlCharacters(output);
  const sum = (...patterns: readonly RegExp[]) =>
    patterns.flatMap((pattern) => [...plain.matchAll(pattern)]).reduce((total, [, count]) => total + Number(count), 0);
  return {
    passed: sum(/^\s*(\d+) passing/gm, /^\s*Tests\s.*?(\d+) passed/gm, /(?:^|: )(\d+) tests passed/gm),
    skipped: sum(
      /^\s*(\d+) (?:skipped|pending)/gm,
      /^\s*Tests\s.*?(\d+) skipped/gm,
      /tests passed, \d+ failed, (\d+) skipped/gm,
    ),
  };
}

type Exit = { readonly code: number | null; readonly output: string };

function command(line: string, { cwd = ".", env = {} }: Gate, onOutput: (text: string) => void): Promise<Exit> {
  const [file = "", ...args] = line.split(" ");
  const color = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {};
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: path.join(root, cwd),
      env: { ...process.env, ...color, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LIMIT,
      killSignal: "SIGKILL",
    });
    let output = "";
    const take = (chunk: string): void => {
      output += chunk;
      onOutput(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", (error) => {
      take(`${error.message}\n`);
      resolve({ code: 1, output });
    });
    child.on("close", (code) => resolve({ code, output }));
    // What it started itself may live on and keep the pipes open.
    child.on("exit", (_, signal) => {
      if (signal === null) return;
      take(`Ended by ${signal}${child.killed ? `: it ran longer than ${LIMIT / 60_000} minutes` : ""}.\n`);
      resolve({ code: 1, output });
    });
  });
}
