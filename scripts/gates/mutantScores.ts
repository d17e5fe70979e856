import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./gate.ts";

/** Scores that were worth keeping: `mutants.ts --save` writes them, `docs/assurance.md` shows them. */
export const SCORES = path.join(root, "test/mutantScores.json");

export type SavedScore = {
  readonly sources: string;
  /** Of the sources as they were. */
  readonly digest: string;
  readonly seed: number;
  readonly count: number;
  /** How many mutants there are. */
  readonly all: number;
  readonly killed: number;
  /** Left aside: the same code, or none. */
  readonly same: number;
  readonly invalid: number;
  readonly survivors: readonly string[];
};

export function digestOf(sources: string): string {
  const hash = createHash("sha256");
  for (const file of globSync(sources, { cwd: root }).sort()) hash.update(readFileSync(path.join(root, file)));
  return hash.digest("hex").slice(0, 16);
}
