import assert from "node:assert/strict";
import { it } from "node:test";
import { mainnet, startEmission, startReplica } from "@millrace/replica";
import { network } from "hardhat";
import { type Address, erc20Abi, formatUnits, isAddressEqual, parseAbi, parseEther, parseUnits, zeroHash } from "viem";

const { tokens, feeds, aave } = mainnet;
const DAY = 86_400n;
const DEAD: Address = "0x000000000000000000000000000000000000dEaD";
const usdc = (amount: string): bigint => parseUnits(amount, 6);
const hostileAbi = parseAbi(["function setValue(uint8 value, uint256 parameter)"]);
/** A flow through Aave rounds away at most two wei, and the views here are read a second after the books. */
const WEI_PER_FLOW = 2n;

it("I1 A2 L3: a season on Aave with rewards and a market that breaks; everyone leaves, and the books balance", async () => {
  const connection = await network.create("mainnetReplica");
  const replica = await startReplica({ connection });
  const { viem } = connection;
  const client = await viem.getPublicClient();
  const [boss, ...others] = await viem.getWalletClients();
  const holders = others.slice(0, 4);
  const [feeRecipient, taker] = others.slice(4, 6);
  const balance = (owner: Address): Promise<bigint> =>
    client.readContract({ address: tokens.usdc, abi: erc20Abi, functionName: "balanceOf", args: [owner] });
  let flows = 0n;
  // The replica's accounts hold tokens before: what counts is what comes on top.
  const had = new Map<Address, bigint>();
  const approve = async (wallet: (typeof others)[number], spender: Address): Promise<void> => {
    const args = [spender, 2n ** 256n - 1n] as const;
    await wallet.writeContract({ address: tokens.usdc, abi: erc20Abi, functionName: "approve", args });
  };

  const manager = await viem.deployContract("AccessManager", [boss.account.address]);
  const terms = [tokens.usdc, "Season", "SEASON", manager.address, feeRecipient.account.address, 1_000n, 30n] as const;
  const vault = await viem.deployContract("CompoundingVault", [...terms]);
  await replica.fund({ token: tokens.usdc, to: boss.account.address, amount: 1_000n });
  await approve(boss, vault.address);
  await vault.write.deposit([1_000n, DEAD]);
  const lending = await viem.deployContract("AaveV3Adapter", [vault.address, aave.pool]);
  const fragile = await viem.deployContract("HostileAdapter", [tokens.usdc, vault.address, zeroHash, zeroHash]);
  const auction = await viem.deployContract("RewardAuction", [vault.address]);
  for (const adapter of [lending.address, fragile.address]) {
    await vault.write.addAdapter([adapter]);
    await vault.write.raiseCap([adapter, 2n ** 88n - 1n]);
  }
  for (const risk of await lending.read.riskIds())
    if (risk !== zeroHash) await vault.write.raiseGroupCap([risk, 2n ** 128n - 1n, 10_000n]);
  await vault.write.setAuction([auction.address]);
  await auction.write.list([tokens.aave, 100n * 10n ** 6n * 10n ** 18n, parseEther("1")]);
  await startEmission(connection.provider, {
    ...{ asset: aave.aTokens.usdc, reward: tokens.aave, feed: feeds.aave, vault: aave.ecosystemReserve },
    ...{ perSecond: parseEther("0.05"), endsAt: (await client.getBlock()).timestamp + 365n * DAY },
  });

  /** NAV and lock are all there is, but for what came in since the books were written. */
  const balanced = async (what: string): Promise<void> => {
    const [{ idle }, entries, real] = await Promise.all([
      vault.read.books(),
      vault.read.entries(),
      lending.read.realAssets(),
    ]);
    const [nav, locked] = await Promise.all([vault.read.totalAssets(), vault.read.locked()]);
    const listed = entries.some(({ adapter }) => isAddressEqual(adapter, fragile.address));
    const counted = listed ? ((await fragile.read.realAssets()) as bigint) : 0n;
    const waiting = idle + real + counted - nav - locked;
    assert.ok(waiting >= 0n, `${what}: NAV and lock are ${-waiting} wei more than there is`);
    assert.ok(waiting <= WEI_PER_FLOW * flows, `${what}: ${waiting} wei are in nobody's books`);
  };

  for (const { account } of [...holders, feeRecipient]) had.set(account.address, await balance(account.address));
  for (const holder of holders) {
    await replica.fund({ token: tokens.usdc, to: holder.account.address, amount: usdc("100000") });
    await approve(holder, vault.address);
    await vault.write.deposit([usdc("100000"), holder.account.address], { account: holder.account });
    flows += 1n;
  }
  await vault.write.deallocate([lending.address, usdc("80000")]);
  await vault.write.allocate([fragile.address, usdc("80000")]);
  flows += 2n;
  await vault.write.accrue();
  await balanced("a fifth is in a market of its own");

  for (let week = 0; week < 4; week++) {
    await replica.increaseTime(7n * DAY);
    await vault.write.compound();
    flows += 1n;
    await balanced(`week ${week + 1}`);
  }
  assert.ok((await vault.read.pps()) > 10n ** 18n, "interest raised the price");
  await replica.fund({ token: tokens.usdc, to: taker.account.address, amount: usdc("100000000") });
  await approve(taker, auction.address);
  const { remaining } = await auction.read.lot([tokens.aave]);
  assert.ok(remaining > 0n, "rewards are for sale");
  await replica.increaseTime(3_600n);
  const deadline = (await client.getBlock()).timestamp + DAY;
  const paid = await auction.read.quote([tokens.aave, remaining]);
  await auction.write.take([tokens.aave, remaining, 2n * paid, taker.account.address, deadline, "0x"], {
    account: taker.account,
  });
  await vault.write.compound();
  flows += 1n;
  assert.ok((await vault.read.locked()) > 0n, "what was paid is locked");
  await balanced("rewards are locked");
  await replica.increaseTime(11n * DAY);
  await vault.write.accrue();

  // The market breaks. Two holders leave past it, one after the other, for the same per share.
  const breakIt = (value: number): Promise<unknown> =>
    boss.writeContract({ address: fragile.address, abi: hostileAbi, functionName: "setValue", args: [value, 0n] });
  await breakIt(3);
  const exits: bigint[] = [];
  for (const holder of holders.slice(0, 2)) {
    const who = holder.account.address;
    const shares = await vault.read.balanceOf([who]);
    await assert.rejects(vault.write.redeem([shares, who, who], { account: holder.account }), /AdapterFailed/);
    const before = await balance(who);
    await vault.write.exit([shares, who, who, 0n, [fragile.address]], { account: holder.account });
    exits.push((await balance(who)) - before);
    flows += 1n;
  }
  const [first = 0n, second = 0n] = exits;
  // A block passes between them, in which Aave pays interest on what is left.
  assert.ok(second - first < usdc("1") && first - second < usdc("1"), `${first} and ${second}`);

  // It is dropped: the loss shows, the others can redeem again; what it holds comes back later, through the lock.
  await assert.rejects(vault.write.removeAdapter([fragile.address, usdc("100000000")]), /AboveMaxLoss/);
  await vault.write.removeAdapter([fragile.address, 2n ** 256n - 1n]);
  await vault.write.accrue();
  await balanced("the broken market is dropped");
  const third = holders[2].account;
  await vault.write.redeem([await vault.read.balanceOf([third.address]), third.address, third.address], {
    account: third,
  });
  flows += 1n;
  await breakIt(0);
  await vault.write.recall([fragile.address]);
  await vault.write.compound();
  flows += 2n;
  await replica.increaseTime(11n * DAY);
  await vault.write.accrue();
  await balanced("what it held came back");
  for (const { account } of [holders[3], feeRecipient]) {
    await vault.write.redeem([await vault.read.balanceOf([account.address]), account.address, account.address], {
      account,
    });
    flows += 1n;
  }
  await vault.write.accrue();
  await balanced("everyone has left");
  assert.equal(await vault.read.totalSupply(), await vault.read.balanceOf([DEAD]), "only the seed is left");
  const got = await Promise.all(
    [...holders, feeRecipient].map(
      async ({ account }) => (await balance(account.address)) - (had.get(account.address) ?? 0n),
    ),
  );
  const left = await vault.read.totalAssets();
  const worth = (1_000n * (await vault.read.pps())) / 10n ** 18n;
  const interest = got.reduce((sum, one) => sum + one, left) - 4n * usdc("100000") - 1_000n - paid;
  console.log(
    `  of 100,000 each got ${got
      .slice(0, 4)
      .map((one) => formatUnits(one, 6))
      .join(", ")}; fee ${formatUnits(got[4] ?? 0n, 6)}`,
  );
  console.log(
    `  rewards ${formatUnits(paid, 6)}, interest ${formatUnits(interest, 6)}; left ${left} wei, the seed's ${worth}; ${flows} flows`,
  );
  assert.ok(left - worth <= 1n && worth - left <= 1n, "what is left is the seed's");
  assert.ok(interest > 0n, "everything that was paid in, and interest, was paid out");
  for (const early of got.slice(0, 3))
    assert.ok(early > usdc("80000") && early < usdc("100000"), "four fifths, and their part of the gains");
  assert.ok((got[3] ?? 0n) > usdc("150000"), "who stayed has what the three leavers forwent");
  await connection.close();
});
