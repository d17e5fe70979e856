import assert from "node:assert/strict";
import { mainnet, startEmission } from "@millrace/replica";
import hre from "hardhat";
import { encodePacked, keccak256, parseAbi, parseEther, parseUnits, zeroHash } from "viem";
import { type Connected, onEachTier, user } from "./onEachTier.ts";

const { tokens, feeds, aave, uniswapV3 } = mainnet;
const DAY = 86_400;
const BPS = 10_000n;
const MAX_UINT88 = 2n ** 88n - 1n;
const MAX_UINT128 = 2n ** 128n - 1n;
const feeRecipient = "0x00000000000000000000000000000000000000fe";
const feedAbi = parseAbi(["function latestAnswer() view returns (int256)"]);
const deposit = parseUnits("100000", 6);

onEachTier("A vault that lends on Aave,", {
  "earns interest and rewards for a holder, who leaves with both": async (on) => {
    const { vault, adapter, auction } = await open(on);
    const { balance, give, pass, viem, wallet } = on;
    await give(tokens.usdc, deposit, vault.address);
    await vault.write.deposit([deposit, user]);
    const entered = { pps: await vault.read.pps(), shares: await vault.read.balanceOf([user]) };
    // Caps are shares of what was there before a transaction: a first deposit is lent by the next one.
    await vault.write.compound();
    assert.ok((await adapter.read.realAssets()) >= deposit - 2n, "the deposit is lent");

    // Interest shows weekly: a longer silence counts as a week.
    for (let week = 0; week < 4; week++) {
      await pass(7 * DAY);
      await vault.write.accrue();
    }
    const lent = await vault.read.pps();
    assert.ok(lent > entered.pps, "interest raises the price");
    assert.ok((await vault.read.balanceOf([feeRecipient])) > 0n, "the fee is taken of it");

    // The claimed reward is sold to someone who brings no money, only a way to a market.
    await vault.write.compound();
    const { remaining } = await auction.read.lot([tokens.aave]);
    assert.ok(remaining > 0n, "the claim starts a lot");
    await pass(80 * 60); // the price falls through the anchor after an hour
    const taker = await viem.deployContract("UniswapTaker", [auction.address, uniswapV3.router], {
      client: { wallet },
    });
    const path = encodePacked(
      ["address", "uint24", "address", "uint24", "address"],
      [tokens.aave, 3_000, tokens.weth, 500, tokens.usdc],
    );
    const before = await balance(tokens.usdc, vault.address);
    await taker.write.fill([tokens.aave, remaining, path]);
    const payment = (await balance(tokens.usdc, vault.address)) - before;
    assert.ok(payment > 0n && (await balance(tokens.usdc, taker.address)) > 0n, "vault and taker gain");

    await vault.write.compound();
    const locked = await vault.read.locked();
    assert.ok(locked > 0n && locked <= payment, "what came in waits in the lock");
    await pass(7 * DAY);
    await vault.write.accrue();
    await pass(7 * DAY);
    await vault.write.accrue();
    assert.equal(await vault.read.locked(), 0n);
    assert.ok((await vault.read.pps()) > lent, "and flows into the price");

    const half = entered.shares / 2n;
    await vault.write.redeem([half, user, user]);
    await vault.write.exit([entered.shares - half, user, user, 0n, []]);
    const received = await balance(tokens.usdc);
    assert.ok(received > deposit, `${received} back of ${deposit}`);
    assert.equal(await vault.read.balanceOf([user]), 0n);
  },

  "gives a holder who leaves at once all but the rounding": async (on) => {
    const { vault } = await open(on);
    await on.give(tokens.usdc, deposit, vault.address);
    await vault.write.deposit([deposit, user]);
    await vault.write.redeem([await vault.read.balanceOf([user]), user, user]);
    // Aave may credit two wei less than it is lent, which the next accrual takes from the price.
    assert.ok((await on.balance(tokens.usdc)) >= deposit - 2n);
  },
});

/** A vault of the factory with one adapter and an auction for Aave's reward, all in the user's hand. */
async function open({ provider, viem, client, wallet, give }: Connected) {
  const by = { client: { wallet } };
  const manager = await viem.deployContract("AccessManager", [user], by);
  const { bytecode } = await hre.artifacts.readArtifact("CompoundingVault");
  const code = bytecode as `0x${string}`;
  const factory = await viem.deployContract("VaultFactory", [keccak256(code)], by);
  const terms = {
    asset: tokens.usdc,
    name: "Millrace USDC",
    symbol: "mUSDC",
    authority: manager.address,
    feeRecipient,
    feeBps: 1_000n,
    maxRate: 30n,
  } as const;
  const at = await factory.read.vaultAddress([terms, zeroHash, code, user]);
  await give(tokens.usdc, 1_000n, factory.address);
  await factory.write.createVault([terms, zeroHash, code]);
  const vault = await viem.getContractAt("CompoundingVault", at, by);
  const adapter = await viem.deployContract("AaveV3Adapter", [vault.address, aave.pool], by);
  const auction = await viem.deployContract("RewardAuction", [vault.address], by);

  await vault.write.addAdapter([adapter.address]);
  await vault.write.raiseCap([adapter.address, MAX_UINT88]);
  const [risk] = await adapter.read.riskIds();
  await vault.write.raiseGroupCap([risk, MAX_UINT128, BPS]);
  // The feed has eight decimals; the anchor is USDC wei for a whole AAVE, in 18 more.
  const answer = await client.readContract({ address: feeds.aave, abi: feedAbi, functionName: "latestAnswer" });
  await auction.write.list([tokens.aave, (answer * parseEther("1")) / 100n, parseEther("0.001")]);
  await vault.write.setAuction([auction.address]);
  await startEmission(provider, {
    ...{ asset: aave.aTokens.usdc, reward: tokens.aave, feed: feeds.aave, vault: aave.ecosystemReserve },
    perSecond: parseEther("0.001"),
    endsAt: (await client.getBlock()).timestamp + BigInt(365 * DAY),
  });
  return { vault, adapter, auction };
}
