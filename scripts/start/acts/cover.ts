import { deallocate } from "@millrace/sdk/allocator";
import { prepareAddAdapter, prepareRaiseCap, prepareRecall, prepareRemoveAdapter } from "@millrace/sdk/curator";
import {
  applyProduct,
  closeIncident,
  disarmCover,
  fileCover,
  getClaimSettledEvent,
  getCoverBoughtEvent,
  getIncidentClosedEvent,
  getIncidentOpenedEvent,
  getPoolHealth,
  getReleasedEvent,
  openIncident,
  pokeProduct,
  quoteCover,
  recordPrice,
  releaseCover,
  settleCover,
  underwrite,
} from "@millrace/sdk/insurance";
import { executeCall, scheduleCall } from "@millrace/sdk/roles";
import { depositAndInsure } from "@millrace/sdk/router";
import { approve, balanceOf } from "@millrace/sdk/token";
import { compound, getDepositEvent, getWithdrawEvent, previewDeposit, redeem, totalAssets } from "@millrace/sdk/vault";
import { type Address, createWalletClient, erc20Abi, http, numberToHex } from "viem";
import { hardhat } from "viem/chains";
import { DAY, type World } from "../world.ts";

const CAPITAL = 300_000_000_000n; // 300,000 USDC
const INSURED = 100_000_000_000n; // 100,000 USDC
const PRODUCT = 0;
const PERIOD = 90n * DAY;
/** What the vault may have on Aave, as it was deployed. */
const CAP = 50_000_000_000_000n;
/** What each account of the chain has from the start. */
const OWN = 1_000_000_000_000n;

export type Insured = {
  /** USDC wei that the underwriter put in. */
  readonly capital: bigint;
  /** USDC wei that the insured put into the vault, and the vault's shares, which lie in the policy. */
  readonly assets: bigint;
  readonly shares: bigint;
  readonly coverId: bigint;
  /** Most that is paid, and what it cost, in USDC wei. */
  readonly amount: bigint;
  readonly premium: bigint;
  /** Of the premium, in USDC wei. */
  readonly toDao: bigint;
  readonly toReserve: bigint;
  readonly toUnderwriters: bigint;
  /** Asset wei per share wei, times 1e27. */
  readonly entry: bigint;
};
export type Lost = {
  /** The median of three days' highest prices, asset wei per share wei, times 1e27. */
  readonly lossPrice: bigint;
  /** USDC wei. */
  readonly paid: bigint;
  readonly fromReserve: bigint;
  readonly fromUnderwriters: bigint;
};
export type Released = {
  /** Shares that the pool kept, since the vault had recovered. */
  readonly kept: bigint;
  /** What the shares were redeemed for, in USDC wei. */
  readonly redeemed: bigint;
  /** What the underwriter's shares are worth then, of the premium what has not streamed, in USDC wei. */
  readonly worth: bigint;
  readonly unearned: bigint;
};

/**
 * Somebody's capital stands behind the vault; somebody else puts money into it and buys cover for all of it, in one
 * transaction: the shares are minted into the policy.
 */
export async function insure(world: World): Promise<Insured> {
  const { at, client, mined, replica, who } = world;
  const { underwriter, insured, keeper } = who;
  const [pool, coverManager, vault] = [at("muUSDC"), at("muUSDC_CoverManager"), at("mrUSDC")];
  const router = at("VaultRouter");
  const token = replica.addresses.tokens.usdc;
  const receiver = insured.account.address;
  // The vault was put on notice when the pool was deployed, and that is over.
  await mined(await applyProduct(keeper, { coverManager, product: PRODUCT }));
  await mined(await approve(underwriter, { token, spender: pool, amount: CAPITAL }));
  const backing = { pool, assets: CAPITAL, receiver: underwriter.account.address, minShares: 0n };
  await mined(await underwrite(underwriter, backing));
  // The mark began at the price of the day of the notice, and grows by a hundredth a week at most: then it is the price.
  await replica.increaseTime(7n * DAY);

  const health = await getPoolHealth(client, { pool });
  const order = { product: PRODUCT, amount: INSURED, period: Number(PERIOD) };
  const quote = quoteCover(health, order);
  if (quote.refusal !== undefined) throw new Error(`No cover: ${quote.refusal}.`);
  const maxPremium = quote.premium; // it is billed by the second, and falls
  await mined(await approve(insured, { token, spender: router, amount: INSURED + maxPremium }));
  const [dao, reserve] = [at("RevenueSplitter"), at("muUSDC_RiskReserve")];
  const held = () => Promise.all([dao, reserve, pool].map((owner) => balanceOf(client, { token, owner })));
  const before = await held();
  const shown = await previewDeposit(client, { vault, assets: INSURED });
  const into = { vault, assets: INSURED, minShares: shown - shown / 10_000n, receiver };
  const bounds = { coverManager, maxPremium, deadline: health.timestamp + DAY };
  const receipt = await mined(await depositAndInsure(insured, { router, ...into, ...order, ...bounds }));
  const { assets, shares } = getDepositEvent(receipt, { vault });
  const bought = getCoverBoughtEvent(receipt, { coverManager });
  const [toDao = 0n, toReserve = 0n, toUnderwriters = 0n] = (await held()).map((now, of) => now - (before[of] ?? 0n));
  const { id: coverId, amount, premium, entry } = bought;
  return { capital: CAPITAL, assets, shares, coverId, amount, premium, toDao, toReserve, toUnderwriters, entry };
}

