import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

/** Kept beside all clones of this user; what nobody has asked for in two weeks goes. */
const FOLDER = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "millrace", "solc");
const KEPT_MS = 14 * 86_400_000;

/**
 * What the compiler answered to exactly this input before, or `compile()` now. A compiler's answer depends on its version
 * and its input alone, so even `build --force` need not ask twice; warnings are part of the answer.
 */
export async function compiled<output>(input: readonly unknown[], compile: () => Promise<output>): Promise<output> {
  const digest = createHash("sha256").update(JSON.stringify(input)).digest("hex");
  const file = path.join(FOLDER, `${digest}.json.gz`);
  const known = await readFile(file).catch(() => undefined);
  if (known) {
    await utimes(file, new Date(), new Date());
    return JSON.parse(gunzipSync(known).toString());
  }
  const output = await compile();
  await keep(file, gzipSync(JSON.stringify(output), { level: 1 })).catch(() => {}); // a full disk costs time, not the build
  return output;
}

async function keep(file: string, content: Uint8Array): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, content);
  await rename(partial, file); // whole or not at all
  for (const name of await readdir(FOLDER)) {
    const old = path.join(FOLDER, name);
    if (Date.now() - (await stat(old)).mtimeMs > KEPT_MS) await rm(old, { force: true });
  }
}
