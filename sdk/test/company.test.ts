import { type Address, pad, parseEther, stringToHex } from "viem";
import { writeContract } from "viem/actions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MillToken } from "../src/abis/index.ts";
import {
  approve,
  balanceOf,
  cancelStream,
  claimStream,
  convertRevenue,
  createStream,
  defineProposal,
  delegate,
  deposit,
  distributeRevenue,
  freeze,
  freezeBudget,
  getBallotRelayedEvents,
  getBudget,
  getBudgetSpentEvent,
  getProposalCreatedEvent,
  getRevenueSplit,
  getRevenueSplitEvent,
  getRevert,
  getStream,
  getStreamCancelledEvent,
  getStreamClaimedEvent,
  getStreamCreatedEvent,
  preparePay,
  prepareSetBudget,
  prepareSetRevenueSplit,
  prepareUnfreeze,
  prepareUnfreezeBudget,
  propose,
  relayVotes,
  signVote,
  simulateProposal,
  spend,
  stake,
} from "../src/index.ts";
import { executeCall, grantRole, setTargetFunctionRole } from "../src/roles/index.ts";
import { startChain, type TestChain, type Wallet } from "./chain.ts";
import { deployDao } from "./dao.ts";
import { deployVault } from "./vaults.ts";

const DAY = 86_400n;
const DERISK = 4n;

