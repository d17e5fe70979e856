import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { mainnet, masterChefPid, morphoMarket, morphoMarketId, startReplica } from "@millrace/replica";
import {
  type Address,
  createPublicClient,
  createWalletClient,
  custom,
  erc20Abi,
  maxUint256,
  parseAbi,
  parseEther,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";

const { tokens, aave, uniswapV2, uniswapV3, morpho, sushi, permit2 } = mainnet;
const DAY = 86_400n;
const WAD = 10n ** 18n;

type Started = Awaited<ReturnType<typeof startReplica>>;
function clientsOf({ provider, accounts }: Started) {
  const transport = custom(provider, { retryCount: 0 });
  const client = createPublicClient({ transport, pollingInterval: 10 });
  const wallet = createWalletClient({ transport, account: accounts[0] });
  const balance = (token: Address, owner: Address = accounts[0]) =>
    client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [owner] });
  const approve = (token: Address, spender: Address) =>
    wallet.writeContract({
      ...{ address: token, abi: erc20Abi, functionName: "approve", args: [spender, maxUint256], chain: null },
    });
  return { client, wallet, balance, approve };
}

const poolAbi = parseAbi([
  "function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)",
  "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
]);
const rewardsAbi = parseAbi([
  "function getUserRewards(address[] assets, address user, address reward) view returns (uint256)",
  "function claimAllRewards(address[] assets, address to) returns (address[], uint256[])",
]);
const dataProviderAbi = parseAbi([
  "function getReserveTokensAddresses(address asset) view returns (address, address, address)",
]);

for (const version of ["3.0", "3.6"] as const)
  describe(`Aave ${version} on the replica`, async () => {
    const replica = await startReplica({ aave: version });
    const { client, wallet, balance, approve } = clientsOf(replica);
    const [account] = replica.accounts;
    const deposit = 100_000n * 10n ** 6n;
    after(() => replica.close());

    it("has each reserve's tokens at mainnet's addresses", async () => {
      for (const asset of ["weth", "usdc", "dai"] as const) {
        const [aToken, , variableDebtToken] = await client.readContract({
          ...{ address: aave.dataProvider, abi: dataProviderAbi, functionName: "getReserveTokensAddresses" },
          args: [tokens[asset]],
        });
        assert.deepEqual([aToken, variableDebtToken], [aave.aTokens[asset], aave.variableDebtTokens[asset]]);
      }
    });

    it("pays a supplier interest and rewards, and all of it back", async () => {
      await approve(tokens.usdc, aave.pool);
      const pool = { address: aave.pool, abi: poolAbi, chain: null } as const;
      await wallet.writeContract({ ...pool, functionName: "supply", args: [tokens.usdc, deposit, account, 0] });
      const supplied = await balance(aave.aTokens.usdc);
      assert.ok(supplied >= deposit - 1n && supplied <= deposit);
      await replica.increaseTime(30n * DAY);
      // 70 % of 500 million borrowed: (70 / 90) of 6 %, of which suppliers get 70 % less a tenth. The month before
      // took the usage from 70 % to 70.1 % (debts grew by 0.38 %, deposits by 0.24 %), and the rate is its square.
      const rate = (((((6n * WAD) / 100n) * 70n) / 90n) * 63n) / 100n;
      const interest = (await balance(aave.aTokens.usdc)) - supplied;
      assertNear(interest, (deposit * rate * 30n) / 365n / WAD, 300n);
      // 50,000 AAVE a year, by share of the supply: 0.02 % of 500 million, which grew by 0.25 % in the first month.
      const rewards = { address: aave.rewardsController, abi: rewardsAbi } as const;
      await wallet.writeContract({
        ...{ ...rewards, chain: null, functionName: "claimAllRewards", args: [[aave.aTokens.usdc], account] },
      });
      assertNear(await balance(tokens.aave), (parseEther("50000") * 30n) / 365n / 5_000n, 200n);
      const before = await balance(tokens.usdc);
      await wallet.writeContract({ ...pool, functionName: "withdraw", args: [tokens.usdc, maxUint256, account] });
      assert.ok((await balance(tokens.usdc)) - before >= deposit + interest - 1n);
      assert.equal(await balance(aave.aTokens.usdc), 0n);
    });

    it("gives what funding takes out of it", async () => {
      await replica.fund({ token: tokens.weth, to: account, amount: parseEther("5") });
      assert.equal(await balance(tokens.weth), parseEther("5"));
    });
  });

