import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { deployables, type Variable } from "./artifacts.ts";
import { root } from "./gate.ts";

// Compares where every variable lies with the committed snapshot; --update rewrites it.
const SNAPSHOT = path.join(root, "test/snapshots/storage.txt");
const { values: options } = parseArgs({ options: { update: { type: "boolean" } } });

const contracts = await deployables();
const text = contracts
  .filter(({ storage, transientStorage }) => storage.length + transientStorage.length > 0)
  .flatMap(({ name, storage, transientStorage }) => [
    name,
    ...storage.map((variable) => `  ${line(variable)}`),
    ...transientStorage.map((variable) => `  transient ${line(variable)}`),
  ])
  .join("\n")
  .concat("\n");

if (options.update) {
  writeFileSync(SNAPSHOT, text);
  console.log(`Wrote ${path.relative(root, SNAPSHOT)}`);
} else compare();

function compare(): void {
  const committed = existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, "utf8") : "";
  const [before, after] = [committed.split("\n"), text.split("\n")];
  for (const gone of before.filter((entry) => !after.includes(entry))) console.error(`- ${gone}`);
  for (const come of after.filter((entry) => !before.includes(entry))) console.error(`+ ${come}`);
  const passed = committed === text;
  console.log(`${contracts.length} contracts${passed ? ", layouts as committed" : ""}`);
  if (!passed) console.error("Storage has moved. If that is meant: npx node scripts/gates/layout.ts --update");
  process.exitCode = passed && contracts.length > 0 ? 0 : 1;
}

function line({ slot, offset, bytes, type, name }: Variable): string {
  return `slot ${slot}  bytes ${offset}–${offset + bytes - 1}  ${type}  ${name}`;
}
