import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { mainnet } from "@millrace/replica";
import hre from "hardhat";
import {
  type Address,
  encodeAbiParameters,
  getAddress,
  type Hex,
  hexToBigInt,
  keccak256,
  parseEther,
  parseUnits,
  slice,
  zeroHash,
} from "viem";

const DAY = 86_400n;
/** What a busy machine may take for all of it: the chain's clock runs along. */
const BUSY = 3_600n;
const BPS = 10_000n;
const WAD = 10n ** 18n;
const { usdc, aave, weth } = mainnet.tokens;
/** OpenZeppelin's order. */
const [DEFEATED, EXPIRED, EXECUTED] = [3, 6, 7];
const ANSWERS = ["against", "for", "abstain"] as const;

type Tally = Record<(typeof ANSWERS)[number], bigint>;

/*
 What `npm start` writes, each key worked out again from the events, the storage and the history of the chain that it keeps
 with `--serve`, without the SDK that the season is played through.
*/
describe("the season that npm start plays", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "millrace-season-"));
  const file = path.join(folder, "season.json");
  const { child, url, printed } = await play(file);
  const connection = await hre.network.create({ network: "replica", override: { url } });
  after(async () => {
    await connection.close();
    child.kill();
    await rm(folder, { recursive: true, force: true });
  });
  const json = JSON.parse(await readFile(file, "utf8"));
  const { viem } = connection;
  const client = await viem.getPublicClient();
  const wallets = await viem.getWalletClients();
  const who = (index: number): Address => getAddress(wallets[index]?.account.address ?? "0x");
  const voters = { first: who(4), second: who(5), third: who(6), contributor: who(10) } as const;
  const [depositor, buyer, changing] = [who(7), who(9), who(11)];
  const [underwriter, insured] = [who(12), who(13)];
  const at = (name: string): Address => json.addresses[name];
  const vault = await viem.getContractAt("CompoundingVault", at("mrUSDC"));
  const auction = await viem.getContractAt("RewardAuction", at("mrUSDC_RewardAuction"));
  const token = await viem.getContractAt("MillToken", at("MillToken"));
  const staking = await viem.getContractAt("VoteStaking", at("VoteStaking"));
  const governor = await viem.getContractAt("MillGovernor", at("MillGovernor"));
  const splitter = await viem.getContractAt("RevenueSplitter", at("RevenueSplitter"));
  const streams = await viem.getContractAt("PayrollStreams", at("PayrollStreams"));
  const asset = await viem.getContractAt("IERC20Metadata", usdc);
  const pool = await viem.getContractAt("UnderwritingPool", at("muUSDC"));
  const covers = await viem.getContractAt("CoverManager", at("muUSDC_CoverManager"));
  const incidents = await viem.getContractAt("IncidentModule", at("muUSDC_IncidentModule"));
  const ever = { fromBlock: 0n } as const;
  const timeOf = async (blockNumber: bigint): Promise<bigint> => (await client.getBlock({ blockNumber })).timestamp;
  const pps = (blockNumber: bigint): Promise<bigint> => vault.read.pps({ blockNumber });
  const [deposited] = await vault.getEvents.Deposit({ owner: depositor }, ever);
  const [compounded, again] = await vault.getEvents.Compounded({}, ever);
  const [lot] = await auction.getEvents.LotStarted({}, ever);
  const [taken] = await auction.getEvents.LotTaken({}, ever);
  const [split] = await splitter.getEvents.RevenueSplit({}, ever);
  const [claimed] = await streams.getEvents.StreamClaimed({}, ever);
  const proposed = await governor.getEvents.ProposalCreated(ever);
  const executed = await governor.getEvents.ProposalExecuted(ever);
  assert.ok(deposited && compounded && again && lot && taken && split && claimed);
  const [lowerFee = 0n, higherFee = 0n, salary = 0n, unsafe = 0n] = proposed.map(({ args }) => args.proposalId ?? 0n);
  assert.equal(new Set([lowerFee, higherFee, salary, unsafe]).size, 4);

  /** The season's integers are decimal strings. */
  const same = (found: unknown, expected: unknown): void => {
    const text = JSON.stringify(expected, (_, value) => (typeof value === "bigint" ? value.toString() : value));
    assert.deepEqual(found, JSON.parse(text));
  };
  const ballotsOn = async (id: bigint): Promise<readonly (Tally & { voter: string })[]> => {
    const whole = await governor.getEvents.VoteCast({}, ever);
    const parts = await governor.getEvents.VoteCastWithParams({}, ever);
    const cast = [...whole, ...parts]
      .filter(({ args }) => args.proposalId === id)
      .toSorted((one, other) => Number(one.blockNumber - other.blockNumber));
    return cast.map(({ args }) => {
      const voter = Object.entries(voters).find(([, account]) => account === args.voter)?.[0] ?? "nobody";
      return { voter, ...tallyOf(args as Ballot) };
    });
  };
  const standing = async (id: bigint, state: string, name: "routine" | "critical") => {
    const [against, inFavour, abstain] = await governor.read.proposalVotes([id]);
    // 4 and 15 % of all but the treasury's half, and more than half or three fifths of for and against.
    const votable = parseEther("500000000");
    return {
      ...{ proposalId: id, state, class: name, tally: { for: inFavour, against, abstain } },
      quorum: (votable * (name === "routine" ? 400n : 1_500n)) / BPS,
      approvalBps: name === "routine" ? 5_000n : 6_000n,
    };
  };
  const passes = ({ tally, quorum, approvalBps }: Awaited<ReturnType<typeof standing>>): boolean =>
    tally.for + tally.abstain >= quorum && tally.for * BPS > (tally.for + tally.against) * approvalBps;
  /** From proposing to executing. */
  const took = async (id: bigint): Promise<bigint> => {
    const from = proposed.find(({ args }) => args.proposalId === id)?.blockNumber ?? 0n;
    const to = executed.find(({ args }) => args.proposalId === id)?.blockNumber ?? 0n;
    return (await timeOf(to)) - (await timeOf(from));
  };

  it("deposits 100,000 USDC", () => {
    const { assets, shares } = deposited.args;
    assert.equal(assets, parseUnits("100000", 6));
    same(json.deposit, { assets, shares });
  });

  it("stakes a part of what each holder has, and a lock doubles the weight", async () => {
    const of = async (holder: "first" | "second" | "third", years: bigint, votesTo: keyof typeof voters) => {
      const staked = await staking.read.stakeOf([voters[holder]]);
      assert.equal(await staking.read.delegates([voters[holder]]), voters[votesTo]);
      return { holder, staked, lockDuration: years * 365n * DAY, weight: staked * (1n + years), votesTo };
    };
    const stakes = [
      await of("first", 0n, "first"),
      await of("second", 1n, "second"),
      await of("third", 0n, "contributor"),
    ];
    same(json.stakes, stakes);
    const millions = stakes.map(({ staked }) => staked / parseEther("1000000"));
    assert.deepEqual(millions, [100n, 50n, 20n]);
    for (const { holder, weight } of stakes) assert.equal(await staking.read.weightOf([voters[holder]]), weight);
  });

  it("compounds after 30 days, and has Aave's reward claimed", async () => {
    const { blockNumber } = compounded;
    // A block that lets time pass lies between.
    const prices = { sharePriceBefore: await pps(blockNumber - 2n), sharePriceAfter: await pps(blockNumber) };
    same(json.compound, { ...prices, reward: lot.args.amount });
    const elapsed = (await timeOf(blockNumber)) - (await timeOf(deposited.blockNumber));
    assert.ok(elapsed >= 30n * DAY && elapsed < 30n * DAY + BUSY, `${elapsed} s`);
    // 50,000 AAVE a year, of which the vault has its part of 500 million and a tenth; interest moves both a little.
    const expected = (((parseEther("50000") * elapsed) / (365n * DAY)) * 100_000n) / 500_100_000n;
    const reward = lot.args.amount ?? 0n;
    assert.ok(reward * 100n > expected * 99n && reward * 100n < expected * 101n, `${reward} of ${expected}`);
    assert.ok(prices.sharePriceAfter > prices.sharePriceBefore);
  });

  it("sells the reward to a buyer who would get a little more for it on Uniswap", async () => {
    const { amount = 0n, payment = 0n, token: sold } = taken.args;
    const { gain = 0n, tip = 0n } = again.args;
    assert.deepEqual([amount, sold, taken.args.taker], [lot.args.amount, getAddress(aave), buyer]);
    const prices = {
      sharePriceBefore: await pps(again.blockNumber - 1n),
      sharePriceAfter: await pps(again.blockNumber + 1n), // the block that lets ten days pass
    };
    // The listing is 200 USDC for one AAVE, and four times that in the first second.
    const anchor = parseUnits("200", 6);
    const askedAtFirst = ceilDiv(amount * 4n * anchor, WAD);
    const worth = BigInt(json.auction.worth);
    same(json.auction, { amount, askedAtFirst, worth, payment, gain, tip, ...prices });
    // It halves every half an hour, evenly within each.
    const elapsed = (await timeOf(taken.blockNumber)) - (await timeOf(lot.blockNumber));
    const halvings = elapsed / 1_800n;
    const price = ceilDiv(4n * anchor * WAD * (3_600n - (elapsed % 1_800n)), 3_600n << halvings);
    assert.equal(payment, ceilDiv(amount * price, WAD * WAD));
    // Two minutes of a half-life are a fifteenth, and the buyer looks once a minute.
    assert.ok(payment <= worth && payment * 100n >= worth * 93n, `${payment} of ${worth}`);
    // A hundredth goes to whoever compounds, and the fee is a tenth of the rest.
    assert.deepEqual([gain + tip, tip], [payment, payment / 100n]);
    const supply = await vault.read.totalSupply({ blockNumber: again.blockNumber });
    const rise = ((prices.sharePriceAfter - prices.sharePriceBefore) * supply) / (WAD * 10n ** 12n);
    assert.ok(rise * 10n >= gain * 9n, `${rise} of ${gain}`);
  });

  it("asks Uniswap what the reward is worth", () => {
    const { amount = 0n } = taken.args;
    // By its price feeds, 200 dollars: the two pools keep 0.35 %, and the price moves a little.
    const [worth, fair] = [BigInt(json.auction.worth), (amount * parseUnits("200", 6)) / WAD];
    assert.ok(worth < fair && worth * 1_000n > fair * 990n, `${worth} of ${fair}`);
  });

  it("shares the vault's fee between stakers and treasury", async () => {
    const [redeemed] = await splitter.getEvents.Redeemed({}, ever);
    assert.ok(redeemed);
    const minted = await vault.getEvents.FeeAccrued({ ...ever, toBlock: redeemed.blockNumber - 1n });
    const { shares: feeShares = 0n, assets = 0n } = redeemed.args;
    assert.equal(
      feeShares,
      minted.reduce((sum, { args }) => sum + (args.feeShares ?? 0n), 0n),
    );
    const toTreasury = (assets * 3_000n) / BPS;
    same(json.revenue, { feeShares, redeemed: assets, toStakers: assets - toTreasury, toTreasury });
    assert.equal(await asset.read.balanceOf([at("Treasury")]), toTreasury);
  });

  it("votes with what everyone had a day after the proposal: for, against and both ways", async () => {
    const cast = await Promise.all([lowerFee, higherFee, salary, unsafe].map(ballotsOn));
    const [onLower, onHigher, onSalary, onUnsafe] = cast;
    same(json.ballots, { lowerFee: onLower, higherFee: onHigher, salary: onSalary, unsafe: onUnsafe });
    // Of 250, 150 and 100 million the third lends 20, and each votes with all it has.
    const has = { first: 250n, second: 150n, third: 80n, contributor: 20n };
    for (const ballot of cast.flat()) {
      const votes = ballot.for + ballot.against + ballot.abstain;
      assert.equal(votes, has[ballot.voter as keyof typeof has] * parseEther("1000000"), ballot.voter);
    }
    const [first, second, third] = onLower ?? [];
    assert.ok(first && second && third);
    assert.ok(first.for > 0n && second.against > 0n && third.for > 0n && third.against > 0n);
    for (const [at, id] of [lowerFee, higherFee, salary, unsafe].entries()) {
      const [against, inFavour, abstain] = await governor.read.proposalVotes([id]);
      const sum = (answer: keyof Tally): bigint => (cast[at] ?? []).reduce((all, one) => all + one[answer], 0n);
      assert.deepEqual([against, inFavour, abstain], [sum("against"), sum("for"), sum("abstain")]);
    }
  });

  it("lowers the fee eight days after that was proposed, and not to what was defeated", async () => {
    const lower = await standing(lowerFee, "Executed", "routine");
    const { feeBps } = await vault.read.config();
    same(json.vote, { ...lower, changed: { what: "feeBps", from: 1_000n, to: BigInt(feeBps) } });
    assert.equal(feeBps, 800);
    assert.equal(await governor.read.state([lowerFee]), EXECUTED);
    const higher = await standing(higherFee, "Defeated", "routine");
    same(json.defeated, higher);
    assert.equal(await governor.read.state([higherFee]), DEFEATED);
    assert.deepEqual([passes(lower), passes(higher)], [true, false]);
    const time = await took(lowerFee);
    assert.ok(time >= 8n * DAY && time < 8n * DAY + BUSY, `${time} s`);
  });

  it("G7 GA5 refuses to call code that has changed, which it would have called a block before", async () => {
    const pinOf = (code: Hex, ...others: readonly (readonly [Address, Hex])[]): bigint => {
      const pinned = [...others, [changing, code] as const].reduce((chain, [target, runtime]) => {
        const types = [{ type: "bytes32" }, { type: "address" }, { type: "bytes32" }] as const;
        return keccak256(encodeAbiParameters(types, [chain, target, keccak256(runtime)]));
      }, zeroHash as Hex);
      return hexToBigInt(slice(pinned, 10));
    };
    const codeOf = async (address: Address): Promise<Hex> => (await client.getCode({ address })) ?? "0x";
    const others = [
      [at("Treasury"), await codeOf(at("Treasury"))],
      [at("MillToken"), await codeOf(at("MillToken"))],
    ] as const;
    // What an account that delegates to a contract has as its code (EIP-7702).
    const delegating = (to: Address): Hex => `0xef0100${to.slice(2).toLowerCase()}`;
    const [pinned, found] = [pinOf(delegating(streams.address), ...others), pinOf(delegating(weth), ...others)];
    const refused = await standing(unsafe, "Queued", "critical");
    const error = { name: "MillGovernor__TargetCodeChanged", pinned, found };
    same(json.refused, { ...refused, target: changing, error });
    assert.ok(passes(refused));
    assert.equal(await codeOf(changing), delegating(weth).toLowerCase());
    assert.equal(await governor.read.state([unsafe]), EXPIRED); // 30 days and more have passed
    const { targets, values, calldatas, description } = proposed[3]?.args ?? {};
    assert.ok(targets && values && calldatas && description);
    const args = [targets, values, calldatas, keccak256(new TextEncoder().encode(description))] as const;
    const changed = await changeBlock(changing);
    const attempt = (blockNumber: bigint) => governor.simulate.execute(args, { blockNumber });
    assert.equal((await attempt(changed - 1n)).result, unsafe);
    await viem.assertions.revertWithCustomErrorWithArgs(
      attempt(changed) as never,
      governor,
      "MillGovernor__TargetCodeChanged",
      [unsafe, pinned, found],
    );
    assert.equal(await token.read.allowance([at("TimelockController"), changing]), 0n);
  });

  it("pays a salary by the second, thirteen days after it was proposed", async () => {
    const streamId = (BigInt(token.address) << 96n) + 1n;
    const stream = await streams.read.streamOf([streamId]);
    const [start, end, total] = [BigInt(stream.start), BigInt(stream.end), parseEther("120000")];
    const claimedAt = await timeOf(claimed.blockNumber);
    const flowed = (total * (claimedAt - start)) / (end - start);
    const payroll = { streamId, total, start, end, claimed: flowed, claimedAt };
    const decided = await standing(salary, "Executed", "critical");
    same(json.payroll, { ...decided, ...payroll });
    assert.ok(passes(decided));
    assert.equal(await governor.read.state([salary]), EXECUTED);
    assert.deepEqual([stream.recipient, getAddress(stream.refundTo)], [voters.contributor, getAddress(at("Treasury"))]);
    assert.deepEqual([stream.total, stream.claimed, end - start], [total, flowed, 90n * DAY]);
    const held = [voters.contributor, streams.address, at("Treasury"), at("TimelockController")];
    assert.deepEqual(await Promise.all(held.map((account) => token.read.balanceOf([account]))), [
      flowed,
      total - flowed,
      parseEther("500000000") - total,
      0n,
    ]);
    const time = await took(salary);
    assert.ok(time >= 13n * DAY && time < 13n * DAY + BUSY, `${time} s`);
  });

  it("pays the stakers their parts of the fee, by weight", async () => {
    const paid = await staking.getEvents.RewardPaid({}, ever);
    const weights = [100n, 100n, 20n];
    const rewards = (["first", "second", "third"] as const).map((holder, at) => {
      assert.equal(paid[at]?.args.account, voters[holder]);
      return { holder, claimed: paid[at]?.args.amount ?? 0n };
    });
    same(json.rewards, rewards);
    const toStakers = split.args.toStakers ?? 0n;
    for (const [at, { claimed: got }] of rewards.entries()) {
      const part = (toStakers * (weights[at] ?? 0n)) / 220n;
      // What a step of the index, 10^-24 of a wei for each of a staker's weight, can't express waits for the next week.
      assert.ok(got > 0n && got <= part && part - got <= (weights[at] ?? 0n), `${got} of ${part}`);
    }
  });

  it("gives the depositor everything", async () => {
    const [withdrawn] = await vault.getEvents.Withdraw({ owner: depositor }, ever);
    const assets = withdrawn?.args.assets ?? 0n;
    same(json.redeem, { assets });
    assert.equal(await vault.read.balanceOf([depositor]), 0n);
    const earned = assets - parseUnits("100000", 6);
    assert.equal(await asset.read.balanceOf([depositor]), parseUnits("1000000", 6) + earned);
    // Interest for eighty days and nine tenths of the reward, which alone is that much.
    assert.ok(earned * 10n > BigInt(json.auction.gain) * 9n, `${earned}`);
  });

  it("sells cover with a deposit, for a premium that has three receivers", async () => {
    const [bought] = await covers.getEvents.CoverBought({}, ever);
    const deposits = await vault.getEvents.Deposit({}, ever);
    const into = deposits.find(({ transactionHash }) => transactionHash === bought?.transactionHash);
    const [backed] = await pool.getEvents.Deposited({ receiver: underwriter }, ever);
    assert.ok(bought && into && backed);
    const { id: coverId = 0n, premium = 0n, entry = 0n, amount } = bought.args;
    const [capital, assets] = [parseUnits("300000", 6), parseUnits("100000", 6)];
    assert.deepEqual([amount, backed.args.assets, into.args.assets], [assets, capital, assets]);
    const shares = into.args.shares ?? 0n;
    // A tenth and a fifth, both rounded down.
    const [toDao, toReserve] = [premium / 10n, premium / 5n];
    const parts = { toDao, toReserve, toUnderwriters: premium - toDao - toReserve };
    same(json.cover, { capital, assets, shares, coverId, amount, premium, ...parts, entry });
    // The curve begins at 2 % and rises by 4 % until 80 % of the capacity are used: its mean from 0 to a third.
    const until = BigInt((await covers.read.coverOf([coverId], { blockNumber: bought.blockNumber })).bucket) * 7n * DAY;
    const billed = until - (await timeOf(bought.blockNumber));
    const yearly = (2n * assets * 100n) / 10_000n + (4n * assets * 100n * 100n) / (2n * 240n * 10_000n);
    const expected = (yearly * billed) / (365n * DAY);
    assert.ok(premium >= expected && premium <= expected + 2n, `${premium}, not ${expected}`);
    // 90 days, 35 to claim in, and the rest of a week.
    assert.ok(billed >= 125n * DAY && billed < 132n * DAY);
    const price = await covers.read.priceOf([0], { blockNumber: bought.blockNumber });
    assert.equal(entry, price);
  });

  it("pays the vault's loss beyond the first 10 %: the reserve first, then the underwriters", async () => {
    const readings = await incidents.getEvents.PriceRecorded({}, ever);
    const [settled] = await pool.getEvents.ClaimSettled({}, ever);
    const [closed] = await incidents.getEvents.IncidentClosed({}, ever);
    const [opened] = await incidents.getEvents.IncidentOpened({}, ever);
    assert.ok(settled && closed && opened);
    const values = readings.map(({ args }) => args.price ?? 0n).toSorted((one, other) => Number(one - other));
    assert.equal(values.length, 3);
    const lossPrice = values[1] ?? 0n;
    const [entry, shares] = [BigInt(json.cover.entry), BigInt(json.cover.shares)];
    const paid = (shares * ((entry * 9n) / 10n - lossPrice)) / 10n ** 27n;
    const fromReserve = BigInt(json.cover.toReserve); // all that was there
    same(json.loss, { lossPrice, paid, fromReserve, fromUnderwriters: paid - fromReserve });
    const { pay, fromReserve: drawn, receiver } = settled.args;
    assert.deepEqual([pay, drawn, receiver], [paid, fromReserve, insured]);
    // Half of the vault is gone: interest for half of the time moves it a little.
    assert.ok(lossPrice * 100n > entry * 49n && lossPrice * 100n < entry * 51n, `${lossPrice} of ${entry}`);
    const took = (await timeOf(closed.blockNumber)) - (await timeOf(opened.blockNumber));
    assert.ok(took >= 14n * DAY && took < 14n * DAY + BUSY, `${took} s`);
  });

  it("leaves the insured with a tenth less and the premium, and the underwriters with what they earned and paid", async () => {
    const [withdrawn] = await vault.getEvents.Withdraw({ owner: insured }, ever);
    const redeemed = withdrawn?.args.assets ?? 0n;
    const blockNumber = withdrawn?.blockNumber ?? 0n;
    const { assets: worth, unearned } = await pool.read.books({ blockNumber });
    same(json.release, { kept: 0n, redeemed, worth, unearned });
    const { cover, loss } = json;
    const net = BigInt(loss.paid) + redeemed - BigInt(cover.premium) - BigInt(cover.assets);
    assert.equal((await asset.read.balanceOf([insured])) - parseUnits("1000000", 6), net);
    const lost = -net - BigInt(cover.premium);
    assert.ok(lost * 100n > BigInt(cover.assets) * 9n && lost * 100n < BigInt(cover.assets) * 11n, `${lost}`);
    const streamed = BigInt(cover.toUnderwriters) - unearned;
    assert.equal(worth, BigInt(cover.capital) + streamed - BigInt(loss.fromUnderwriters));
    assert.equal(
      await pool.read.convertToAssets([await pool.read.balanceOf([underwriter], { blockNumber })], { blockNumber }),
      worth,
    );
    assert.equal(await pool.read.checkInvariants(), 0n);
  });

  it("has the vault lend on Aave again in the end, with what was given back", async () => {
    const entries = await vault.read.entries();
    assert.deepEqual(
      entries.map(({ adapter, cap }) => [getAddress(adapter), cap]),
      [[getAddress(at("mrUSDC_AaveV3Adapter")), parseUnits("50000000", 6)]],
    );
    const [recalled] = await vault.getEvents.Recalled({}, ever);
    const returned = recalled?.args.assets ?? 0n;
    assert.ok(returned > parseUnits("49000", 6), `${returned}`);
    const adapter = await viem.getContractAt("AaveV3Adapter", at("mrUSDC_AaveV3Adapter"));
    assert.ok((await adapter.read.realAssets()) >= returned);
    // Whoever tries something on the chain that is kept can deposit: the price is back at the mark.
    const room = await vault.read.maxDeposit([buyer]);
    assert.ok(room > 0n && room < parseUnits("50000000", 6), `${room}`);
  });

  it("says where every contract is, and nothing that was not looked at here", async () => {
    for (const [name, address] of Object.entries(json.addresses))
      assert.ok(await client.getCode({ address: address as Address }), name);
    const parts = ["deposit", "stakes", "compound", "auction", "revenue", "ballots", "vote", "defeated"];
    assert.deepEqual(Object.keys(json), [
      ...[...parts, "refused", "payroll", "rewards", "redeem"],
      ...["cover", "loss", "release", "addresses"],
    ]);
  });

  it("prints what it has written", () => {
    const shown = (amount: string, decimals: number): string =>
      `${(BigInt(amount) / 10n ** BigInt(decimals)).toLocaleString("en")}.${amount.slice(-decimals).slice(0, 6)}`;
    const rows = [
      `USDC out +${shown(json.redeem.assets, 6)}`,
      `paid to the vault +${shown(json.auction.payment, 6)}`,
      `to stakers +${shown(json.revenue.toStakers, 6)}`,
      `claimed after 30 days +${shown(json.payroll.claimed, 18)}`,
      `for 90 days of cover of 100,000 +${shown(json.cover.premium, 6)}`,
      `loss beyond the first 10 % +${shown(json.loss.paid, 6)}`,
      `is worth +${shown(json.release.worth, 6)}`,
      "Executed: fee of the vault +10 % → 8 %",
      "third holder +50 for, 30 against +80 abstain +80 for +80 for",
      "outcome +Executed +Defeated +Executed +Refused",
      "MillGovernor__TargetCodeChanged: 0x[0-9a-f]{8}… was voted on, 0x[0-9a-f]{8}… is there",
    ];
    for (const row of rows) assert.match(printed, new RegExp(row), row);
  });

  /** The first block after which an account delegates to WETH. */
  async function changeBlock(account: Address): Promise<bigint> {
    let [low, high] = [0n, await client.getBlockNumber()];
    const now = await client.getCode({ address: account });
    while (low < high) {
      const middle = (low + high) / 2n;
      if ((await client.getCode({ address: account, blockNumber: middle })) === now) high = middle;
      else low = middle + 1n;
    }
    return low;
  }
});

