import { readFile } from "node:fs/promises";
import path from "node:path";
import hre from "hardhat";
import type { Abi, Hex } from "viem";

/** A contract of `contracts/` that has code of its own. */
export type Contract = {
  readonly name: string;
  readonly source: string;
  readonly abi: Abi;
  readonly runtime: Hex;
  readonly storage: readonly Variable[];
  readonly transientStorage: readonly Variable[];
};
/** One variable, structs opened: `offset` and `bytes` within its slot. */
export type Variable = {
  readonly slot: bigint;
  readonly offset: number;
  readonly bytes: number;
  readonly type: string;
  readonly name: string;
};

type Layout = { readonly storage: readonly Member[]; readonly types: Readonly<Record<string, Type>> | null };
type Member = { readonly label: string; readonly slot: string; readonly offset: number; readonly type: string };
type Type = { readonly label: string; readonly numberOfBytes: string; readonly members?: readonly Member[] };
type Output = { readonly storageLayout?: Layout; readonly transientStorageLayout?: Layout };
type BuildInfo = { readonly output: { readonly contracts: Record<string, Record<string, Output>> } };

export async function deployables(): Promise<readonly Contract[]> {
  const names = [...(await hre.artifacts.getAllFullyQualifiedNames())].filter((name) => name.startsWith("contracts/"));
  const builds = new Map<string, BuildInfo>();
  const found: Contract[] = [];
  for (const qualified of names.sort()) {
    const { contractName: name, sourceName: source, ...artifact } = await hre.artifacts.readArtifact(qualified);
    if (artifact.deployedBytecode === "0x") continue;
    const id = artifact.buildInfoId as string;
    if (!builds.has(id)) builds.set(id, await readBuild(id));
    const output = builds.get(id)?.output.contracts[artifact.inputSourceName as string]?.[name] ?? {};
    found.push({
      ...{ name, source, abi: artifact.abi as Abi, runtime: artifact.deployedBytecode as Hex },
      ...{ storage: variables(output.storageLayout), transientStorage: variables(output.transientStorageLayout) },
    });
  }
  return found;
}

async function readBuild(id: string): Promise<BuildInfo> {
  const file = path.join(hre.config.paths.artifacts, "build-info", `${id}.output.json`);
  return JSON.parse(await readFile(file, "utf8"));
}

function variables(layout: Layout | undefined): readonly Variable[] {
  if (!layout) throw new Error("The build has no storage layouts: settings.outputSelection must ask for them.");
  const { storage } = layout;
  const types = layout.types ?? {};
  const open = (member: Member, base: bigint, prefix: string): readonly Variable[] => {
    const { label, numberOfBytes, members } = types[member.type] as Type;
    const slot = base + BigInt(member.slot);
    const name = `${prefix}${member.label}`;
    if (members) return members.flatMap((inner) => open(inner, slot, `${name}.`));
    return [{ slot, offset: member.offset, bytes: Number(numberOfBytes), type: label, name }];
  };
  return storage.flatMap((member) => open(member, 0n, ""));
}