describe("treasury, streams, revenue, relay", () => {
  let chain: TestChain;
  let dao: Awaited<ReturnType<typeof deployDao>>;
  let world: Awaited<ReturnType<typeof deployVault>>;
  let admin: Wallet;
  let owner: Address;
  let treasury: Address;
  beforeAll(async () => {
    chain = await startChain();
    admin = chain.wallet(0);
    owner = admin.account.address;
    dao = await deployDao(chain, { holder: owner });
    world = await deployVault(chain, { decimals: 18 });
    treasury = await chain.deploy("Treasury", [world.manager, dao.token]);
    await grantRole(admin, { manager: world.manager, roleId: 0n, member: dao.timelock, executionDelay: 0 });
  });
  afterAll(() => chain.stop());

  test("a budget: what its spender can spend, refilling, frozen, and the DAO's power over it", async () => {
    const { asset, manager, token: test } = world;
    const spender = chain.wallet(1);
    const receiver = chain.wallet(2).account.address;
    const id = pad(stringToHex("grants"), { dir: "right" });
    const terms = {
      token: asset,
      window: 30 * 86_400,
      expiresAt: Number((await chain.now()) + 300n * DAY),
      spender: spender.account.address,
      capacity: 3_000n,
    };
    await test.write.mint([treasury, 100_000n]);
    await executeCall(admin, { manager, call: prepareSetBudget({ treasury, id, terms }) });
    expect(await getBudget(chain.client, { treasury, id })).toEqual({ terms, isFrozen: false, available: 3_000n });

    const spent = await chain.receipt(spend(spender, { treasury, id, receiver, amount: 2_000n }));
    expect(getBudgetSpentEvent(spent, { treasury })).toEqual({
      id,
      spender: spender.account.address,
      to: receiver,
      token: asset,
      amount: 2_000n,
    });
    const tooMuch = await spend(spender, { treasury, id, receiver, amount: 2_000n }).catch((e) => e);
    expect(getRevert(tooMuch)?.name).toBe("Treasury__BudgetExceeded");
    await chain.travel(15n * DAY); // half a window refills half the bucket
    expect((await getBudget(chain.client, { treasury, id })).available).toBeGreaterThanOrEqual(2_500n);

    await freezeBudget(admin, { treasury, id });
    expect((await getBudget(chain.client, { treasury, id })).isFrozen).toBe(true);
    const stopped = await spend(spender, { treasury, id, receiver, amount: 1n }).catch((e) => e);
    expect(getRevert(stopped)).toEqual({ name: "Treasury__BudgetFrozen", args: [id] });
    await freeze(admin, { treasury });
    for (const call of [prepareUnfreezeBudget({ treasury, id }), prepareUnfreeze({ treasury })]) {
      await executeCall(admin, { manager, call });
    }
    await spend(spender, { treasury, id, receiver, amount: 1n });
    expect(await balanceOf(chain.client, { token: asset, owner: receiver })).toBe(2_001n);

    // What the DAO would do about it, without a vote.
    const calls = [preparePay({ treasury, token: asset, receiver, amount: 5n })];
    const proposal = defineProposal({ calls, description: "Pay", proposer: owner });
    const watches = [{ token: asset, account: receiver }];
    const { succeeded, balances } = await simulateProposal(chain.client, { governor: dao.governor, proposal, watches });
    expect({ succeeded, balances }).toMatchObject({ succeeded: true, balances: [{ before: 2_001n, after: 2_006n }] });
  });

  test("a guardian freezes, and nothing else", async () => {
    const { manager } = world;
    const guardian = chain.wallet(3);
    await setTargetFunctionRole(admin, { manager, target: treasury, selectors: ["0x62a5af3b"], roleId: DERISK }); // freeze()
    await grantRole(admin, { manager, roleId: DERISK, member: guardian.account.address, executionDelay: 0 });
    await freeze(guardian, { treasury });
    const call = prepareUnfreeze({ treasury });
    const refused = await executeCall(guardian, { manager, call }).catch((e) => e);
    expect(getRevert(refused)?.name).toBe("AccessManagerUnauthorizedCall");
    await executeCall(admin, { manager, call });
  });

  test("a stream: flows by the second, is claimed, and ends half-way", async () => {
    const { asset } = world;
    const streams = await chain.deploy("PayrollStreams");
    const recipient = chain.wallet(4);
    const start = Number(await chain.now()) + 100;
    const plan = {
      token: asset,
      recipient: recipient.account.address,
      refundTo: owner,
      amount: 1_000_000n,
      start,
      cliff: start + 10,
      end: start + 1_000_000,
    };
    await approve(admin, { token: asset, spender: streams, amount: plan.amount });
    const created = getStreamCreatedEvent(await chain.receipt(createStream(admin, { streams, plan })), { streams });
    const streamId = created.id;
    expect(streamId).toBe((BigInt(asset) << 96n) + 1n);
    expect(created).toMatchObject({ funder: owner, total: 1_000_000n });
    await chain.travel(500_000n);
    const { vested, claimable, end } = await getStream(chain.client, { streams, streamId });
    expect(claimable).toBe(vested);
    expect(vested).toBe((await chain.now()) - BigInt(start)); // a wei a second
    expect(end).toBe(plan.end);
    const receiver = recipient.account.address;
    const notMine = await claimStream(admin, { streams, streamId, receiver: owner }).catch((e) => e);
    expect(getRevert(notMine)).toEqual({ name: "PayrollStreams__NotRecipient", args: [streamId, owner] });
    const claimed = await chain.receipt(claimStream(recipient, { streams, streamId, receiver }));
    expect(getStreamClaimedEvent(claimed, { streams }).amount).toBeGreaterThanOrEqual(vested);
    const cancelled = getStreamCancelledEvent(await chain.receipt(cancelStream(admin, { streams, streamId })), {
      streams,
    });
    expect(cancelled.kept + cancelled.refunded).toBe(1_000_000n);
  });

  test("revenue: fee shares become the reward token and are split", async () => {
    const { staking, token, timelock } = dao;
    const split = { stakersBps: 5_000, treasuryBps: 3_000, reserveBps: 2_000, reserve: timelock };
    const splitter = await chain.deploy("RevenueSplitter", [world.manager, staking, treasury, split]);
    expect(await getRevenueSplit(chain.client, { splitter })).toEqual(split);
    await executeCall(admin, {
      manager: world.manager,
      call: prepareSetRevenueSplit({ splitter, split: { ...split, stakersBps: 6_000, treasuryBps: 2_000 } }),
    });

    await approve(admin, { token, spender: staking, amount: parseEther("10") });
    await stake(admin, { staking, assets: parseEther("10"), delegatee: owner });
    await writeContract(admin, {
      abi: MillToken.abi,
      address: token,
      functionName: "transfer",
      args: [splitter, 1_000n],
    });
    const shared = getRevenueSplitEvent(await chain.receipt(distributeRevenue(admin, { splitter })), { splitter });
    expect(shared).toMatchObject({ toStakers: 600n, toTreasury: 200n, toReserve: 200n });
    const nothing = await convertRevenue(admin, { splitter, token: world.asset }).catch((e) => e);
    expect(getRevert(nothing)).toEqual({ name: "RevenueSplitter__Nothing", args: [world.asset] });
    await approve(admin, { token: world.asset, spender: world.vault, amount: 10n ** 18n });
    await deposit(admin, { vault: world.vault, assets: 10n ** 18n, receiver: splitter, minShares: 10n ** 18n });
    await convertRevenue(admin, { splitter, token: world.vault, gas: 12_000_000n });
    expect(await balanceOf(chain.client, { token: world.asset, owner: splitter })).toBe(10n ** 18n);
  });

  test("relayVotes: a bad ballot stops no other", async () => {
    const { governor, token } = dao;
    const relay = await chain.deploy("BatchVoteRelay", [governor]);
    await delegate(admin, { token, delegatee: owner });
    await chain.travel(1n);
    const calls = [preparePay({ treasury, token, receiver: owner, amount: 1n })];
    const receipt = await chain.receipt(propose(admin, { governor, calls, description: "Relayed" }));
    const { proposalId } = getProposalCreatedEvent(receipt, { governor });
    await chain.travel(DAY + 1n);
    const good = await signVote(admin, { governor, proposalId, support: "for", reason: "Signed" });
    const bad = { ...good, voter: chain.wallet(5).account.address };
    const relayed = await chain.receipt(relayVotes(chain.wallet(6), { relay, ballots: [bad, good], gas: 5_000_000n }));
    const { counted, failed } = getBallotRelayedEvents(relayed, { relay });
    expect(counted.map(({ voter }) => voter)).toEqual([owner]);
    expect(failed.map(({ voter, reason }) => [voter, reason])).toEqual([[bad.voter, "0x94ab6c07"]]); // GovernorInvalidSignature
  });
});
