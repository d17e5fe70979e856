import path from "node:path";
import { styleText } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

// node scripts/tools/sizes.ts: bundles what an app would import, compresses it, and fails above a bar.
const sdk = path.resolve(import.meta.dirname, "../../sdk");
const KB = 1_024;

type Row = {
  readonly name: string;
  readonly bar: number;
  readonly bytes: () => Promise<number>;
};

const vaultWrites = ["deposit", "mint", "withdraw", "redeem", "exit", "compound", "accrue"];
const governorWrites = ["vote", "propose", "queue", "execute", "cancel", "delegate", "voteFractional"];

const rows: readonly Row[] = [
  { name: "deposit: simulate, send, errors decoded", bar: 0.75 * KB, bytes: () => size("vault", ["deposit"]) },
  { name: "vote", bar: 0.75 * KB, bytes: () => size("governor", ["vote"]) },
  { name: "each further vault write", bar: 0.1 * KB, bytes: () => furtherSize("vault", vaultWrites) },
  { name: "each further governor write", bar: 0.1 * KB, bytes: () => furtherSize("governor", governorWrites) },
  { name: "read: totalAssets", bar: 0.3 * KB, bytes: () => size("vault", ["totalAssets"]) },
  { name: "read: getVotes", bar: 0.3 * KB, bytes: () => size("governor", ["getVotes"]) },
  // A lens read carries the code that the node runs; these bars are what was measured, and a little room.
  { name: "lens read: getPosition", bar: 1.2 * KB, bytes: () => size("vault", ["getPosition"]) },
  { name: "lens read: getProposal", bar: 1.6 * KB, bytes: () => size("governor", ["getProposal"]) },
  { name: "lens read: getVault", bar: 3.4 * KB, bytes: () => size("vault", ["getVault"]) },
  { name: "prepareDeposit with viem bundled", bar: 9 * KB, bytes: () => size("vault", ["prepareDeposit"], "bundled") },
  { name: "everything", bar: 15 * KB, bytes: () => sizeOf('export * from "./index.ts";') },
];

let failed = false;
for (const { name, bar, bytes } of rows) {
  const measured = await bytes();
  const passed = measured <= bar;
  failed ||= !passed;
  const share = `${((100 * measured) / bar).toFixed(0)} %`.padStart(6);
  const line = `${name.padEnd(42)} ${kb(measured)} of ${kb(bar)} KB ${share}`;
  console.log(passed ? line : styleText("red", `${line}  too large`));
}
process.exitCode = failed ? 1 : 0;

function size(folder: string, names: readonly string[], viem: "external" | "bundled" = "external"): Promise<number> {
  return sizeOf(`export { ${names.join(", ")} } from "./${folder}/index.ts";`, viem);
}

/** What each export after the first adds on average. */
async function furtherSize(folder: string, names: readonly string[]): Promise<number> {
  const [first, all] = await Promise.all([size(folder, names.slice(0, 1)), size(folder, names)]);
  return (all - first) / (names.length - 1);
}

async function sizeOf(contents: string, viem: "external" | "bundled" = "external"): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path.join(sdk, "src"), loader: "ts" },
    external: viem === "external" ? ["viem", "viem/*"] : [],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

function kb(bytes: number): string {
  return (bytes / KB).toFixed(2).padStart(5);
}
