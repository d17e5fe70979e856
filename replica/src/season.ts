import { type Address, parseAbi, parseEther, parseUnits } from "viem";
import { actors } from "./actors.ts";
import { mainnet } from "./addresses.ts";
import type { Chain } from "./chain.ts";
import { startEmission } from "./rewards.ts";
import { approve, mint } from "./tokens.ts";

const poolAbi = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referralCode, address onBehalfOf)",
]);
const { tokens, aave, feeds } = mainnet;
const { lender, borrower } = actors;
const VARIABLE_RATE = 2n;

/** A day in seconds. */
export const DAY = 86_400n;
/** How long interest and rewards have accrued when the replica is handed over, in seconds. */
export const SEASON = 30n * DAY;

/**
 * A month in the life of the market: of 500 million USDC, 500 million DAI and 400,000 WETH, a borrower has 70 %, 20 %
 * and 25 %. Deep enough that what tests take out moves the rates by little. Times are set to the second, so interest
 * is the same to the wei in every run.
 *
 * @param opening when the borrower comes, in Unix seconds; the season ends `SEASON` later
 */
export async function playSeason(chain: Chain, { opening }: { readonly opening: bigint }): Promise<void> {
  await supply(chain, tokens.weth, borrower, parseEther("400000"));
  await supply(chain, tokens.dai, lender, parseEther("500000000"));
  await supply(chain, tokens.usdc, lender, parseUnits("500000000", 6));
  await mint(chain, tokens.aave, aave.ecosystemReserve, parseEther("1000000"));
  await startEmission(chain.provider, {
    ...{ asset: aave.aTokens.usdc, reward: tokens.aave, feed: feeds.aave, vault: aave.ecosystemReserve },
    // 50,000 AAVE, ten million dollars, a year: two per cent for suppliers of 500 million.
    ...{ perSecond: parseEther("50000") / (365n * DAY), endsAt: opening + 10n * 365n * DAY },
  });
  await chain.next(opening);
  await borrow(chain, tokens.usdc, parseUnits("350000000", 6));
  await chain.next(opening + 1n);
  await borrow(chain, tokens.dai, parseEther("100000000"));
  await chain.next(opening + 2n);
  await borrow(chain, tokens.weth, parseEther("100000"));
  await chain.next(opening + SEASON);
  await chain.mine();
}

async function supply(chain: Chain, asset: Address, from: Address, amount: bigint): Promise<void> {
  await mint(chain, asset, from, amount);
  await approve(chain, asset, from, aave.pool, amount);
  const args = [asset, amount, from, 0] as const;
  await chain.send({ from, to: aave.pool, abi: poolAbi, functionName: "supply", args });
}

async function borrow(chain: Chain, asset: Address, amount: bigint): Promise<void> {
  const args = [asset, amount, VARIABLE_RATE, 0, borrower] as const;
  await chain.send({ from: borrower, to: aave.pool, abi: poolAbi, functionName: "borrow", args });
}
