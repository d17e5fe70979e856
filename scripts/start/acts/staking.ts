import { delegate } from "@millrace/sdk/governor";
import { claim, getRewardPaidEvent, getStake, lock, stake } from "@millrace/sdk/staking";
import { approve, balanceOf } from "@millrace/sdk/token";
import { convertRevenue, distributeRevenue, getRevenueSplitEvent } from "@millrace/sdk/treasury";
import { parseEther } from "viem";
import { DAY, type Player, type World } from "../world.ts";

/** Of 250, 150 and 100 million MILL. A lock of a year doubles what a stake earns, and gives no more votes. */
const STAKES = [
  { holder: "first", assets: parseEther("100000000"), lockDays: 0n, votesTo: "first" },
  { holder: "second", assets: parseEther("50000000"), lockDays: 365n, votesTo: "second" },
  { holder: "third", assets: parseEther("20000000"), lockDays: 0n, votesTo: "contributor" },
] as const satisfies readonly { holder: Player; assets: bigint; lockDays: bigint; votesTo: Player }[];
export type Holder = (typeof STAKES)[number]["holder"];

export type Staked = {
  readonly holder: Holder;
  /** MILL wei. */
  readonly staked: bigint;
  /** Seconds that it would take to leave, and for which the stake earns more. */
  readonly lockDuration: bigint;
  /** Its part of the rewards is this out of everyone's. */
  readonly weight: bigint;
  /** Who votes with it. */
  readonly votesTo: Player;
};
export type Shared = {
  /** The vault's fee, which it takes in shares. */
  readonly feeShares: bigint;
  /** USDC wei that it was redeemed for, and who got how much of that. */
  readonly redeemed: bigint;
  readonly toStakers: bigint;
  readonly toTreasury: bigint;
};
export type Rewarded = { readonly holder: Holder; readonly claimed: bigint };

/** Each holder votes with what it keeps, stakes a part of it, and says who votes with that. */
export async function stakeMill({ at, client, mined, who }: World): Promise<readonly Staked[]> {
  const [token, staking] = [at("MillToken"), at("VoteStaking")];
  const staked: Staked[] = [];
  for (const { holder, assets, lockDays, votesTo } of STAKES) {
    const owner = who[holder].account.address;
    await mined(await delegate(who[holder], { token, delegatee: owner }));
    await mined(await approve(who[holder], { token, spender: staking, amount: assets }));
    await mined(await stake(who[holder], { staking, assets, delegatee: who[votesTo].account.address }));
    if (lockDays > 0n) await mined(await lock(who[holder], { staking, duration: Number(lockDays * DAY) }));
    const { lockDuration, weight, ...held } = await getStake(client, { staking, owner });
    staked.push({ holder, staked: held.staked, lockDuration, weight, votesTo });
  }
  return staked;
}

/** Whoever likes turns the vault's fee into USDC and hands it out; where it goes, nobody can choose. */
export async function shareFees({ at, client, mined, replica, who: { keeper } }: World): Promise<Shared> {
  const [vault, splitter] = [at("mrUSDC"), at("RevenueSplitter")];
  const feeShares = await balanceOf(client, { token: vault, owner: splitter });
  await mined(await convertRevenue(keeper, { splitter, token: vault }));
  const redeemed = await balanceOf(client, { token: replica.addresses.tokens.usdc, owner: splitter });
  const receipt = await mined(await distributeRevenue(keeper, { splitter }));
  const { toStakers, toTreasury } = getRevenueSplitEvent(receipt, { splitter });
  return { feeShares, redeemed, toStakers, toTreasury };
}

/** What was handed out in one week has flowed to the stakers by the second by the end of the next. */
export async function claimRewards({ at, mined, who }: World): Promise<readonly Rewarded[]> {
  const staking = at("VoteStaking");
  const rewarded: Rewarded[] = [];
  for (const { holder } of STAKES) {
    const receipt = await mined(await claim(who[holder], { staking, receiver: who[holder].account.address }));
    rewarded.push({ holder, claimed: getRewardPaidEvent(receipt, { staking }).amount });
  }
  return rewarded;
}
