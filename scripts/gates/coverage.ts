import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { print } from "../gas/table.ts";
import { root } from "./gate.ts";

/*
 Coverage of contracts/ by the Solidity tests, lines and branches, on the second engine (forge): the first one counts no
 branches. A branch is each side of an `if`, and each `require` that holds and fails.
*/
const BOUNDS = { lines: 99, branches: 95 };
/** Of each file, so that a small one without tests does not hide among large ones. */
const FILE_BOUNDS = { lines: 90, branches: 75 };
const REPORT = path.join(root, "cache/coverage.lcov");

type Count = { readonly hit: number; readonly all: number };
type File = {
  readonly name: string;
  readonly lines: Count;
  readonly branches: Count;
  readonly missed: readonly string[];
};

rmSync(REPORT, { force: true });
mkdirSync(path.dirname(REPORT), { recursive: true });
// Without the optimizer, as coverage is, nothing has the size and the cost that it has when it is deployed.
const UNOPTIMIZED = ["--no-match-test", "FitsItsSize|GAS1"];
const args = ["coverage", "--root", ".", "--report", "lcov", "--report-file", REPORT, ...UNOPTIMIZED];
const env = { ...process.env, FOUNDRY_CONFIG: "test/foundry.toml" };
const { status, error } = spawnSync("forge", args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
if (error) console.error(`Branches cannot be counted here: ${error.message}. forge is installed on Linux x64.`);
const files = existsSync(REPORT) ? read(readFileSync(REPORT, "utf8")) : [];
const total = { lines: sum(files.map(({ lines }) => lines)), branches: sum(files.map(({ branches }) => branches)) };
print(
  ["file", "lines", "", "branches", "", "missed lines"],
  [...files, { name: "all", ...total, missed: [] }].map(({ name, lines, branches, missed }) => [
    ...[name, `${lines.hit}/${lines.all}`, percent(lines), `${branches.hit}/${branches.all}`, percent(branches)],
    missed.slice(0, 12).join(" ") + (missed.length > 12 ? " …" : ""),
  ]),
);
const subjects = [
  { name: "contracts/", bounds: BOUNDS, ...total },
  ...files.map((file) => ({ ...file, bounds: FILE_BOUNDS })),
];
const short = subjects.flatMap(({ name, bounds, ...counts }) =>
  (["lines", "branches"] as const)
    .filter((what) => share(counts[what]) < bounds[what])
    .map((what) => `${name}: ${percent(counts[what])} of ${what} are covered; ${bounds[what]} % must be.`),
);
for (const sentence of short) console.error(sentence);
process.exitCode = status === 0 && files.length > 0 && short.length === 0 ? 0 : 1;

function read(report: string): readonly File[] {
  return report
    .split("end_of_record")
    .map((record) => record.trim().split("\n"))
    .flatMap((record): readonly File[] => {
      const name = record.find((line) => line.startsWith("SF:"))?.slice(3) ?? "";
      if (!name.startsWith("contracts/")) return [];
      const lines = record.filter((line) => line.startsWith("DA:")).map((line) => line.slice(3).split(","));
      const branches = record.filter((line) => line.startsWith("BRDA:")).map((line) => line.split(",").at(-1) ?? "-");
      return [
        {
          name: name.slice("contracts/".length),
          lines: { hit: lines.filter(([, hits]) => hits !== "0").length, all: lines.length },
          branches: { hit: branches.filter((hits) => hits !== "-" && hits !== "0").length, all: branches.length },
          missed: lines.filter(([, hits]) => hits === "0").map(([line = ""]) => line),
        },
      ];
    });
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((total, { hit, all }) => ({ hit: total.hit + hit, all: total.all + all }), { hit: 0, all: 0 });
}

function share({ hit, all }: Count): number {
  return all === 0 ? 100 : (100 * hit) / all;
}

function percent(count: Count): string {
  return `${share(count).toFixed(1)} %`;
}
