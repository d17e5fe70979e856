import { getLotStartedEvent } from "@millrace/sdk/rewards";
import { approve, balanceOf } from "@millrace/sdk/token";
import {
  compound,
  deposit,
  getDepositEvent,
  getVault,
  getWithdrawEvent,
  previewDeposit,
  previewRedeem,
  redeem,
} from "@millrace/sdk/vault";
import { DAY, type World } from "../world.ts";

const DEPOSIT = 100_000_000_000n; // 100,000 USDC
/** A second passes between asking and sending, in which interest moves the price: a hundredth of a percent is plenty. */
const slightlyLess = (amount: bigint): bigint => amount - amount / 10_000n;

export type Deposited = { readonly assets: bigint; readonly shares: bigint };
export type Compounded = {
  readonly sharePriceBefore: bigint;
  readonly sharePriceAfter: bigint;
  /** AAVE that the market paid on top of interest, in wei; the vault's auction has it. */
  readonly reward: bigint;
};
export type Redeemed = { readonly assets: bigint };

/** 100,000 USDC go into the vault that lends on Aave. */
export async function makeDeposit({ at, client, mined, replica, who: { depositor } }: World): Promise<Deposited> {
  const vault = at("mrUSDC");
  const token = replica.addresses.tokens.usdc;
  const receiver = depositor.account.address;
  await mined(await approve(depositor, { token, spender: vault, amount: DEPOSIT }));
  const minShares = slightlyLess(await previewDeposit(client, { vault, assets: DEPOSIT }));
  const receipt = await mined(await deposit(depositor, { vault, assets: DEPOSIT, receiver, minShares }));
  const { assets, shares } = getDepositEvent(receipt, { vault });
  return { assets, shares };
}

/** Thirty days of what real borrowers pay; then whoever likes brings the books up to date and has the reward claimed. */
export async function earn({ at, client, mined, replica, who: { keeper } }: World): Promise<Compounded> {
  const vault = at("mrUSDC");
  const { pps: sharePriceBefore } = await getVault(client, { vault });
  await replica.increaseTime(30n * DAY);
  const receipt = await mined(await compound(keeper, { vault }));
  const { pps: sharePriceAfter } = await getVault(client, { vault });
  const { amount: reward } = getLotStartedEvent(receipt, { auction: at("mrUSDC_RewardAuction") });
  return { sharePriceBefore, sharePriceAfter, reward };
}

/** The depositor takes everything home. */
export async function takeHome({ at, client, mined, who: { depositor } }: World): Promise<Redeemed> {
  const vault = at("mrUSDC");
  const owner = depositor.account.address;
  const shares = await balanceOf(client, { token: vault, owner });
  const minAssets = slightlyLess(await previewRedeem(client, { vault, shares }));
  const receipt = await mined(await redeem(depositor, { vault, shares, receiver: owner, owner, minAssets }));
  const { assets } = getWithdrawEvent(receipt, { vault });
  return { assets };
}
