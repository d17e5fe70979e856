import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs, styleText } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

// node scripts/tools/sizes.ts: bundles what an app would import, minified, viem outside, compresses it (gzip -9), and fails
// above a bar. A write is an action with a `prepare…`. What is loaded only when a call fails is a row of its own.
const src = path.resolve(import.meta.dirname, "../../sdk/src");
const KB = 1_024;

type Import = { readonly folder: string; readonly name: string };
type Row = { readonly name: string; readonly bytes: number; readonly bar: number };

/** What an app has anyhow, viem or all of a front end. */
const outside = ["viem", "viem/*", "wagmi", "wagmi/*", "react", "@tanstack/*"];

const exported = globSync("*/index.ts", { cwd: src }).flatMap((file) => namesIn(path.dirname(file)));
const writes = exported.filter(({ name }) => exported.some((other) => other.name === `prepare${capital(name)}`));
const sized = await Promise.all(writes.map(async (write) => ({ ...write, bytes: await sizeOf([write]) })));
const sorted = sized.sort((one, other) => one.bytes - other.bytes);
const median = sorted[sorted.length >> 1] as (typeof sorted)[number];
const heaviest = sorted.at(-1) as (typeof sorted)[number];
const lensReads: readonly Import[] = [
  { folder: "vault", name: "getVault" },
  { folder: "vault", name: "getPosition" },
  { folder: "staking", name: "getStake" },
  { folder: "governor", name: "getProposal" },
  { folder: "rewards", name: "getAuctions" },
];
const [deposit, totalAssets, getVotes] = await Promise.all([
  sizeOf([{ folder: "vault", name: "deposit" }]),
  sizeOf([{ folder: "vault", name: "totalAssets" }]),
  sizeOf([{ folder: "governor", name: "getVotes" }]),
]);

/** The layers that say each action again. */
const again = exported.filter(({ folder }) => folder === "extend" || folder === "query" || folder === "react");
const hooks = again.filter(({ folder }) => folder === "react");
const optioned = again.filter(({ name }) => name.endsWith("Options"));

/** What names reverts grows with the contracts, some 15 bytes for each error of theirs. */
const errors = readFileSync(path.join(src, "abis/errors.ts"), "utf8").match(/^export const /gm)?.length ?? 0;
const named = 15 * errors;

const rows: readonly Row[] = [
  { name: "deposit", bytes: deposit, bar: 0.7 * KB },
  { name: `the median of ${writes.length} writes, ${median.name}`, bytes: median.bytes, bar: 0.7 * KB },
  { name: `the heaviest write, ${heaviest.name}`, bytes: heaviest.bytes, bar: 0.75 * KB },
  { name: "each further write", bytes: ((await sizeOf(writes)) - median.bytes) / (writes.length - 1), bar: 0.1 * KB },
  {
    name: `what the first failed call loads, ${errors} errors`,
    bytes: await sizeOf([{ folder: "errors", name: "nameRevert" }]),
    bar: named,
  },
  { name: "a read, totalAssets", bytes: totalAssets, bar: 0.3 * KB },
  { name: "a read, getVotes", bytes: getVotes, bar: 0.3 * KB },
  // They share the code that the node runs, and what speaks to it: the first costs 1.1 KB more than the next.
  { name: "a lens read, getPosition", bytes: await sizeOf(lensReads.slice(1, 2)), bar: 1.9 * KB },
  { name: "a lens read, getVault", bytes: await sizeOf(lensReads.slice(0, 1)), bar: 2.7 * KB },
  { name: "two lens reads, a vault and a position", bytes: await sizeOf(lensReads.slice(0, 2)), bar: 3.1 * KB },
  { name: `${lensReads.length} lens reads, one of each kind`, bytes: await sizeOf(lensReads), bar: 4.4 * KB },
  {
    name: "a lens read, getPoolHealth",
    bytes: await sizeOf([{ folder: "insurance", name: "getPoolHealth" }]),
    bar: 3 * KB,
  },
  {
    name: "a lens read, getCoverStatus",
    bytes: await sizeOf([{ folder: "insurance", name: "getCoverStatus" }]),
    bar: 3 * KB,
  },
  {
    name: "a premium without a call, quoteCover",
    bytes: await sizeOf([{ folder: "insurance", name: "quoteCover" }]),
    bar: 1 * KB,
  },
  {
    name: "getRevert: every error of every contract",
    bytes: await sizeOf([{ folder: "errors", name: "getRevert" }]),
    bar: named,
  },
  // All of one room is wanted, and nothing of another.
  {
    name: "client.extend(vaultActions())",
    bytes: await sizeOf([{ folder: "extend", name: "vaultActions" }]),
    bar: 4.9 * KB,
  },
  {
    name: "client.extend(portfolioActions())",
    bytes: await sizeOf([{ folder: "extend", name: "portfolioActions" }]),
    bar: 2.3 * KB,
  },
  {
    name: "a query, totalAssetsQueryOptions",
    bytes: await sizeOf([{ folder: "query", name: "totalAssetsQueryOptions" }]),
    bar: 0.66 * KB,
  },
  {
    name: "a simulation, simulateDepositQueryOptions",
    bytes: await sizeOf([{ folder: "query", name: "simulateDepositQueryOptions" }]),
    bar: 0.91 * KB,
  },
  {
    name: "a mutation, depositMutationOptions",
    bytes: await sizeOf([{ folder: "query", name: "depositMutationOptions" }]),
    bar: 0.78 * KB,
  },
  {
    name: `${optioned.length} queries and mutations, over their actions`,
    bytes: (await sizeOf(optioned)) - (await sizeOf(optioned.map(actionOf))),
    bar: 0.018 * KB * optioned.length,
  },
  {
    name: "a hook of a read, useTotalAssets",
    bytes: await sizeOf([{ folder: "react", name: "useTotalAssets" }]),
    bar: 0.79 * KB,
  },
  {
    name: "a hook of a write, useDeposit",
    bytes: await sizeOf([{ folder: "react", name: "useDeposit" }]),
    bar: 0.94 * KB,
  },
  {
    name: `${hooks.length} hooks, over their queries and mutations`,
    bytes: (await sizeOf(hooks)) - (await sizeOf(optioned)),
    bar: 0.007 * KB * hooks.length,
  },
  {
    name: "prepareDeposit with viem inside",
    bytes: await sizeOf([{ folder: "vault", name: "prepareDeposit" }], []),
    bar: 9 * KB,
  },
  {
    name: `everything: ${exported.length} names`,
    bytes: await sizeOf(exported),
    bar: 0.07 * KB * (exported.length - again.length) + 0.02 * KB * again.length + named,
  },
];

