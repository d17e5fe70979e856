import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Abi, Hex } from "viem";
import { folderOf } from "./compile.ts";

/** What placing a contract needs of its build. `code` is creation code, unlinked where `links` has entries. */
export type Artifact = {
  readonly abi: Abi;
  readonly code: Hex;
  readonly links: LinkReferences;
};
/** By contract name. */
export type Artifacts = Readonly<Record<string, Artifact>>;
type LinkReferences = Readonly<Record<string, Readonly<Record<string, readonly { start: number; length: number }[]>>>>;

/** A contract that its authors built and published. */
export function published(name: string, file: string): Artifact {
  const { abi, bytecode, linkReferences = {} } = JSON.parse(readFileSync(path.join(folderOf(name), file), "utf8"));
  return { abi, code: bytecode.startsWith("0x") ? bytecode : `0x${bytecode}`, links: linkReferences };
}

/** One of several contracts that were compiled together. */
export function pick(artifacts: Artifacts, name: string): Artifact {
  const artifact = artifacts[name];
  if (!artifact) throw new Error(`There is no ${name} among ${Object.keys(artifacts).join(", ")}.`);
  return artifact;
}

/** Multicall3: viem carries its creation code for chains without it, though not as an export. */
export async function multicall3(): Promise<Artifact> {
  const file = pathToFileURL(path.join(folderOf("viem"), "_esm/constants/contracts.js"));
  const { multicall3Bytecode } = await import(file.href);
  return { abi: [], code: multicall3Bytecode, links: {} };
}
