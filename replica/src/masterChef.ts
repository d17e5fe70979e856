import { parseAbi, parseEther } from "viem";
import { actors } from "./actors.ts";
import { mainnet } from "./addresses.ts";
import { type Artifacts, pick } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { deployer, place } from "./place.ts";
import { approve, erc20Abi } from "./tokens.ts";
import { addV2 } from "./uniswap.ts";

const chefAbi = parseAbi([
  "function add(uint256 allocPoint, address lpToken, bool withUpdate)",
  "function deposit(uint256 pid, uint256 amount)",
]);
const ownableAbi = parseAbi(["function transferOwnership(address owner)"]);
const { sushi, tokens, uniswapV2 } = mainnet;

/** The farm's id of Uniswap's USDC-WETH pair. */
export const masterChefPid = 0n;

/**
 * SushiSwap's MasterChef and token, with a farm for Uniswap's USDC-WETH pair in which the lender has half of what it
 * provided. A hundred SUSHI fall each block. A pair of SUSHI and WETH on Uniswap v2 turns the reward into money.
 */
export async function placeMasterChef(chain: Chain, built: Artifacts): Promise<void> {
  const { lender } = actors;
  const pair = uniswapV2.pairs.usdcWeth;
  await place(chain, { at: sushi.token, artifact: pick(built, "SushiToken") });
  // One SUSHI for a dollar. The deployer still owns the token, so it can mint.
  await addV2(chain, lender, [
    { token: sushi.token, amount: parseEther("900000") },
    { token: tokens.weth, amount: parseEther("300") },
  ]);
  const start = BigInt(await chain.request<string>("eth_blockNumber"));
  await place(chain, {
    at: sushi.masterChef,
    artifact: pick(built, "MasterChef"),
    args: [sushi.token, lender, parseEther("100"), start, start],
  });
  const chef = { from: deployer, to: sushi.masterChef, abi: chefAbi } as const;
  await chain.send({
    ...{ from: deployer, to: sushi.token, abi: ownableAbi },
    ...{ functionName: "transferOwnership", args: [sushi.masterChef] },
  });
  await chain.send({ ...chef, functionName: "add", args: [1_000n, pair, false] });
  const staked = (await chain.read({ to: pair, abi: erc20Abi, functionName: "balanceOf", args: [lender] })) / 2n;
  await approve(chain, pair, lender, sushi.masterChef, staked);
  await chain.send({ ...chef, from: lender, functionName: "deposit", args: [masterChefPid, staked] });
}
