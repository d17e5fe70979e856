import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import hre from "hardhat";
import { parseOptions } from "../../scripts/start/options.ts";
import { refusal } from "../../scripts/tools/node.mjs";

const { root } = hre.config.paths;
const file = (name: string): string => path.join(root, name);

/** Runs a command of this project with Node; the environment has none of the deployer's variables. */
function run(...args: readonly string[]) {
  return runWith({}, ...args);
}

function runWith(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { PATH = "" } = process.env;
  const home = mkdtempSync(path.join(tmpdir(), "millrace-home-"));
  const env = { PATH, HOME: home, CI: "true", HARDHAT_DISABLE_TELEMETRY: "true", ...variables };
  return spawnSync(process.execPath, [...args], { cwd: root, env, encoding: "utf8", timeout: 60_000 });
}

describe("npm start", () => {
  it("knows its options", () => {
    assert.deepEqual(parseOptions([]), { serve: false, help: false });
    assert.deepEqual(parseOptions(["--json", "out.json", "--serve", "--port", "9000"]), {
      ...{ serve: true, help: false },
      ...{ json: "out.json", port: 9_000 },
    });
    assert.equal(parseOptions(["--help"]).help, true);
  });

  const cases: readonly (readonly [args: readonly string[], sentence: string])[] = [
    [["--jsn", "x"], "Unknown option '--jsn'. `npm start -- --help` lists the options."],
    [["extra"], "Unexpected argument 'extra'. `npm start -- --help` lists the options."],
    [["--json"], "Option '--json <value>' argument missing. `npm start -- --help` lists the options."],
    [["--serve", "--port", "port"], "--port is port, and should be a number from 1 to 65535."],
    [["--serve", "--port", "65536"], "--port is 65536, and should be a number from 1 to 65535."],
    [["--port", "9000"], "--port goes with --serve: without it no port is kept."],
  ];
  for (const [args, sentence] of cases)
    it(`refuses ${args.join(" ")} in one sentence`, () => {
      assert.throws(() => parseOptions(args), { name: "Problem", message: sentence });
    });

  it("ends with 1 and the sentence alone", () => {
    const { status, stdout, stderr } = run(file("scripts/start/index.ts"), "--jsn");
    assert.deepEqual(
      [status, stdout, stderr],
      [1, "", "Unknown option '--jsn'. `npm start -- --help` lists the options.\n"],
    );
  });

  it("finds out at once that a file cannot be written", () => {
    const { status, stdout, stderr } = run(file("scripts/start/index.ts"), "--json", "/nowhere/out.json");
    const sentence = "/nowhere/out.json cannot be written: there is no such folder, or it is not yours.\n";
    assert.deepEqual([status, stdout, stderr], [1, "", sentence]);
    const folder = run(file("scripts/start/index.ts"), "--json", tmpdir());
    assert.deepEqual([folder.status, folder.stderr], [1, `${tmpdir()} cannot be written: it is a folder.\n`]);
  });

  it("says how it is used", () => {
    const { status, stdout } = run(file("scripts/start/index.ts"), "--help");
    assert.equal(status, 0);
    for (const option of ["--json FILE", "--serve", "--port PORT", "--help"])
      assert.ok(stdout.includes(option), option);
  });

  it("does not take the place of another port that was asked for", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const { startChain } = await import("../../scripts/start/world.ts");
    try {
      await assert.rejects(
        startChain({ serve: true, port, help: false }, () => {}),
        {
          name: "Problem",
          message: `Port ${port} on 127.0.0.1 is in use: take another one, or leave --port out.`,
        },
      );
    } finally {
      server.close();
    }
  });
});

describe("npm test and npm run gas", () => {
  for (const script of ["scripts/gates.ts", "scripts/gas/index.ts"])
    it(`${script} refuses an option in one sentence`, () => {
      const { status, stdout, stderr } = run(file(script), "--frob");
      assert.deepEqual([status, stdout, stderr], [1, "", "Unknown option '--frob'.\n"]);
    });
});

