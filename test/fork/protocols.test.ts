import assert from "node:assert/strict";
import { mainnet, startEmission } from "@millrace/replica";
import { maxUint256, parseAbi, parseEther, parseUnits } from "viem";
import { onEachTier, user } from "./onEachTier.ts";

const { tokens, feeds, aave, uniswapV2, uniswapV3 } = mainnet;
const DAY = 86_400;
const deposit = parseUnits("100000", 6);

const poolAbi = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
]);
const rewardsAbi = parseAbi([
  "function getUserRewards(address[] assets, address user, address reward) view returns (uint256)",
  "function claimRewards(address[] assets, uint256 amount, address to, address reward) returns (uint256)",
]);
const v2Abi = parseAbi([
  "function getAmountsOut(uint256 amountIn, address[] path) view returns (uint256[])",
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[])",
]);
const quoterAbi = parseAbi([
  "struct Single { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 sqrtPriceLimitX96; }",
  "function quoteExactInputSingle(Single) returns (uint256 amountOut, uint160, uint32, uint256)",
]);
const v3Abi = parseAbi([
  "struct Single { address tokenIn; address tokenOut; uint24 fee; address recipient; uint256 deadline; uint256 amountIn; uint256 amountOutMinimum; uint160 sqrtPriceLimitX96; }",
  "function exactInputSingle(Single) payable returns (uint256 amountOut)",
]);

onEachTier("What vaults stand on,", {
  "Aave pays interest, and all of it back": async ({ balance, give, wallet, pass }) => {
    await give(tokens.usdc, deposit, aave.pool);
    const pool = { address: aave.pool, abi: poolAbi } as const;
    await wallet.writeContract({ ...pool, functionName: "supply", args: [tokens.usdc, deposit, user, 0] });
    const supplied = await balance(aave.aTokens.usdc);
    assert.ok(supplied >= deposit - 1n, `${supplied} supplied of ${deposit}`);
    await pass(30 * DAY);
    assert.ok((await balance(aave.aTokens.usdc)) > supplied, "no interest in 30 days");
    await wallet.writeContract({ ...pool, functionName: "withdraw", args: [tokens.usdc, maxUint256, user] });
    assert.ok((await balance(tokens.usdc)) > deposit - 1n);
    assert.equal(await balance(aave.aTokens.usdc), 0n);
  },

  "Aave pays a new supplier at once what came in, less a wei": async ({ balance, give, wallet }) => {
    const amount = parseEther("1000");
    await give(tokens.dai, amount, aave.pool);
    const pool = { address: aave.pool, abi: poolAbi } as const;
    await wallet.writeContract({ ...pool, functionName: "supply", args: [tokens.dai, amount, user, 0] });
    await wallet.writeContract({ ...pool, functionName: "withdraw", args: [tokens.dai, maxUint256, user] });
    assert.ok((await balance(tokens.dai)) >= amount - 1n);
  },

  "Aave's rewards accrue from an emission and are paid": async ({ provider, client, balance, give, wallet, pass }) => {
    await startEmission(provider, {
      asset: aave.aTokens.usdc,
      reward: tokens.aave,
      feed: feeds.aave,
      vault: aave.ecosystemReserve,
      perSecond: parseEther("0.001"),
      endsAt: (await client.getBlock()).timestamp + BigInt(30 * DAY),
    });
    await give(tokens.usdc, deposit, aave.pool);
    const supply = [tokens.usdc, deposit, user, 0] as const;
    await wallet.writeContract({ address: aave.pool, abi: poolAbi, functionName: "supply", args: supply });
    await pass(DAY);
    const rewards = { address: aave.rewardsController, abi: rewardsAbi } as const;
    const assets = [aave.aTokens.usdc] as const;
    const due = { ...rewards, functionName: "getUserRewards", args: [assets, user, tokens.aave] } as const;
    const accrued = await client.readContract(due);
    assert.ok(accrued > 0n, "no rewards in a day");
    const claim = [assets, maxUint256, user, tokens.aave] as const;
    await wallet.writeContract({ ...rewards, functionName: "claimRewards", args: claim });
    assert.ok((await balance(tokens.aave)) >= accrued);
  },

  "Uniswap v2 swaps at what it quotes": async ({ client, balance, give, wallet }) => {
    const sold = parseEther("2");
    await give(tokens.weth, sold, uniswapV2.router);
    const router = { address: uniswapV2.router, abi: v2Abi } as const;
    const path = [tokens.weth, tokens.usdc] as const;
    const quotes = await client.readContract({ ...router, functionName: "getAmountsOut", args: [sold, path] });
    const swap = [sold, 0n, path, user, maxUint256] as const;
    await wallet.writeContract({ ...router, functionName: "swapExactTokensForTokens", args: swap });
    assert.deepEqual([await balance(tokens.usdc), await balance(tokens.weth)], [quotes[1], 0n]);
    assert.ok(quotes[1] > 0n);
  },

  "Uniswap v3 swaps at what it quotes": async ({ client, balance, give, wallet }) => {
    const amountIn = parseEther("2");
    await give(tokens.weth, amountIn, uniswapV3.router);
    const pair = { tokenIn: tokens.weth, tokenOut: tokens.usdc, fee: 500, amountIn, sqrtPriceLimitX96: 0n };
    const quoter = { address: uniswapV3.quoter, abi: quoterAbi, functionName: "quoteExactInputSingle" } as const;
    const [quote] = (await client.simulateContract({ ...quoter, args: [pair] })).result;
    const swap = { ...pair, recipient: user, deadline: maxUint256, amountOutMinimum: quote };
    const router = { address: uniswapV3.router, abi: v3Abi, functionName: "exactInputSingle" } as const;
    await wallet.writeContract({ ...router, args: [swap] });
    assert.deepEqual([await balance(tokens.usdc), await balance(tokens.weth)], [quote, 0n]);
  },
});
