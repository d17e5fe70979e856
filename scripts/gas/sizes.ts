import hre from "hardhat";
import { size } from "viem";
import { print } from "./table.ts";

/** EIP-170: a contract with more runtime code than this cannot be deployed. */
const LIMIT = 24_576;
/** EIP-3860, for the code that deploys it. */
const INIT_LIMIT = 2 * LIMIT;
/** Where a design promises more room. */
const bounds: Readonly<Record<string, number>> = { CompoundingVault: 23_000 };

type Size = { readonly name: string; readonly runtime: number; readonly init: number };

const sizes = (await Promise.all([...(await hre.artifacts.getAllFullyQualifiedNames())].filter(own).map(measure)))
  .filter(({ runtime }) => runtime > 0)
  .sort((a, b) => b.runtime - a.runtime);
const rows = sizes.map(({ name, runtime, init }) => {
  const bound = bounds[name] ?? LIMIT;
  return { name, runtime, bound, init, passed: runtime < bound && init <= INIT_LIMIT };
});
print(
  ["contract", "runtime bytes", "bound", "used", "init bytes"],
  rows.map(({ name, runtime, bound, init }) => [
    name,
    runtime,
    bound,
    `${((runtime / bound) * 100).toFixed(1)} %`,
    init,
  ]),
);
for (const { name } of rows.filter(({ passed }) => !passed)) console.error(`${name} is too large.`);
const missing = Object.keys(bounds).filter((name) => !rows.some((row) => row.name === name));
for (const name of missing) console.log(`${name} has a bound but is not in the build yet`);
process.exitCode = rows.length > 0 && rows.every(({ passed }) => passed) ? 0 : 1;

function own(name: string): boolean {
  return name.startsWith("contracts/");
}

async function measure(qualified: string): Promise<Size> {
  const artifact = await hre.artifacts.readArtifact(qualified);
  const { contractName: name, deployedBytecode, bytecode } = artifact;
  return { name, runtime: size(deployedBytecode as `0x${string}`), init: size(bytecode as `0x${string}`) };
}
