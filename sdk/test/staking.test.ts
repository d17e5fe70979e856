import { parseEther, zeroAddress } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  approve,
  claim,
  delegateSplit,
  getDelegationSplitEvent,
  getRevert,
  getStake,
  getUnstakeRequestedEvent,
  lock,
  notifyReward,
  permit,
  signPermit,
  simulateUnstake,
  stake,
  unstake,
  withdrawStake,
} from "../src/index.ts";
import { startChain, type TestChain, type Wallet } from "./chain.ts";
import { deployDao } from "./dao.ts";

const DAY = 86_400n;

describe("staking", () => {
  let chain: TestChain;
  let dao: Awaited<ReturnType<typeof deployDao>>;
  let holder: Wallet;
  let owner: `0x${string}`;
  beforeAll(async () => {
    chain = await startChain();
    holder = chain.wallet(0);
    owner = holder.account.address;
    dao = await deployDao(chain, { holder: owner });
  });
  afterAll(() => chain.stop());

  test("stake, lock, earn, unstake, withdraw: every amount read through one lens", async () => {
    const { staking, token } = dao;
    const assets = parseEther("100");
    const unapproved = await stake(holder, { staking, assets, delegatee: owner }).catch((error) => error);
    expect(getRevert(unapproved)).toEqual({ name: "ERC20InsufficientAllowance", args: [staking, 0n, assets] });

    await approve(holder, { token, spender: staking, amount: parseEther("107") });
    await stake(holder, { staking, assets, delegatee: owner });
    await lock(holder, { staking, duration: 365 * 86_400 });
    await notifyReward(holder, { staking, amount: parseEther("7") });
    expect(await getStake(chain.client, { staking, owner })).toMatchObject({
      staked: assets,
      lockDuration: 365n * DAY,
      weight: 2n * assets, // the longest lock doubles it
      totalWeight: 2n * assets,
      delegatee: owner,
      tokenBalance: parseEther("1000000") - parseEther("107"),
      allowance: 0n,
      parts: [],
      waiting: [],
    });

    await chain.travel(14n * DAY); // past the week in which the reward flows
    const { claimable } = await getStake(chain.client, { staking, owner });
    expect(claimable).toBeGreaterThan(parseEther("6.99"));
    await claim(holder, { staking, receiver: owner });
    const { requestId } = await simulateUnstake(holder, { staking, assets: 1n });
    expect(requestId).toBe(0n);
    const first = await chain.receipt(unstake(holder, { staking, assets: parseEther("40") }));
    expect(getUnstakeRequestedEvent(first, { staking })).toMatchObject({ requestId: 0n, assets: parseEther("40") });
    await unstake(holder, { staking, assets: parseEther("60") });
    const { waiting, staked, lockDuration } = await getStake(chain.client, { staking, owner });
    expect({ staked, lockDuration }).toEqual({ staked: 0n, lockDuration: 0n });
    expect(waiting.map(({ requestId, assets }) => [requestId, assets])).toEqual([
      [0n, parseEther("40")],
      [1n, parseEther("60")],
    ]);
    const early = await withdrawStake(holder, { staking, requestId: 0n, receiver: owner }).catch((error) => error);
    expect(getRevert(early)).toEqual({ name: "VoteStaking__NotReady", args: [0n, waiting[0]?.readyAt] });

    await chain.travel(366n * DAY);
    await withdrawStake(holder, { staking, requestId: 0n, receiver: owner });
    expect((await getStake(chain.client, { staking, owner })).waiting.map(({ requestId }) => requestId)).toEqual([1n]);
  });

  test("error: zero amounts and addresses are named by the contract, before anything is sent", async () => {
    const { staking } = dao;
    const nothing = await stake(holder, { staking, assets: 0n, delegatee: owner }).catch((error) => error);
    expect(getRevert(nothing)?.name).toBe("VoteStaking__ZeroAssets");
    const nobody = await claim(holder, { staking, receiver: zeroAddress }).catch((error) => error);
    expect(getRevert(nobody)?.name).toBe("VoteStaking__ZeroAddress");
  });

  test("permit instead of approve; a split sorts its delegatees", async () => {
    const { staking, token } = dao;
    const amount = parseEther("10");
    const deadline = (await chain.now()) + 3_600n;
    const signed = await signPermit(holder, { token, spender: staking, amount, deadline });
    await permit(chain.wallet(1), { token, signed }); // whoever sends it
    const again = await permit(chain.wallet(1), { token, signed }).catch((error) => error);
    expect(getRevert(again)?.name).toBe("ERC2612InvalidSigner"); // the nonce is used up
    await stake(holder, { staking, assets: amount, delegatee: zeroAddress });

    const [low, high] = [chain.wallet(2), chain.wallet(3)]
      .map(({ account }) => account.address)
      .sort((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1)) as [`0x${string}`, `0x${string}`];
    const parts = [
      { delegatee: high, bps: 2_500 },
      { delegatee: low, bps: 7_500 },
    ];
    const split = getDelegationSplitEvent(await chain.receipt(delegateSplit(holder, { staking, parts })), { staking });
    expect(split.parts).toEqual([
      { delegatee: low, bps: 7_500 },
      { delegatee: high, bps: 2_500 },
    ]);
    expect((await getStake(chain.client, { staking, owner })).parts).toEqual(split.parts);
  });
});