/**
 * Half of the vault is lent on Aave when its USDC is stolen there. The curator gives up what can't be withdrawn, as announced
 * three days before; the price falls, and from then on anyone moves the claim along: nobody votes on it.
 */
export async function lose(world: World, { coverId }: Insured): Promise<Lost> {
  const { at, mined, replica, until, client, who } = world;
  const { keeper, allocator } = who;
  const [pool, coverManager, incidentModule] = [at("muUSDC"), at("muUSDC_CoverManager"), at("muUSDC_IncidentModule")];
  const [vault, adapter] = [at("mrUSDC"), at("mrUSDC_AaveV3Adapter")];
  const total = await totalAssets(client, { vault });
  await mined(await deallocate(allocator, { vault, adapter, assets: total / 2n }));
  await replica.increaseTime(4n * DAY); // cover starts after three
  await mined(await pokeProduct(keeper, { coverManager, product: PRODUCT }));
  await steal(world);
  await asCurator(world, [prepareRemoveAdapter({ vault, adapter, maxLoss: total })]);

  const opened = await mined(await openIncident(keeper, { incidentModule, coverId }));
  const { incident: incidentId } = getIncidentOpenedEvent(opened, { incidentModule });
  const { timestamp } = await client.getBlock({ blockNumber: opened.blockNumber });
  await mined(await fileCover(keeper, { incidentModule, coverId }));
  for (const day of [1n, 2n, 3n]) {
    await until(timestamp + day * DAY);
    await mined(await recordPrice(keeper, { incidentModule, incidentId }));
  }
  await until(timestamp + 14n * DAY);
  const closed = await mined(await closeIncident(keeper, { incidentModule, incidentId }));
  const { price: lossPrice } = getIncidentClosedEvent(closed, { incidentModule });
  const settled = await mined(await settleCover(keeper, { incidentModule, coverId }));
  const { pay: paid, fromReserve } = getClaimSettledEvent(settled, { pool });
  return { lossPrice, paid, fromReserve, fromUnderwriters: paid - fromReserve };
}

/**
 * Thirty days later the shares are free. What the thief gives back after that is the vault's, which lends again; within ten
 * days it has recovered, and takes deposits.
 */
export async function release(world: World, { coverId, shares }: Insured): Promise<Released> {
  const { at, client, mined, replica, who } = world;
  const { insured, keeper } = who;
  const [pool, coverManager, incidentModule] = [at("muUSDC"), at("muUSDC_CoverManager"), at("muUSDC_IncidentModule")];
  const [vault, adapter] = [at("mrUSDC"), at("mrUSDC_AaveV3Adapter")];
  const owner = insured.account.address;
  await replica.increaseTime(30n * DAY);
  const released = await mined(await releaseCover(keeper, { incidentModule, coverId }));
  const { kept } = getReleasedEvent(released, { incidentModule });
  await mined(await disarmCover(insured, { coverManager, coverId, shares: shares - kept, receiver: owner }));
  const out = { vault, shares: shares - kept, receiver: owner, owner, minAssets: 0n };
  const { assets: redeemed } = getWithdrawEvent(await mined(await redeem(insured, out)), { vault });
  const { books } = await getPoolHealth(client, { pool });

  await giveBack(world);
  const again = [prepareAddAdapter({ vault, adapter }), prepareRaiseCap({ vault, adapter, cap: CAP })];
  await asCurator(world, [prepareRecall({ vault, adapter }), ...again]);
  await mined(await compound(keeper, { vault })); // what lies idle is lent
  await replica.increaseTime(10n * DAY);
  return { kept, redeemed, worth: books.assets, unearned: books.unearned };
}

type Calls = readonly Parameters<typeof scheduleCall>[1]["call"][];

/** Announces calls, waits for three days and makes them. */
async function asCurator({ at, mined, replica, who: { curator } }: World, calls: Calls): Promise<void> {
  const manager = at("AccessManager");
  for (const call of calls) await mined(await scheduleCall(curator, { manager, call, when: 0 }));
  await replica.increaseTime(3n * DAY);
  for (const call of calls) await mined(await executeCall(curator, { manager, call }));
}

/** Stands for whatever hole: the USDC that Aave holds goes to the thief, by its own hand. */
async function steal({ client, mined, replica, who: { thief } }: World): Promise<void> {
  const { provider, url } = replica;
  const { aave, tokens } = replica.addresses;
  const holder = aave.aTokens.usdc;
  await provider.request({ method: "hardhat_impersonateAccount", params: [holder] });
  await provider.request({ method: "hardhat_setBalance", params: [holder, numberToHex(10n ** 18n)] });
  const wallet = createWalletClient({ account: holder, chain: hardhat, transport: http(url, { retryCount: 0 }) });
  const amount = await balanceOf(client, { token: tokens.usdc, owner: holder });
  await mined(await wallet.writeContract({ ...transfer(tokens.usdc), args: [thief.account.address, amount] }));
  await provider.request({ method: "hardhat_stopImpersonatingAccount", params: [holder] });
}

/** All that it has beside its own million. */
async function giveBack({ client, mined, replica, who: { thief } }: World): Promise<void> {
  const { aave, tokens } = replica.addresses;
  const held = await balanceOf(client, { token: tokens.usdc, owner: thief.account.address });
  const args = [aave.aTokens.usdc, held - OWN] as const;
  await mined(await thief.writeContract({ ...transfer(tokens.usdc), args }));
}

function transfer(address: Address) {
  return { address, abi: erc20Abi, functionName: "transfer" } as const;
}
