import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import hre from "hardhat";
import { type Address, erc20Abi, maxUint256 } from "viem";
import { perform } from "../../scripts/deploy/perform.ts";
import { tryOn } from "../../scripts/listing/action.ts";
import type { Criterion, Finding } from "../../scripts/listing/listing.ts";
import { emptyReplica } from "./helpers/deployment.ts";

const MILLION = 1_000_000n * 10n ** 6n;

/* The test that a proposal to insure a vault comes with: the vault that is deployed passes, and one vault fails each part. */
describe("the listing test", async () => {
  const { connection, parameters, signer, replica, close } = await emptyReplica();
  after(close);
  const { contracts } = await perform({ hre, connection, parameters, signer });
  const at = (name: string): Address => contracts.find((one) => one.name === name)?.address ?? assert.fail(name);
  const { usdc, dai } = replica.addresses.tokens;
  const { viem } = connection;
  await replica.fund({ token: usdc, to: signer, amount: 10n * MILLION });
  await replica.fund({ token: dai, to: signer, amount: 10n ** 24n });
  const fill = async (vault: Address, asset: Address, assets: bigint): Promise<void> => {
    const [wallet] = await viem.getWalletClients();
    const allow = { abi: erc20Abi, functionName: "approve", args: [vault, maxUint256] } as const;
    await wallet.writeContract({ address: asset, ...allow });
    const filled = await viem.getContractAt("PlainSource", vault);
    await filled.write.deposit([assets, signer]);
  };
  await fill(at("mrUSDC"), usdc, MILLION);

  const failing = (findings: readonly Finding[]): readonly Criterion[] =>
    findings.filter(({ passed }) => !passed).map(({ criterion }) => criterion);

  it("is passed by the vault that is deployed, with evidence for each part", async (test) => {
    const findings = await tryOn({ hre, connection, vault: at("mrUSDC"), pool: at("muUSDC") });
    for (const { criterion, evidence } of findings) test.diagnostic(`${criterion}: ${evidence}`);
    assert.deepEqual(
      findings.map(({ criterion }) => criterion),
      ["asset", "code", "losses", "donations", "pushing"],
    );
    assert.deepEqual(failing(findings), []);
    // Half of what Aave owes the vault is half of its price.
    const [, , losses] = findings;
    const [, less = "", before = ""] =
      /its price is (\d+) instead of (\d+), at once$/.exec(losses?.evidence ?? "") ?? [];
    const ratio = Number(less) / Number(before);
    assert.ok(ratio > 0.49 && ratio < 0.51, losses?.evidence);
  });

  const others: readonly (readonly [what: string, contract: string, asset: Address, fails: readonly Criterion[]])[] = [
    ["keeps a loss to itself", "StaleVault", usdc, ["code", "losses"]],
    ["counts what is given to it", "PlainSource", usdc, ["code", "donations"]],
    ["is lowered by a deposit", "GenerousVault", usdc, ["code", "donations", "pushing"]],
    ["takes another asset", "PlainSource", dai, ["asset", "code", "donations"]],
  ];
  for (const [what, contract, asset, fails] of others)
    it(`fails a vault that ${what}`, async (test) => {
      const { address } = await viem.deployContract(contract as "PlainSource", [asset]);
      await fill(address, asset, asset === usdc ? MILLION : 10n ** 23n);
      const findings = await tryOn({ hre, connection, vault: address, pool: at("muUSDC") });
      for (const { criterion, passed, evidence } of findings) if (!passed) test.diagnostic(`${criterion}: ${evidence}`);
      assert.deepEqual(failing(findings), fails);
    });

  it("refuses what is no address, one without a contract, and one that is no pool", async () => {
    const typo = tryOn({ hre, connection, vault: "0x123", pool: at("muUSDC") });
    await assert.rejects(typo, /^Problem: 0x123 is no address\.$/);
    const nobody = "0x00000000000000000000000000000000000000aa";
    const missing = tryOn({ hre, connection, vault: nobody, pool: at("muUSDC") });
    await assert.rejects(missing, /^Problem: There is no contract at 0x0{38}aa on replica\.$/);
    const other = tryOn({ hre, connection, vault: at("mrUSDC"), pool: at("Treasury") });
    await assert.rejects(other, /^Problem: 0x\w{40} is no pool: it has no asset\.$/);
    const swapped = tryOn({ hre, connection, vault: at("muUSDC"), pool: at("mrUSDC") });
    await assert.rejects(swapped, /^Problem: 0x\w{40} is no pool: it has no modules\. The vault comes first/);
    const token = tryOn({ hre, connection, vault: usdc, pool: at("muUSDC") });
    await assert.rejects(token, /^Problem: 0x\w{40} is no vault: it doesn't answer/);
  });
});
