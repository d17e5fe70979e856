import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fund, mainnet, serve, startEmission, startReplica } from "@millrace/replica";
import {
  type Address,
  erc20Abi,
  getAddress,
  maxUint256,
  parseAbi,
  parseEther,
  parseUnits,
  slice,
  stringToHex,
} from "viem";
import { type Fork, forget, forkMainnet, forkServed, mainnetFork } from "./mainnetFork.ts";

const { tokens, feeds, aave, uniswapV2, uniswapV3 } = mainnet;
const DAY = 86_400;
// An account that nobody has: the well-known test accounts carry other people's delegations on mainnet.
const user: Address = getAddress(slice(stringToHex("millrace fork suite user", { size: 32 }), 0, 20));
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

for (const { name, skip, open } of mainnetFork(process.env))
  describe(`a fork of ${name}${skip ? `: left out, ${skip}` : ""}`, () => {
    let fork: Fork;
    let connected: Awaited<ReturnType<typeof connect>>;
    let snapshot: Awaited<ReturnType<Fork["connection"]["networkHelpers"]["takeSnapshot"]>>;
    before(async () => {
      if (skip) return;
      fork = await open();
      connected = await connect(fork);
    });
    beforeEach(async () => {
      if (!skip) snapshot = await fork.connection.networkHelpers.takeSnapshot();
    });
    afterEach(() => snapshot?.restore());
    after(() => fork?.close());

    it("Aave pays interest, and all of it back", { skip }, async () => {
      const { balance, approve, wallet, pass } = connected;
      await fund(fork.connection.provider, { token: tokens.usdc, to: user, amount: deposit });
      await approve(tokens.usdc, aave.pool);
      const pool = { address: aave.pool, abi: poolAbi } as const;
      await wallet.writeContract({ ...pool, functionName: "supply", args: [tokens.usdc, deposit, user, 0] });
      const supplied = await balance(aave.aTokens.usdc);
      assert.ok(supplied >= deposit - 1n, `${supplied} supplied of ${deposit}`);
      await pass(30 * DAY);
      assert.ok((await balance(aave.aTokens.usdc)) > supplied, "no interest in 30 days");
      await wallet.writeContract({ ...pool, functionName: "withdraw", args: [tokens.usdc, maxUint256, user] });
      assert.ok((await balance(tokens.usdc)) > deposit - 1n);
      assert.equal(await balance(aave.aTokens.usdc), 0n);
    });

    it("Aave pays a new supplier at once what came in, less a wei", { skip }, async () => {
      const { balance, approve, wallet } = connected;
      await fund(fork.connection.provider, { token: tokens.dai, to: user, amount: parseEther("1000") });
      await approve(tokens.dai, aave.pool);
      const pool = { address: aave.pool, abi: poolAbi } as const;
      await wallet.writeContract({ ...pool, functionName: "supply", args: [tokens.dai, parseEther("1000"), user, 0] });
      await wallet.writeContract({ ...pool, functionName: "withdraw", args: [tokens.dai, maxUint256, user] });
      assert.ok((await balance(tokens.dai)) >= parseEther("1000") - 1n);
    });

    it("Aave's rewards accrue from an emission and are paid", { skip }, async () => {
      const { client, balance, approve, wallet, pass } = connected;
      const { provider } = fork.connection;
      await startEmission(provider, {
        asset: aave.aTokens.usdc,
        reward: tokens.aave,
        feed: feeds.aave,
        vault: aave.ecosystemReserve,
        perSecond: parseEther("0.001"),
        endsAt: (await client.getBlock()).timestamp + BigInt(30 * DAY),
      });
      await fund(provider, { token: tokens.usdc, to: user, amount: deposit });
      await approve(tokens.usdc, aave.pool);
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
    });

    it("Uniswap v2 swaps at what it quotes", { skip }, async () => {
      const { client, balance, approve, wallet } = connected;
      await fund(fork.connection.provider, { token: tokens.weth, to: user, amount: parseEther("2") });
      await approve(tokens.weth, uniswapV2.router);
      const router = { address: uniswapV2.router, abi: v2Abi } as const;
      const path = [tokens.weth, tokens.usdc] as const;
      const sold = parseEther("2");
      const quotes = await client.readContract({ ...router, functionName: "getAmountsOut", args: [sold, path] });
      const swap = [sold, 0n, path, user, maxUint256] as const;
      await wallet.writeContract({ ...router, functionName: "swapExactTokensForTokens", args: swap });
      assert.deepEqual([await balance(tokens.usdc), await balance(tokens.weth)], [quotes[1], 0n]);
      assert.ok(quotes[1] > 0n);
    });

    it("Uniswap v3 swaps at what it quotes", { skip }, async () => {
      const { client, balance, approve, wallet } = connected;
      const amountIn = parseEther("2");
      await fund(fork.connection.provider, { token: tokens.weth, to: user, amount: amountIn });
      await approve(tokens.weth, uniswapV3.router);
      const pair = { tokenIn: tokens.weth, tokenOut: tokens.usdc, fee: 500, amountIn, sqrtPriceLimitX96: 0n };
      const quoter = { address: uniswapV3.quoter, abi: quoterAbi, functionName: "quoteExactInputSingle" } as const;
      const [quote] = (await client.simulateContract({ ...quoter, args: [pair] })).result;
      const swap = { ...pair, recipient: user, deadline: maxUint256, amountOutMinimum: quote };
      const router = { address: uniswapV3.router, abi: v3Abi, functionName: "exactInputSingle" } as const;
      await wallet.writeContract({ ...router, args: [swap] });
      assert.deepEqual([await balance(tokens.usdc), await balance(tokens.weth)], [quote, 0n]);
    });
  });

