import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { morphoMarket } from "@millrace/replica";
import { type Address, encodeFunctionData, type Hex, parseAbi, parseEther, parseUnits } from "viem";
import { mainnet, receiver, startMarket } from "./helpers/market.ts";
import { addAdapter, deployVault } from "./helpers/vault.ts";

const { tokens, morpho } = mainnet;
const abi = parseAbi([
  "struct Market { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function liquidate(Market market, address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data) returns (uint256, uint256)",
  "function setPrice(uint256 price)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function deposit(uint256 assets, address receiver) returns (uint256)",
  "function withdraw(uint256 assets, address receiver, address owner) returns (uint256)",
]);
const batchAbi = parseAbi([
  "struct Call { address target; bytes data; }",
  "function run(Call[] calls) returns (bytes[])",
]);
const usdc = (amount: string): bigint => parseUnits(amount, 6);
const LOAN = usdc("100000000");

/* Morpho spreads bad debt over all who supply at that moment, a flash of capital in the vault included. */
describe("A2: a liquidation around which someone enters and leaves", async () => {
  const market = await startMarket(tokens.usdc, { with: ["morpho"] });
  const { connection, replica, viem, me, user } = market;
  after(() => connection.close());
  const vault = await deployVault(market, tokens.usdc, receiver);
  await addAdapter(vault, await viem.deployContract("MorphoBlueAdapter", [vault.address, morpho.blue, morphoMarket]));
  await replica.fund({ token: tokens.usdc, to: me, amount: usdc("5000000") });
  await vault.write.deposit([usdc("5000000"), me]);
  const batch = await viem.deployContract("Batch");
  await replica.fund({ token: tokens.usdc, to: batch.address, amount: LOAN + usdc("10000000") });
  const price = parseUnits("500", 6 + 36 - 18);
  await user.writeContract({ address: morphoMarket.oracle, abi, functionName: "setPrice", args: [price] });
  const fresh = await market.snapshot();

  type Step = { readonly target: Address; readonly data: Hex };
  const step = (target: Address, functionName: string, args: readonly unknown[]): Step => ({
    target,
    data: encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]),
  });
  const liquidation = step(morpho.blue, "liquidate", [
    ...[morphoMarket, replica.actors.borrower, parseEther("2000"), 0n, "0x"],
  ]);
  const run = async (steps: readonly Step[]): Promise<void> => {
    const allow = [morpho.blue, vault.address].map((to) => step(tokens.usdc, "approve", [to, 2n ** 255n]));
    const args = [[...allow, ...steps]] as const;
    await user.writeContract({ address: batch.address, abi: batchAbi, functionName: "run", args });
  };
  const worth = async (): Promise<bigint> => vault.read.convertToAssets([await vault.read.balanceOf([me])]);

  it("costs holders their part, and the flash deposit can't leave its own to them", async (test) => {
    const before = await worth();
    await run([liquidation]);
    const plain = before - (await worth());
    test.diagnostic(`holders of 5,000,000 lose ${Number(plain) / 1e6} by a liquidation`);
    assert.ok(plain > usdc("1000"));
    await fresh.restore();
    const enter = step(vault.address, "deposit", [LOAN, batch.address]);
    const leave = step(vault.address, "withdraw", [LOAN - usdc("1"), batch.address, batch.address]);
    await assert.rejects(run([enter, liquidation, leave]), /LossSinceTouched/);
    await run([enter, leave]); // nothing is lost here
  });
});
