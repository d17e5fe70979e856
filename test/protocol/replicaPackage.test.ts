import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { it } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const replica = path.resolve(import.meta.dirname, "../../replica");

it("the replica starts from its package, in an app without a Hardhat config", async () => {
  const app = await mkdtemp(path.join(tmpdir(), "millrace-replica-"));
  const installed = path.join(app, "node_modules/@millrace/replica");
  try {
    await run("tsc", ["-p", "tsconfig.build.json"], { cwd: replica });
    await run("pnpm", ["pack", "--out", path.join(app, "replica.tgz")], { cwd: replica });
    await mkdir(installed, { recursive: true });
    await run("tar", ["-xzf", "replica.tgz", "--strip-components=1", "-C", installed], { cwd: app });
    await symlink(path.join(replica, "node_modules"), path.join(installed, "node_modules"));
    const script = `
      import { mainnet, startReplica } from "@millrace/replica";
      const replica = await startReplica({ serve: true });
      const [to] = replica.accounts;
      await replica.fund({ token: mainnet.tokens.weth, to, amount: 7n });
      const data = "0x70a08231" + to.slice(2).padStart(64, "0");
      const body = { id: 1, method: "eth_call", params: [{ to: mainnet.tokens.weth, data }, "latest"] };
      const answer = await fetch(replica.url, { method: "POST", body: JSON.stringify(body) });
      console.log((await answer.json()).result);
      await replica.close();`;
    await writeFile(path.join(app, "app.mjs"), script);
    const { stdout } = await run(process.execPath, ["app.mjs"], { cwd: app });
    assert.equal(BigInt(stdout.trim()), 7n);
  } finally {
    await rm(app, { recursive: true, force: true });
  }
});
