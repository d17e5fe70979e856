import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { morphoMarket } from "@millrace/replica";
import { encodeFunctionData, type Hex, parseAbi, parseEther, parseUnits } from "viem";
import { mainnet, receiver, startMarket } from "./helpers/market.ts";

const { tokens, morpho } = mainnet;
const abi = parseAbi([
  "struct Market { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function accrueInterest(Market market)",
  "function setFee(Market market, uint256 fee)",
  "function setFeeRecipient(address recipient)",
  "function owner() view returns (address)",
  "function borrow(Market market, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
  "function liquidate(Market market, address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data) returns (uint256, uint256)",
  "function supplyCollateral(Market market, uint256 assets, address onBehalf, bytes data)",
  "function setPrice(uint256 price)",
  "function approve(address spender, uint256 amount) returns (bool)",
]);
const probeAbi = parseAbi([
  "function around(address adapter, address target, bytes data) returns (uint256[3] before, uint256[3] afterwards)",
]);
const usdc = (amount: string): bigint => parseUnits(amount, 6);
const YEAR = 31_536_000n;

describe("MorphoBlueAdapter on Morpho Blue", async () => {
  const market = await startMarket(tokens.usdc, { with: ["morpho"] });
  const { connection, replica, viem, client, vault, balance } = market;
  const adapter = await viem.deployContract("MorphoBlueAdapter", [vault, morpho.blue, morphoMarket]);
  const probe = await viem.deployContract("ValueProbe");
  const core = { address: morpho.blue, abi } as const;
  const { lender, borrower } = replica.actors;
  const fresh = await market.snapshot();
  beforeEach(() => fresh.restore());
  after(() => connection.close());

  const setFee = async () => {
    const owner = await market.as(await client.readContract({ ...core, functionName: "owner" }));
    await owner.writeContract({ ...core, functionName: "setFeeRecipient", args: [lender] });
    await owner.writeContract({ ...core, functionName: "setFee", args: [morphoMarket, parseEther("0.1")] });
  };
  /** The borrower takes what is liquid, but for `left`. */
  const borrowAllBut = async (left: bigint) => {
    const wallet = await market.as(borrower);
    await replica.fund({ token: tokens.weth, to: borrower, amount: parseEther("50000") });
    await wallet.writeContract({
      ...{ address: tokens.weth, abi, functionName: "approve", args: [morpho.blue, parseEther("50000")] },
    } as const);
    const collateral = [morphoMarket, parseEther("50000"), borrower, "0x" as Hex] as const;
    await wallet.writeContract({ ...core, functionName: "supplyCollateral", args: collateral });
    const amount = (await balance(tokens.usdc, morpho.blue)) - left;
    const args = [morphoMarket, amount, 0n, borrower, borrower] as const;
    await wallet.writeContract({ ...core, functionName: "borrow", args });
  };

  it("AD2 values the interest that an accrual would book, to the wei, with and without a fee", async () => {
    await market.deposit(adapter.address, usdc("100000"));
    let value = 0n;
    for (const withFee of [false, true]) {
      if (withFee) await setFee();
      for (const seconds of [1n, 12n, 86_400n, YEAR, 10n * YEAR]) {
        await replica.increaseTime(seconds);
        const accrual = encodeFunctionData({ abi, functionName: "accrueInterest", args: [morphoMarket] });
        const { result } = await client.simulateContract({
          ...{ address: probe.address, abi: probeAbi, functionName: "around", account: market.me },
          args: [adapter.address, morpho.blue, accrual],
        } as const);
        const [before, afterwards] = result;
        assert.deepEqual(before, afterwards, `${seconds} s`);
        assert.ok(before[0] > value, "time passed and nothing was earned");
        value = before[0];
      }
    }
  });

  it("AD3 pays all of it, to the wei", async () => {
    await market.deposit(adapter.address, usdc("100000"));
    await replica.increaseTime(YEAR);
    const grown = await adapter.read.realAssets();
    assert.ok(grown > usdc("100000"));
    await market.redeem(adapter.address, grown);
    assert.equal(await balance(tokens.usdc, receiver), grown);
  });

  it("AD4 maxDeallocate is the liquidity that is left, to the wei", async () => {
    await market.deposit(adapter.address, usdc("100000"));
    await borrowAllBut(usdc("300"));
    assert.equal(await adapter.read.maxDeallocate(), usdc("300"));
    await assert.rejects(market.redeem(adapter.address, usdc("300") + 1n));
    await market.redeem(adapter.address, usdc("300"));
    assert.equal(await balance(tokens.usdc, receiver), usdc("300"));
  });

  it("AD2 bad debt lowers the value at once", async () => {
    await market.deposit(adapter.address, usdc("100000"));
    const before = await adapter.read.realAssets();
    const liquidator = await market.as(lender);
    await replica.fund({ token: tokens.usdc, to: lender, amount: usdc("10000000") });
    await liquidator.writeContract({
      ...{ address: tokens.usdc, abi, functionName: "approve", args: [morpho.blue, usdc("10000000")] },
    } as const);
    // An ether falls from 3,000 to 500 USDC: 2,000 of them no longer cover 2 million of debt.
    const price = parseUnits("500", 6 + 36 - 18);
    await liquidator.writeContract({ address: morphoMarket.oracle, abi, functionName: "setPrice", args: [price] });
    const args = [morphoMarket, borrower, parseEther("2000"), 0n, "0x" as Hex] as const;
    await liquidator.writeContract({ ...core, functionName: "liquidate", args });
    const now = await adapter.read.realAssets();
    // Half a million to a million of fifty are gone.
    assert.ok(now < (before * 99n) / 100n && now > (before * 95n) / 100n, `${before} ${now}`);
    await market.redeem(adapter.address, now);
  });

  it("AD8 emergencyExit brings what is liquid, and then all of it", async () => {
    await market.deposit(adapter.address, usdc("100000"));
    const lent = await market.snapshot();
    await borrowAllBut(usdc("300"));
    await market.emergencyExit(adapter.address);
    assert.equal(await balance(tokens.usdc, vault), usdc("300"));
    await lent.restore();
    await market.emergencyExit(adapter.address);
    assert.ok((await balance(tokens.usdc, vault)) >= usdc("100000") - 1n);
    assert.equal(await adapter.read.realAssets(), 0n);
  });

  it("refuses a market that does not exist", async () => {
    const none = { ...morphoMarket, lltv: 1n };
    await assert.rejects(
      viem.deployContract("MorphoBlueAdapter", [vault, morpho.blue, none]),
      /Adapter__MarketMismatch/,
    );
  });
});
