import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { type Address, encodeFunctionData, erc20Abi, type Hex, maxUint256, parseAbi, parseUnits } from "viem";
import { mainnet, receiver, startMarket } from "./helpers/market.ts";
import { addAdapter, deployVault } from "./helpers/vault.ts";

const { tokens, aave } = mainnet;
const abi = parseAbi([
  "function mint(address to, uint256 amount) returns (bool)",
  "function repay(address asset, uint256 amount, uint256 mode, address onBehalfOf) returns (uint256)",
  "function borrow(address asset, uint256 amount, uint256 mode, uint16 referral, address onBehalfOf)",
  "function withdraw(address asset, uint256 amount, address to) returns (uint256)",
  "function mintToTreasury(address[] assets)",
  "function updateFlashloanPremiumTotal(uint128 premium)",
]);
const usdc = (amount: string): bigint => parseUnits(amount, 6);
const show = (amount: bigint): string => (Number(amount) / 1e6).toLocaleString("en");
const DAY = 86_400n;
const GAS = { gas: 16_700_000n } as const;

// Nobody has anything in the reserve, and it comes first in the order of a vault that has a million elsewhere.
describe("An emptied reserve of Aave 3.0", async () => {
  const market = await startMarket(tokens.usdc, { aave: "3.0" });
  const { connection, replica, viem, me, balance } = market;
  after(() => connection.close());
  const { lender, borrower } = replica.actors;
  const send = async (from: Address, to: Address, data: Hex) => {
    const wallet = await market.as(from);
    await wallet.sendTransaction({ to, data });
  };
  const vault = await deployVault(market, tokens.usdc, receiver);
  const adapter = await viem.deployContract("AaveV3Adapter", [vault.address, aave.pool]);
  const source = await viem.deployContract("Source4626", [tokens.usdc]);
  const other = await viem.deployContract("ERC4626Adapter", [vault.address, source.address]);
  const attacker = await viem.deployContract("AaveIndexAttacker", [
    aave.pool,
    tokens.usdc,
    aave.aTokens.usdc,
    vault.address,
  ]);

  await send(me, tokens.usdc, encodeFunctionData({ abi, functionName: "mint", args: [borrower, usdc("600000000")] }));
  await send(
    borrower,
    tokens.usdc,
    encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [aave.pool, maxUint256] }),
  );
  await send(
    borrower,
    aave.pool,
    encodeFunctionData({ abi, functionName: "repay", args: [tokens.usdc, maxUint256, 2n, borrower] }),
  );
  await send(me, aave.pool, encodeFunctionData({ abi, functionName: "mintToTreasury", args: [[tokens.usdc]] }));
  await send(
    aave.treasury,
    aave.pool,
    encodeFunctionData({ abi, functionName: "withdraw", args: [tokens.usdc, maxUint256, aave.treasury] }),
  );
  await send(
    lender,
    aave.pool,
    encodeFunctionData({ abi, functionName: "withdraw", args: [tokens.usdc, maxUint256, lender] }),
  );
  await send(
    aave.executor,
    aave.poolConfigurator,
    encodeFunctionData({ abi, functionName: "updateFlashloanPremiumTotal", args: [5n] }),
  ); // as on mainnet then
  await send(me, tokens.usdc, encodeFunctionData({ abi, functionName: "mint", args: [me, usdc("1000000")] }));
  await addAdapter(vault, other);
  await vault.write.deposit([usdc("1000000"), me]);
  await addAdapter(vault, adapter);
  await vault.write.setOrder([[adapter.address, other.address]]);
  await send(
    me,
    tokens.usdc,
    encodeFunctionData({ abi, functionName: "mint", args: [attacker.address, usdc("200000000")] }),
  );
  const fresh = await market.snapshot();
  beforeEach(() => fresh.restore());

  it("AD10 a claim that nothing backs lifts no price", async (t) => {
    const cash = () => balance(tokens.usdc, attacker.address);
    await attacker.write.enter([1n]);
    const start = await cash();
    await attacker.write.lift([usdc("10000000"), 30n], GAS);
    await attacker.write.drain([], GAS);
    assert.equal(await balance(tokens.usdc, aave.aTokens.usdc), 0n);
    const claim = await balance(aave.aTokens.usdc, adapter.address);
    t.diagnostic(
      `lifting it costs ${show(start - (await cash()))}; a wei lent claims ${show(claim)} and is valued at ${await adapter.read.realAssets()} wei`,
    );
    assert.ok(claim > usdc("100000"));
    assert.ok((await adapter.read.realAssets()) <= 2n);
    assert.ok((await cash()) >= start, "he has all of it back");
    await vault.write.accrue();
    await attacker.write.enter([usdc("100000000")]);
    const before = await cash();
    await replica.increaseTime(28n * DAY);
    await vault.write.accrue();
    await attacker.write.leave();
    t.diagnostic(`who entered with 100,000,000 for 28 days: ${show((await cash()) - before - usdc("100000000"))}`);
    assert.ok((await cash()) <= before + usdc("100000000") + 2n);
    t.diagnostic(`the holder of 1,000,000 has ${show(await vault.read.maxWithdraw([me]))}`);
    assert.ok((await vault.read.maxWithdraw([me])) >= usdc("1000000") - 10n);
  });

  it("AD4 half a unit of an index that a stranger lifted stops no exit", async () => {
    await attacker.write.enter([1n]);
    await attacker.write.lift([1_000n, 40n], GAS);
    const liquid = await balance(tokens.usdc, aave.aTokens.usdc);
    await send(
      borrower,
      aave.pool,
      encodeFunctionData({ abi, functionName: "borrow", args: [tokens.usdc, liquid - 1n, 2n, 0, borrower] }),
    );
    assert.equal(await adapter.read.maxDeallocate(), 0n, "a wei is there, and can't be had");
    for (const amount of ["0.01", "1000", "900000"]) await vault.write.withdraw([usdc(amount), me, me]);
    await vault.write.withdraw([await vault.read.maxWithdraw([me]), me, me]);
  });
});