/** Runs it until it keeps its chain for others. */
async function play(file: string) {
  const { root } = hre.config.paths;
  const script = path.join(root, "scripts/start/index.ts");
  const child = spawn(process.execPath, [script, "--serve", "--json", file], {
    ...{ cwd: root, stdio: ["ignore", "pipe", "inherit"] },
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CI: "true", HARDHAT_DISABLE_TELEMETRY: "true" },
  });
  const lines: string[] = [];
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`It ended with ${code}:\n${lines.join("\n")}`);
  });
  const served = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(stripVTControlCharacters(line));
      const url = /^The chain is at (\S+),/.exec(lines.at(-1) ?? "")?.[1];
      if (url) return url;
    }
    return await ended;
  })();
  const url = await Promise.race([served, ended]);
  ended.catch(() => {}); // it is killed in the end
  return { child, url, printed: lines.join("\n") };
}

type Ballot = { readonly support: number; readonly weight: bigint; readonly params?: Hex };

function tallyOf({ support, weight, params }: Ballot): Tally {
  const tally = { for: 0n, against: 0n, abstain: 0n };
  const answer = ANSWERS[support];
  if (answer) return { ...tally, [answer]: weight };
  // Three numbers of 16 bytes side by side.
  const [against = 0n, inFavour = 0n, abstain = 0n] = [0, 16, 32].map((from) =>
    hexToBigInt(slice(params ?? "0x", from, from + 16)),
  );
  return { for: inFavour, against, abstain };
}

function ceilDiv(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
