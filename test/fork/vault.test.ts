import assert from "node:assert/strict";
import path from "node:path";
import { mainnet, startEmission } from "@millrace/replica";
import { prepareSetFee } from "@millrace/sdk/curator";
import {
  defineProposal,
  delegate,
  execute,
  getProposal,
  getProposalId,
  propose,
  queue,
  vote,
} from "@millrace/sdk/governor";
import hre from "hardhat";
import { type Address, encodePacked, parseEther, parseUnits } from "viem";
import { readParameters } from "../../scripts/deploy/parameters.ts";
import { perform } from "../../scripts/deploy/perform.ts";
import { type Connected, onEachTier, user } from "./onEachTier.ts";

const { tokens, feeds, aave, uniswapV3 } = mainnet;
const DAY = 86_400;
const deposit = parseUnits("100000", 6);

onEachTier("A vault that lends on Aave,", {
  "earns interest and rewards for a holder, who leaves with both": async (on) => {
    const { vault, adapter, auction } = await deployProtocol(on);
    const { balance, give, pass, viem, wallet } = on;
    await startRewards(on);
    await give(tokens.usdc, deposit, vault.address);
    await vault.write.deposit([deposit, user]);
    const entered = { pps: await vault.read.pps(), shares: await vault.read.balanceOf([user]) };
    assert.ok((await adapter.read.realAssets()) >= deposit - 2n, "the deposit is lent at once");

    // Interest shows weekly: a longer silence counts as a week.
    for (let week = 0; week < 4; week++) {
      await pass(7 * DAY);
      await vault.write.accrue();
    }
    const lent = await vault.read.pps();
    assert.ok(lent > entered.pps, "interest raises the price");
    assert.ok((await vault.read.balanceOf([(await vault.read.config()).feeRecipient])) > 0n, "the fee is taken of it");

    // The claimed reward is sold to someone who brings no money, only a way to a market.
    await vault.write.compound();
    const { remaining } = await auction.read.lot([tokens.aave]);
    assert.ok(remaining > 0n, "the claim starts a lot");
    await pass(125 * 60); // the price rests, at a quarter of its anchor
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
    const { vault } = await deployProtocol(on);
    await on.give(tokens.usdc, deposit, vault.address);
    await vault.write.deposit([deposit, user]);
    await vault.write.redeem([await vault.read.balanceOf([user]), user, user]);
    // Aave may credit two wei less than it is lent, which the next accrual takes from the price.
    assert.ok((await on.balance(tokens.usdc)) >= deposit - 2n);
  },

  "obeys the vote of its token's holders, after the delay": async (on) => {
    const { vault, governor, token, holder } = await deployProtocol(on);
    const { client, as, pass } = on;
    const account = await as(holder);
    const feeBps = BigInt((await vault.read.config()).feeBps) - 100n;
    await delegate(account, { token, delegatee: holder });
    await pass(1); // votes count from the second after
    const calls = [prepareSetFee({ vault: vault.address, feeBps })];
    const description = "# Lower the fee";
    const proposal = defineProposal({ calls, description, proposer: holder });
    const proposalId = getProposalId(proposal);
    const proposedAt = (await client.getBlock()).timestamp;
    await propose(account, { governor, calls, description });
    const until = async (time: bigint) => pass(Number(time - (await client.getBlock()).timestamp) + 1);
    const { snapshot, deadline } = await getProposal(client, { governor, proposalId });
    await until(snapshot);
    await vote(account, { governor, proposalId, support: "for" });
    await until(deadline);
    await queue(account, { governor, proposal });
    const { eta } = await getProposal(client, { governor, proposalId });
    assert.ok(eta - proposedAt >= BigInt(3 * DAY), "holders of shares can leave first");
    await assert.rejects(execute(account, { governor, proposal }));
    await until(eta);
    await execute(account, { governor, proposal });
    assert.equal(BigInt((await vault.read.config()).feeBps), feeBps);
  },
});

/** The protocol as the deployment makes it, with the replica's parameters: all addresses in them are mainnet's. */
async function deployProtocol({ connection, viem, wallet, give }: Connected) {
  const folder = path.join(hre.config.paths.root, "deployments/replica");
  const parameters = { ...(await readParameters(folder)), chainId: 1 };
  await give(tokens.usdc, 1_000n, user); // the vault's seed
  const { contracts } = await perform({ hre, connection, parameters, signer: user });
  const at = (name: string): Address => {
    const found = contracts.find((contract) => contract.name === name);
    if (!found) throw new Error(`Nothing was deployed as ${name}, but ${contracts.map((one) => one.name).join(", ")}.`);
    return found.address;
  };
  const by = { client: { wallet } };
  const [[holder]] = parameters.token.holders.filter(([holder]) => holder !== "treasury") as [[Address, bigint]];
  return {
    vault: await viem.getContractAt("CompoundingVault", at("mrUSDC"), by),
    adapter: await viem.getContractAt("AaveV3Adapter", at("mrUSDC_AaveV3Adapter"), by),
    auction: await viem.getContractAt("RewardAuction", at("mrUSDC_RewardAuction"), by),
    governor: at("MillGovernor"),
    token: at("MillToken"),
    holder,
  };
}

/** Whoever supplies USDC earns AAVE: as much as makes a lot for a small part of mainnet's supply. */
async function startRewards({ provider, client }: Connected): Promise<void> {
  await startEmission(provider, {
    ...{ asset: aave.aTokens.usdc, reward: tokens.aave, feed: feeds.aave, vault: aave.ecosystemReserve },
    perSecond: parseEther("0.05"),
    endsAt: (await client.getBlock()).timestamp + BigInt(365 * DAY),
  });
}
