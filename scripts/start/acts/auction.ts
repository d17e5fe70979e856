import { auctionPayment } from "@millrace/sdk/math";
import { getAuctions, getLotTakenEvent, quoteAuction, takeAuction } from "@millrace/sdk/rewards";
import { approve } from "@millrace/sdk/token";
import { compound, getCompoundedEvent, getVault } from "@millrace/sdk/vault";
import { encodePacked, parseAbi } from "viem";
import { DAY, type World } from "../world.ts";

const MINUTE = 60n;
const HOUR = 60n * MINUTE;
const quoterAbi = parseAbi([
  "function quoteExactInput(bytes path, uint256 amountIn) returns (uint256 amountOut, uint160[], uint32[], uint256)",
]);

export type Auctioned = {
  /** AAVE wei that was for sale. */
  readonly amount: bigint;
  /** USDC wei that all of it would have cost in the first second. */
  readonly askedAtFirst: bigint;
  /** USDC wei that Uniswap would have paid for it. */
  readonly worth: bigint;
  /** USDC wei that the buyer paid, all of it to the vault. */
  readonly payment: bigint;
  /** Of which compounding took in, and its caller got. */
  readonly gain: bigint;
  readonly tip: bigint;
  readonly sharePriceBefore: bigint;
  /** Ten days later: all of it is in the price by then, beside the interest. */
  readonly sharePriceAfter: bigint;
};

/**
 * The vault wants USDC, and Aave paid in AAVE too. Nobody is trusted with the sale and no oracle is asked: the price falls
 * until somebody pays it. The buyer is one who could sell at once on Uniswap for a little more.
 */
export async function sellReward(world: World): Promise<Auctioned> {
  const { at, client, mined, replica, who } = world;
  const { aave: token, usdc } = replica.addresses.tokens;
  const [vault, auction] = [at("mrUSDC"), at("mrUSDC_RewardAuction")];
  const { amount, askedAtFirst } = await offer(world);
  const worth = await onUniswap(world, amount);
  const asked = await waitUntilBelow(world, { amount, worth });
  const receiver = who.buyer.account.address;
  const { timestamp } = await client.getBlock();
  await mined(await approve(who.buyer, { token: usdc, spender: auction, amount: asked }));
  const terms = { amount, maxPayment: asked, receiver, deadline: timestamp + HOUR };
  const taken = await mined(await takeAuction(who.buyer, { auction, token, ...terms }));
  const { payment } = getLotTakenEvent(taken, { auction });

  const { pps: sharePriceBefore } = await getVault(client, { vault });
  const { gain, tip } = getCompoundedEvent(await mined(await compound(who.keeper, { vault })), { vault });
  await replica.increaseTime(10n * DAY);
  const { pps: sharePriceAfter } = await getVault(client, { vault });
  return { amount, askedAtFirst, worth, payment, gain, tip, sharePriceBefore, sharePriceAfter };
}

/** The lot that compounding started. */
async function offer({ at, client, replica }: World): Promise<{ amount: bigint; askedAtFirst: bigint }> {
  const sales = await getAuctions(client, { auction: at("mrUSDC_RewardAuction") });
  const sale = sales.find(({ token }) => token === replica.addresses.tokens.aave);
  if (!sale) throw new Error("The auction does not sell AAVE.");
  const { remaining, startPrice } = sale.lot;
  const payment = auctionPayment({ amount: remaining, price: startPrice, decimals: sale.listing.decimals });
  return { amount: remaining, askedAtFirst: payment };
}

/** The buyer looks once a minute. */
async function waitUntilBelow(
  { at, client, replica }: World,
  { amount, worth }: { readonly amount: bigint; readonly worth: bigint },
): Promise<bigint> {
  const lot = { auction: at("mrUSDC_RewardAuction"), token: replica.addresses.tokens.aave, amount };
  let { payment } = await quoteAuction(client, lot);
  while (payment > worth) {
    await replica.increaseTime(MINUTE);
    ({ payment } = await quoteAuction(client, lot));
  }
  return payment;
}

/** What AAVE makes there, by way of ether: 0.3 % of it is the first pool's, 0.05 % the second's. */
async function onUniswap({ client, replica }: World, amount: bigint): Promise<bigint> {
  const { tokens, uniswapV3 } = replica.addresses;
  const types = ["address", "uint24", "address", "uint24", "address"] as const;
  const path = encodePacked(types, [tokens.aave, 3_000, tokens.weth, 500, tokens.usdc]);
  const call = { address: uniswapV3.quoter, abi: quoterAbi, functionName: "quoteExactInput" } as const;
  const { result } = await client.simulateContract({ ...call, args: [path, amount] });
  return result[0];
}