describe("the live tier, on a local node in mainnet's place", () => {
  it("forks a node of chain 1, at the block asked for", async () => {
    const replica = await startReplica({ chainId: 1, serve: true });
    const { connection, close } = await forkMainnet({ url: replica.url, block: "90" });
    assert.equal(await (await connection.viem.getPublicClient()).getBlockNumber(), 90n);
    for (const block of ["tomorrow", "1000000", "0"])
      await assert.rejects(
        forkMainnet({ url: replica.url, block }),
        /^Error: MAINNET_BLOCK must be a block number up to the node's newest, \d+; it is (tomorrow|1000000|0)\.$/,
      );
    await close();
    await replica.close();
    await forget(replica.url);
  });

  it("says what is wrong with the node, and keeps its address to itself", async () => {
    const other = await startReplica({ serve: true });
    const block = undefined;
    await assert.rejects(
      forkMainnet({ url: `${other.url}/key`, block }),
      /^Error: MAINNET_RPC_URL is a node of chain 31337; Ethereum mainnet is 1\.$/,
    );
    await other.close();
    await assert.rejects(
      forkMainnet({ url: other.url, block }),
      /^Error: MAINNET_RPC_URL does not answer as an Ethereum node: ECONNREFUSED\.$/,
    );
    await assert.rejects(
      forkMainnet({ url: "no url", block }),
      /^Error: MAINNET_RPC_URL does not answer as an Ethereum node: ERR_INVALID_URL\.$/,
    );
    const refusing = await serve({ provider: { request: () => Promise.reject(new Error("no credit")) }, port: 0 });
    await assert.rejects(
      forkMainnet({ url: refusing.url, block }),
      /^Error: MAINNET_RPC_URL does not answer eth_chainId: no credit\.$/,
    );
    await refusing.close();
  });

  it("is left out, by name, where no node is named", () => {
    const [replica, live] = mainnetFork({});
    assert.deepEqual([replica.skip, live.skip], [false, "MAINNET_RPC_URL is not set"]);
    assert.equal(mainnetFork({ MAINNET_RPC_URL: "http://127.0.0.1:1" })[1].skip, false);
  });

  it("reads a new chain on the port of an old one, not what was kept of that", async () => {
    const { usdc } = tokens;
    const read = async (port: number, amount: bigint) => {
      const replica = await startReplica({ chainId: 1, serve: { port } });
      await replica.fund({ token: usdc, to: user, amount });
      const fork = await forkServed(replica);
      const seen = await (await connect(fork)).balance(usdc);
      await fork.close();
      return { seen, port: Number(new URL(replica.url).port) };
    };
    const first = await read(0, 1n);
    const second = await read(first.port, 2n);
    assert.deepEqual(second, { seen: 2n, port: first.port });
    assert.equal(first.seen, 1n);
  });
});

async function connect({ connection }: Fork) {
  const { viem, provider, networkHelpers } = connection;
  const client = await viem.getPublicClient();
  await networkHelpers.impersonateAccount(user);
  await networkHelpers.setBalance(user, parseEther("100"));
  const wallet = await viem.getWalletClient(user);
  return {
    client,
    provider,
    wallet,
    pass: (seconds: number) => networkHelpers.time.increase(seconds),
    balance: (token: Address, owner: Address = user) =>
      client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [owner] }),
    approve: (token: Address, spender: Address) =>
      wallet.writeContract({ address: token, abi: erc20Abi, functionName: "approve", args: [spender, maxUint256] }),
  };
}