const quoterAbi = parseAbi([
  "struct Single { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 sqrtPriceLimitX96; }",
  "function quoteExactInputSingle(Single) returns (uint256 amountOut, uint160, uint32, uint256)",
]);
const v2Abi = parseAbi(["function getAmountsOut(uint256, address[]) view returns (uint256[])"]);

describe("Uniswap on the replica", async () => {
  const replica = await startReplica();
  const { client } = clientsOf(replica);
  after(() => replica.close());

  it("prices an ether at 3,000 USDC less fee and slippage, and a reward at 200", async () => {
    const quote = async (tokenIn: Address, fee: number, amountIn: bigint) => {
      const single = { tokenIn, tokenOut: tokens.usdc, amountIn, fee, sqrtPriceLimitX96: 0n };
      const call = { address: uniswapV3.quoter, abi: quoterAbi, functionName: "quoteExactInputSingle" } as const;
      return (await client.simulateContract({ ...call, args: [single] })).result[0];
    };
    // Sold into x, an amount a gets a·f / (x + a·f) of the other side.
    const out = (a: bigint, x: bigint, y: bigint, feePips: bigint) => {
      const paid = a * (1_000_000n - feePips);
      return (paid * y) / (x * 1_000_000n + paid);
    };
    const usdc = 10n ** 6n;
    assertNear(await quote(tokens.weth, 500, WAD), out(WAD, 20_000n * WAD, 60_000_000n * usdc, 500n), 100_000n);
    assertNear(await quote(tokens.aave, 3_000, WAD), out(WAD, 100_000n * WAD, 20_000_000n * usdc, 3_000n), 100_000n);
    const v2 = { address: uniswapV2.router, abi: v2Abi, functionName: "getAmountsOut" } as const;
    const [, amount] = await client.readContract({ ...v2, args: [WAD, [tokens.weth, tokens.usdc]] });
    assert.equal(amount, out(WAD, 10_000n * WAD, 30_000_000n * usdc, 3_000n));
  });
});

const morphoAbi = parseAbi([
  "struct Market { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function supply(Market market, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)",
  "function withdraw(Market market, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
  "function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128, uint128)",
  "function idToMarketParams(bytes32 id) view returns (address, address, address, address, uint256)",
]);

describe("Morpho on the replica", async () => {
  const replica = await startReplica({ with: ["morpho"] });
  const { client, wallet, balance, approve } = clientsOf(replica);
  const [account] = replica.accounts;
  const core = { address: morpho.blue, abi: morphoAbi } as const;
  after(() => replica.close());

  it("has the market", async () => {
    const { loanToken, collateralToken, oracle, irm, lltv } = morphoMarket;
    assert.deepEqual(await client.readContract({ ...core, functionName: "idToMarketParams", args: [morphoMarketId] }), [
      ...[loanToken, collateralToken, oracle, irm],
      lltv,
    ]);
  });

  it("pays a supplier interest and all of it back", async () => {
    const assets = 1_000_000n * 10n ** 6n;
    await approve(tokens.usdc, morpho.blue);
    const before = await balance(tokens.usdc);
    const supply = [morphoMarket, assets, 0n, account, "0x"] as const;
    await wallet.writeContract({ ...core, chain: null, functionName: "supply", args: supply });
    await replica.increaseTime(30n * DAY);
    const position = { ...core, functionName: "position", args: [morphoMarketId, account] } as const;
    const [shares] = await client.readContract(position);
    const withdraw = [morphoMarket, 0n, shares, account, account] as const;
    await wallet.writeContract({ ...core, chain: null, functionName: "withdraw", args: withdraw });
    const interest = (await balance(tokens.usdc)) - before;
    // u = 2 of 51 million are used, at a rate of u: suppliers earn u² a year. The market's first month moved u by 1 %.
    assertNear(interest, (assets * 2n ** 2n * 30n) / 51n ** 2n / 365n, 50n);
  });
});

const chefAbi = parseAbi([
  "function deposit(uint256 pid, uint256 amount)",
  "function withdraw(uint256 pid, uint256 amount)",
  "function pendingSushi(uint256 pid, address user) view returns (uint256)",
  "function poolInfo(uint256 pid) view returns (address lpToken, uint256, uint256, uint256)",
  "function userInfo(uint256 pid, address user) view returns (uint256 amount, uint256 rewardDebt)",
]);