for (const { name, bytes, bar } of rows) {
  const share = `${((100 * bytes) / bar).toFixed(0)} %`.padStart(6);
  const line = `${name.padEnd(48)} ${kb(bytes)} of ${kb(bar)} KB ${share}`;
  console.log(bytes <= bar ? line : styleText("red", `${line}  too large`));
}
const fits = rows.every(({ bytes, bar }) => bytes <= bar);

const readme = path.join(src, "../README.md");
const shown = readFileSync(readme, "utf8");
const figures = rows.map(({ name, bytes, bar }) => [name, kb(bytes).trim(), kb(bar).trim()]);
const body = aligned([["imported", "KB", "at most"], ["", "", ""], ...figures]);
const fresh = shown.replace(/(<!-- sizes -->)[\s\S]*(<!-- \/sizes -->)/, `$1\n\n${body}\n\n$2`);
const { values: options } = parseArgs({ options: { update: { type: "boolean", default: false } } });
if (options.update) writeFileSync(readme, fresh);
// A few bytes more or less are no news.
const published = [...shown.matchAll(/\| (\d+\.\d\d) +\| \d+\.\d\d +\|$/gm)].map(([, size]) => Number(size) * KB);
const isNear = (bytes: number, index: number) => Math.abs(bytes / (published[index] ?? 0) - 1) < 0.05;
const isListed = rows.every(({ name }) => shown.includes(`| ${name} `));
const isStale =
  !isListed || published.length !== rows.length || !rows.every(({ bytes }, index) => isNear(bytes, index));
if (isStale) console.error("sdk/README.md shows other sizes: npx node scripts/tools/sizes.ts --update writes them.");
process.exitCode = fits && (!isStale || options.update) ? 0 : 1;

/** The values that a subpath exports; whole ABIs and addresses are for those who ask for them. */
function namesIn(folder: string): readonly Import[] {
  if (folder === "abis" || folder === "addresses") return [];
  const text = readFileSync(path.join(src, folder, "index.ts"), "utf8");
  const lists = [...text.matchAll(/export \{([^}]*)\} from/g)].map(([, list = ""]) => list.split(","));
  const names = lists.flat().map((name) => name.trim());
  return names.filter((name) => name !== "" && !name.startsWith("type ")).map((name) => ({ folder, name }));
}

/** What is loaded to begin with: the entry and what it imports statically, not what it may ask for later. */
async function sizeOf(imports: readonly Import[], external = outside): Promise<number> {
  const lines = imports.map(({ folder, name }) => `export { ${name} } from "./${fileOf(folder, name)}.ts";`);
  const { outputFiles, metafile } = await build({
    stdin: { contents: lines.join("\n"), resolveDir: src, loader: "ts" },
    external,
    bundle: true,
    splitting: external.length > 0, // viem's own parts, split, would be counted where nothing uses them
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    metafile: true,
    outdir: "out",
    write: false,
  });
  const loaded = new Set(
    Object.keys(metafile.outputs).filter((file) => metafile.outputs[file]?.entryPoint === "<stdin>"),
  );
  for (const file of loaded)
    for (const { path: next, kind, external: outside } of metafile.outputs[file]?.imports ?? [])
      if (kind === "import-statement" && !outside) loaded.add(next);
  const texts = outputFiles.filter(({ path: file }) => loaded.has(path.relative(process.cwd(), file)));
  return gzipSync(texts.map(({ text }) => text).join("\n"), { level: 9 }).length;
}

/** As the formatter has it; an empty row becomes the line under the head. */
function aligned(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) =>
      row[0] === "" ? cell.padEnd(widths[column] ?? 0, "-") : cell.padEnd(widths[column] ?? 0),
    );
  return table.map((row) => `| ${line(row).join(" | ")} |`).join("\n");
}

function fileOf(folder: string, name: string): string {
  return name === "nameRevert" ? `${folder}/${name}` : `${folder}/index`; // the one that nothing exports
}

/** What a query or a mutation is about. */
function actionOf({ name }: Import): Import {
  const action = name.replace(/(?:Query|Mutation)Options$/, "");
  return exported.find((candidate) => candidate.name === action) ?? { folder: "query", name };
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function kb(bytes: number): string {
  return (bytes / KB).toFixed(2).padStart(5);
}
