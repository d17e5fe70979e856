import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { encodePacked, parseAbi, parseEther, parseUnits } from "viem";
import { mainnet, receiver, startMarket } from "./helpers/market.ts";
import { addAdapter, deployVault } from "./helpers/vault.ts";

const { tokens, aave, uniswapV3 } = mainnet;
const DAY = 86_400n;
/** AAVE to WETH at 0.3 %, WETH to USDC at 0.05 %. */
const PATH = encodePacked(
  ["address", "uint24", "address", "uint24", "address"],
  [tokens.aave, 3_000, tokens.weth, 500, tokens.usdc],
);
const quoterAbi = parseAbi([
  "function quoteExactInput(bytes path, uint256 amountIn) returns (uint256 amountOut, uint160[], uint32[], uint256)",
]);
const usdc = (amount: string): bigint => parseUnits(amount, 6);

describe("a season of Aave rewards, sold in an auction that a flash fill through Uniswap takes", async () => {
  const market = await startMarket(tokens.usdc);
  const { connection, replica, viem, client, me, balance } = market;
  after(() => connection.close());
  const vault = await deployVault(market, tokens.usdc, receiver);
  const adapter = await viem.deployContract("AaveV3Adapter", [vault.address, aave.pool]);
  await addAdapter(vault, adapter);
  const auction = await viem.deployContract("RewardAuction", [vault.address]);
  await vault.write.setAuction([auction.address]);
  const taker = await viem.deployContract("UniswapTaker", [auction.address, uniswapV3.router]);
  const keeper = (await viem.getWalletClients())[1];
  const deposited = usdc("500000");

  /** What Uniswap pays for that much AAVE now. */
  const quote = async (amount: bigint): Promise<bigint> => {
    const args = [PATH, amount] as const;
    const call = { address: uniswapV3.quoter, abi: quoterAbi, functionName: "quoteExactInput", args } as const;
    return (await client.simulateContract(call)).result[0];
  };

  it("lends the deposit to Aave and lets a month pass", async () => {
    const anchor = (await quote(parseEther("1"))) * 10n ** 18n;
    await auction.write.list([tokens.aave, anchor, parseEther("0.1")]);
    await vault.write.deposit([deposited, me]);
    assert.ok((await adapter.read.realAssets()) >= deposited - 1n);
    await replica.increaseTime(30n * DAY);
  });

  it("compound claims the rewards straight into the auction and starts a lot", async () => {
    await vault.write.compound();
    const lot = await auction.read.lot([tokens.aave]);
    assert.ok(lot.initial > parseEther("1"), `${lot.initial}`);
    assert.equal(await balance(tokens.aave, auction.address), lot.initial + 1n); // a wei stays
    assert.equal(await balance(tokens.aave, adapter.address), 0n);
  });

  it("nobody fills the lot while it costs more than Uniswap pays", async () => {
    const { remaining } = await auction.read.lot([tokens.aave]);
    await assert.rejects(taker.write.fill([tokens.aave, remaining, PATH], { account: keeper.account }));
  });

  it("a keeper without a penny fills it when the price has come down, and the vault is paid in full", async () => {
    const { remaining } = await auction.read.lot([tokens.aave]);
    const worth = await quote(remaining);
    while ((await auction.read.quote([tokens.aave, remaining])) > worth) await replica.increaseTime(60n);
    const before = await balance(tokens.usdc, vault.address);
    await taker.write.fill([tokens.aave, remaining, PATH], { account: keeper.account });
    const paid = (await balance(tokens.usdc, vault.address)) - before;
    const kept = await balance(tokens.usdc, taker.address);
    assert.equal(paid + kept, worth);
    // A minute of a half-life is a thirtieth: the vault gets at least 96 % of what Uniswap pays.
    assert.ok(paid * 100n >= worth * 96n, `${paid} of ${worth}`);
    assert.equal((await auction.read.lot([tokens.aave])).remaining, 0n);
    assert.equal(await balance(tokens.usdc, auction.address), 0n);
  });

  it("the proceeds stream into the price, and everyone leaves with all of it", async () => {
    const proceeds = await balance(tokens.usdc, vault.address);
    const before = await vault.read.totalAssets();
    await vault.write.compound();
    assert.ok((await vault.read.totalAssets()) - before < proceeds / 1_000n, "at once");
    assert.equal((await vault.read.books()).idle, 1n); // lent on, but for a wei
    await replica.increaseTime(30n * DAY);
    await vault.write.accrue();
    assert.ok((await vault.read.totalAssets()) - before >= proceeds, "after a month");
    const had = await balance(tokens.usdc, me);
    const shares = await vault.read.balanceOf([me]);
    await vault.write.redeem([shares, me, me]);
    const earned = (await balance(tokens.usdc, me)) - had - deposited;
    // Nine tenths of the proceeds at the least: the fee is a tenth, the interest comes on top.
    assert.ok(earned * 10n > proceeds * 9n, `${earned} of ${proceeds}`);
    // What is left belongs to the seed and to the fee's shares, to the wei that divisions leave.
    const left = await adapter.read.realAssets();
    const owed = (await vault.read.convertToAssets([await vault.read.totalSupply()])) + (await vault.read.locked());
    assert.ok(left >= owed && left - owed <= 5n, `${left} and ${owed}`);
  });

  it("the auction's approvals are nobody's: the taker has none left", async () => {
    const abi = parseAbi(["function allowance(address owner, address spender) view returns (uint256)"]);
    const args = [taker.address, auction.address] as const;
    assert.equal(await client.readContract({ address: tokens.usdc, abi, functionName: "allowance", args }), 0n);
  });
});