describe("MasterChef on the replica", async () => {
  const replica = await startReplica({ with: ["masterChef"] });
  const { client, wallet, balance, approve } = clientsOf(replica);
  const { provider, actors, accounts } = replica;
  const pair = uniswapV2.pairs.usdcWeth;
  const chef = { address: sushi.masterChef, abi: chefAbi } as const;
  after(() => replica.close());

  it("pays a farmer a share of each block's hundred SUSHI", async () => {
    const [lpToken] = await client.readContract({ ...chef, functionName: "poolInfo", args: [masterChefPid] });
    assert.equal(lpToken, pair);
    const lent = await balance(pair, actors.lender);
    await provider.request({ method: "hardhat_impersonateAccount", params: [actors.lender] });
    const transfer = { address: pair, abi: erc20Abi, functionName: "transfer", args: [accounts[0], lent] } as const;
    await wallet.writeContract({ ...transfer, account: actors.lender, chain: null });
    await approve(pair, sushi.masterChef);
    await wallet.writeContract({ ...chef, chain: null, functionName: "deposit", args: [masterChefPid, lent] });
    const user = { ...chef, functionName: "userInfo", args: [masterChefPid, actors.lender] } as const;
    const [others] = await client.readContract(user);
    await provider.request({ method: "hardhat_mine", params: ["0x64"] });
    const pending = { ...chef, functionName: "pendingSushi", args: [masterChefPid, accounts[0]] } as const;
    const share = (parseEther("10000") * lent) / (lent + others);
    assertNear(await client.readContract(pending), share, 10n ** 9n);
    await wallet.writeContract({ ...chef, chain: null, functionName: "withdraw", args: [masterChefPid, lent] });
    assertNear(await balance(sushi.token), (share * 101n) / 100n, 10n ** 9n);
    assert.equal(await balance(pair), lent);
  });
});

const permit2Abi = parseAbi([
  "struct Permitted { address token; uint256 amount; }",
  "struct Permit { Permitted permitted; uint256 nonce; uint256 deadline; }",
  "struct Details { address to; uint256 requestedAmount; }",
  "function permitTransferFrom(Permit permit, Details transferDetails, address owner, bytes signature)",
]);

describe("Permit2 on the replica", async () => {
  const replica = await startReplica({ with: ["permit2"] });
  const { client, wallet, balance, approve } = clientsOf(replica);
  const [account, receiver] = replica.accounts;
  after(() => replica.close());

  it("moves what a signature permits, once", async () => {
    await approve(tokens.usdc, permit2);
    const { chainId } = replica;
    const permit = { permitted: { token: tokens.usdc, amount: 5n }, nonce: 0n, deadline: maxUint256 };
    // The first account of the phrase that everyone knows.
    const signer = mnemonicToAccount("test test test test test test test test test test test junk");
    assert.equal(signer.address.toLowerCase(), account.toLowerCase());
    const signature = await signer.signTypedData({
      domain: { name: "Permit2", chainId, verifyingContract: permit2 },
      types: {
        PermitTransferFrom: [
          { name: "permitted", type: "TokenPermissions" },
          { name: "spender", type: "address" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
        TokenPermissions: [
          { name: "token", type: "address" },
          { name: "amount", type: "uint256" },
        ],
      },
      primaryType: "PermitTransferFrom",
      message: { ...permit, spender: receiver },
    });
    const before = await balance(tokens.usdc, receiver);
    const call = {
      address: permit2,
      abi: permit2Abi,
      functionName: "permitTransferFrom",
      account: receiver,
      args: [permit, { to: receiver, requestedAmount: 5n }, account, signature],
    } as const;
    await wallet.writeContract({ ...call, chain: null });
    assert.equal(await balance(tokens.usdc, receiver), before + 5n);
    // InvalidNonce()
    await assert.rejects(client.simulateContract(call), /0x756688fe/);
  });
});

/** Equal but for one part in `parts`. */
function assertNear(actual: bigint, expected: bigint, parts: bigint): void {
  const difference = actual > expected ? actual - expected : expected - actual;
  assert.ok(difference * parts <= expected, `${actual} is not within 1/${parts} of ${expected}`);
}
