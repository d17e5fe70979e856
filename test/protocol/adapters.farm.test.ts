import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { masterChefPid } from "@millrace/replica";
import { type Address, erc20Abi, parseAbi } from "viem";
import { auction, mainnet, receiver, startMarket } from "./helpers/market.ts";

const { sushi, uniswapV2 } = mainnet;
const ownableAbi = parseAbi(["function owner() view returns (address)", "function transferOwnership(address owner)"]);
const migrationAbi = parseAbi(["function setMigrator(address migrator)", "function migrate(uint256 pid)"]);
const POOL_INFO = 0;

describe("UniswapV2FarmAdapter on SushiSwap's MasterChef", async () => {
  const pair = uniswapV2.pairs.usdcWeth;
  const market = await startMarket(pair, { with: ["masterChef"] });
  const { connection, replica, viem, client, me, vault, balance } = market;
  const parameters = [vault, sushi.masterChef, masterChefPid, sushi.token, POOL_INFO] as const;
  const adapter = await viem.deployContract("UniswapV2FarmAdapter", [...parameters]);
  const lender = await market.as(replica.actors.lender);
  const lp = (await balance(pair, replica.actors.lender)) / 2n;
  await lender.writeContract({ address: pair, abi: erc20Abi, functionName: "transfer", args: [me, lp] });
  const fresh = await market.snapshot();
  beforeEach(() => fresh.restore());
  after(() => connection.close());

  /** The farm may no longer mint its reward: every call that pays it reverts. */
  const breakReward = async () => {
    const chef = await market.as(sushi.masterChef as Address);
    const elsewhere = [replica.actors.borrower] as const;
    await chef.writeContract({
      ...{ address: sushi.token, abi: ownableAbi, functionName: "transferOwnership", args: elsewhere },
    } as const);
    assert.equal(
      await client.readContract({ address: sushi.token, abi: ownableAbi, functionName: "owner" }),
      replica.actors.borrower,
    );
  };

  it("AD2 stakes LP tokens one for one", async () => {
    assert.equal(await market.deposit(adapter.address, lp), lp);
    assert.equal(await adapter.read.realAssets(), lp);
    assert.equal(await adapter.read.maxDeallocate(), lp);
  });

  it("AD3 gives them back to the receiver", async () => {
    await market.deposit(adapter.address, lp);
    await market.redeem(adapter.address, lp / 3n);
    assert.equal(await balance(pair, receiver), lp / 3n);
    await assert.rejects(market.redeem(adapter.address, lp));
  });

  it("AD6 harvests for the auction, also what came with withdrawals", async () => {
    await market.deposit(adapter.address, lp);
    await connection.networkHelpers.mine(100);
    await market.redeem(adapter.address, lp / 2n);
    const waiting = await balance(sushi.token, adapter.address);
    assert.ok(waiting > 0n);
    await market.setAuction();
    await adapter.write.claimRewards();
    assert.ok((await balance(sushi.token, auction)) > waiting);
    assert.equal(await balance(sushi.token, adapter.address), 0n);
    assert.equal(await balance(sushi.token, vault), 0n);
  });

  it("M12 when the reward cannot be minted, the stake comes out by emergencyExit", async () => {
    await market.deposit(adapter.address, lp / 2n);
    await breakReward();
    assert.equal(await market.deposit(adapter.address, lp / 4n), 0n);
    assert.equal(await balance(pair, vault), lp / 4n);
    await assert.rejects(market.redeem(adapter.address, 1n));
    await market.emergencyExit(adapter.address);
    assert.equal(await balance(pair, vault), lp / 4n + lp / 2n);
    assert.equal(await adapter.read.realAssets(), 0n);
  });

  it("AD10 a stake whose LP tokens the farm's owner has taken is worth nothing, and gets no more", async () => {
    await market.deposit(adapter.address, lp / 2n);
    const migrator = await viem.deployContract("MigratorModel");
    const farm = { address: sushi.masterChef, abi: migrationAbi } as const;
    const owner = await client.readContract({ address: sushi.masterChef, abi: ownableAbi, functionName: "owner" });
    const boss = await market.as(owner);
    await boss.writeContract({ ...farm, functionName: "setMigrator", args: [migrator.address] });
    await boss.writeContract({ ...farm, functionName: "migrate", args: [masterChefPid] });
    assert.equal(await balance(pair, sushi.masterChef), 0n);
    assert.equal(await adapter.read.realAssets(), 0n);
    assert.equal(await adapter.read.maxAllocate(), 0n);
    assert.equal(await market.deposit(adapter.address, lp / 4n), 0n);
    assert.equal(await balance(pair, vault), lp / 4n);
  });
});
