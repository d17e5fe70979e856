import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root, type Verdict } from "./gate.ts";

/** Folders that a build writes and that are committed. */
const FOLDERS = ["sdk/src/abis", "sdk/src/addresses"];

/** Remembers the generated files as they are; the answer tells which ones a build has changed since. */
export function digest(): () => Verdict {
  const before = read();
  return () => {
    const after = read();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    );
    const output = changed.map((file) => `stale, rewritten by the build just now: ${file}\n`).join("");
    return { passed: changed.length === 0 && after.size > 0, output: output || `${after.size} files are current\n` };
  };
}

function read(): ReadonlyMap<string, string> {
  const files = FOLDERS.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return new Map(
    files.map((file) => [path.relative(root, file), createHash("sha256").update(readFileSync(file)).digest("hex")]),
  );
}