describe("hardhat deploy", () => {
  const cli = file("node_modules/hardhat/dist/src/cli.js");
  const hardhat = (...args: readonly string[]) => run(cli, "deploy", ...args);

  it("asks for a network", () => {
    const { status, stderr } = hardhat();
    assert.deepEqual([status, stderr], [1, "Say which network: hardhat deploy --network NAME.\n"]);
  });

  it("shows nothing of a chain that ends with its process, or of a deployment that was none", () => {
    const local = hardhat("--network", "replica", "--verify");
    assert.deepEqual([local.status, local.stderr], [1, "replica is a local chain: no explorer shows it.\n"]);
    const { status, stderr } = hardhat("--network", "mainnet", "--verify", "--dry-run");
    assert.deepEqual([status, stderr], [1, "A dry run deploys nothing that --verify could show: take one of them.\n"]);
  });

  it("lets a device sign only for an address, and with the plugin that can", () => {
    const typo = runWith({ DEPLOYER_LEDGER: "0x12" }, cli, "deploy", "--network", "base");
    assert.equal(typo.status, 1);
    assert.match(typo.stderr, /DEPLOYER_LEDGER is "0x12": it should be the address of the device's account\.\n/);
    const bare = runWith({ DEPLOYER_LEDGER: `0x${"5a".repeat(20)}` }, cli, "deploy", "--network", "base");
    assert.equal(bare.status, 1);
    assert.match(bare.stderr, /@nomicfoundation\/hardhat-ledger is not installed: `npx pnpm@[\d.]+ add [^`]*`\.\n/);
  });

  it("says what the parameters lack, before it builds", () => {
    const { status, stderr } = hardhat("--network", "mainnet");
    const lines = stderr.trimEnd().split("\n");
    assert.equal(status, 1);
    assert.equal(lines.length, 3);
    assert.ok(
      lines.every((line) => /^deployments\/mainnet\/parameters.json5: .* is missing: it should be /.test(line)),
      stderr,
    );
  });
});

describe("set-up", () => {
  const old = { arch: "arm64", version: "20.20.2" };

  it("asks for a newer Node where the project brings none, in one sentence", () => {
    assert.equal(
      refusal({ platform: "darwin", ...old }),
      "Install Node 22.18 or newer: this is 20.20.2 on darwin arm64, and only on Linux x64 the project brings its own.",
    );
    assert.match(
      refusal({ platform: "linux", ...old }) ?? "",
      /^Install Node 22.18 or newer: this is 20.20.2 on linux arm64/,
    );
    assert.match(refusal({ platform: "win32", arch: "x64", version: "22.17.1" }) ?? "", /^Install Node 22.18/);
  });

  it("asks for nothing where there is one", () => {
    assert.equal(refusal({ platform: "linux", arch: "x64", version: "20.20.2" }), undefined);
    for (const version of ["22.18.0", "23.0.0", "24.21.0"])
      assert.equal(refusal({ platform: "darwin", arch: "arm64", version }), undefined);
  });

  const endless = 'console.log("pid", process.pid, process.ppid, ""); setInterval(() => {}, 1_000)';
  // A shell as npm puts one between: it does not become its last command, and passes no signal on.
  const cases = [
    ["the shell between is stopped", (shell: number) => shell],
    ["it is told to stop itself", (_: number, own: number) => own],
  ] as const;
  for (const [what, target] of cases)
    it(`stops what it runs when ${what}`, async () => {
      const command = '"$0" "$@"; true';
      const args = ["-c", command, process.execPath, file("scripts/setup.mjs"), process.execPath, "-e", endless];
      const shell = spawn("sh", args, { stdio: ["ignore", "pipe", "inherit"] });
      let said = "";
      for await (const text of shell.stdout.setEncoding("utf8")) {
        said += text;
        if (/pid \d+ \d+ /.test(said)) break;
      }
      const [, pid, own] = (/pid (\d+) (\d+) /.exec(said) ?? assert.fail(said)).map(Number);
      process.kill(target(shell.pid ?? 0, own), "SIGTERM");
      const isThere = (): boolean => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      };
      for (let waited = 0; isThere() && waited < 5_000; waited += 100) await setTimeout(100);
      assert.equal(isThere(), false, `process ${pid} was left`);
      if (shell.exitCode === null && shell.signalCode === null) await once(shell, "exit");
    });

  it("says so before it installs anything", () => {
    // The machine is another one, as far as the script can tell.
    const disguise = `Object.defineProperty(process, "platform", { value: "darwin" }); Object.defineProperty(process, "version", { value: "v20.20.2" });`;
    const disguised = `data:text/javascript,${encodeURIComponent(disguise)}`;
    const { status, stdout, stderr } = run("--import", disguised, file("scripts/setup.mjs"), "node", "--version");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^Install Node 22.18 or newer: this is 20.20.2 on darwin x64, [^\n]*\n$/);
  });
});
