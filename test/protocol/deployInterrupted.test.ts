import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, it } from "node:test";
import hre from "hardhat";
import { type Address, getContractAddress, zeroAddress } from "viem";
import { seedAssets } from "../../scripts/deploy/modules/Vaults.ts";
import { perform } from "../../scripts/deploy/perform.ts";
import { publishedName } from "../../scripts/deploy/protocol.ts";
import { roles } from "../../scripts/deploy/roles.ts";
import { emptyReplica, withSend } from "./helpers/deployment.ts";

/*
 A deployment that is stopped after every single transaction: in turns because the next one does not reach the node, because the
 answer to one that did is lost, and before the next one was even written down. At each stop either there is nothing that the deployer could take, or the
 deployer holds nothing to take it with. In the end it is the deployment that it would have been.
*/
const CUTS = ["not sent", "answer lost", "begun"] as const;
type Cut = (typeof CUTS)[number];

describe("an interrupted deployment", async () => {
  const { connection, parameters, signer, folder, replica, close } = await emptyReplica();
  after(close);
  const client = await connection.viem.getPublicClient();
  const [depositor = zeroAddress] = replica.accounts.slice(9);
  const seed = seedAssets(parameters.vaults[0]?.asset.decimals ?? 0);
  const seen = {
    stops: 0,
    withPower: 0,
    withoutPower: 0,
    vaultClosed: 0,
    vaultOpen: 0,
    ...{ poolClosed: 0, poolOpen: 0 },
    launchRefused: 0,
    begun: 0,
  };

  it("leaves the deployer nothing to take wherever it stops, and goes on to the end", async (test) => {
    let done = false;
    while (!done) {
      done = await run(CUTS[seen.stops % CUTS.length] as Cut);
      if (!done) seen.stops += 1;
      const [power, treasure] = [await powerOf(signer), await treasures()];
      assert.ok(
        power === "" || treasure === "",
        `stop ${seen.stops}: ${signer} holds ${power}, and there is ${treasure}`,
      );
      seen[power === "" ? "withoutPower" : "withPower"] += 1;
      if (power !== "") await assertNotLaunched();
    }
    test.diagnostic(JSON.stringify(seen));
  });

  it("was stopped at every kind of moment", () => {
    // 38 transactions, and each run sends one.
    assert.ok(seen.stops >= 37, `${seen.stops} stops`);
    for (const [kind, count] of Object.entries(seen)) assert.ok(count > 0, `${kind} never happened`);
  });

  /** Sends one transaction and is cut off. True when there was nothing left to send. */
  async function run(cut: Cut): Promise<boolean> {
    let sent = 0;
    const cutting = withSend(connection, async (send) => {
      if (sent > 0) throw new Error("the line was cut");
      sent += 1;
      const answer = await send();
      if (cut === "answer lost") throw new Error("the line was cut");
      return answer;
    });
    try {
      await perform({ hre, connection: cutting, parameters, signer, folder });
      return true;
    } catch (error) {
      assert.match(String(error), /the line was cut/);
      if (cut === "begun") forgetThePrepared();
      return false;
    }
  }

  /** The journal as it is where a process dies right after it began something. */
  function forgetThePrepared(): void {
    const file = path.join(folder, "journal.jsonl");
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const last = lines.findLastIndex((line) => line.includes("_EXECUTION_STATE_INITIALIZE"));
    const after = lines.slice(last + 1);
    if (after.some((line) => /TRANSACTION_SEND"|COMPLETE/.test(line))) return;
    writeFileSync(file, `${lines.slice(0, last + 1).join("\n")}\n`);
    seen.begun += 1;
  }

  /** Where a contract is, once it has code. */
  async function find(name: string): Promise<Address | undefined> {
    const file = path.join(folder, "deployed_addresses.json");
    if (!existsSync(file)) return undefined;
    const deployed = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Address>);
    const address = deployed.find(([future]) => publishedName(future) === name)?.[1];
    return address && (await client.getCode({ address })) ? address : undefined;
  }

  async function powerOf(account: Address): Promise<string> {
    const address = await find("AccessManager");
    if (!address) return "";
    const manager = await connection.viem.getContractAt("AccessManager", address);
    const held = Object.entries(roles).map(async ([name, { id }]) => {
      const [since] = await manager.read.getAccess([id, account]);
      return since > 0 ? [name] : [];
    });
    return (await Promise.all(held)).flat().join(", ");
  }

  async function treasures(): Promise<string> {
    const treasure: string[] = [];
    const [vaultAddress, tokenAddress, launchAddress] = [
      await find("mrUSDC"),
      await find("MillToken"),
      await find("Launch"),
    ];
    if (vaultAddress) {
      const vault = await connection.viem.getContractAt("CompoundingVault", vaultAddress);
      const open = (await vault.read.maxDeposit([depositor])) > 0n;
      seen[open ? "vaultOpen" : "vaultClosed"] += 1;
      if (open) treasure.push("a vault that takes deposits");
      if ((await vault.read.totalAssets()) > seed) treasure.push("a deposit");
    }
    const poolDeployer = await find("muUSDC_PoolDeployer");
    if (poolDeployer) {
      // Asked from where it will be: a run may end between making it and writing down where it is.
      const address = getContractAddress({ from: poolDeployer, nonce: 1n });
      if (await client.getCode({ address })) {
        const pool = await connection.viem.getContractAt("UnderwritingPool", address);
        const open = !(await pool.read.books()).depositsStopped;
        seen[open ? "poolOpen" : "poolClosed"] += 1;
        if (open) treasure.push("a pool that takes deposits");
      }
    }
    if (tokenAddress && launchAddress) {
      const token = await connection.viem.getContractAt("MillToken", tokenAddress);
      const waiting = await token.read.balanceOf([launchAddress]);
      if (waiting < parameters.token.supply) treasure.push("governance tokens");
      assert.equal(await token.read.balanceOf([signer]), 0n);
    }
    return treasure.join(", ");
  }

  /** While the deployer has power, nobody can open what is there. */
  async function assertNotLaunched(): Promise<void> {
    const address = await find("Launch");
    if (!address) return;
    const launch = await connection.viem.getContractAt("Launch", address);
    const attempt = launch.simulate.launch({ account: depositor });
    await connection.viem.assertions.revertWithCustomError(attempt as never, launch, "Launch__MakerHasRole");
    seen.launchRefused += 1;
  }
});
