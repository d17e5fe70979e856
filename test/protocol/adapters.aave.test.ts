import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { type Address, erc20Abi, parseAbi, parseUnits } from "viem";
import { auction, MAX, mainnet, receiver, startMarket } from "./helpers/market.ts";

const { tokens, aave } = mainnet;
const abi = parseAbi([
  "function setReservePause(address asset, bool paused)",
  "function setReserveFreeze(address asset, bool freeze)",
  "function setSupplyCap(address asset, uint256 cap)",
  "function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referral, address onBehalfOf)",
]);
const usdc = (amount: string): bigint => parseUnits(amount, 6);
const DAY = 86_400n;

for (const version of ["3.0", "3.6"] as const) {
  describe(`AaveV3Adapter on Aave ${version}`, async () => {
    const market = await startMarket(tokens.usdc, { aave: version });
    const { connection, replica, viem, client, me, vault, balance } = market;
    const adapter = await viem.deployContract("AaveV3Adapter", [vault, aave.pool]);
    const deposit = (assets: bigint) => market.deposit(adapter.address, assets);
    const redeem = (assets: bigint) => market.redeem(adapter.address, assets);
    const fresh = await market.snapshot();
    beforeEach(() => fresh.restore());
    after(() => connection.close());

    /** An act of Aave's governance on the reserve of USDC. */
    const govern = async (functionName: "setReservePause" | "setReserveFreeze" | "setSupplyCap", value: unknown) => {
      const executor = await market.as(aave.executor);
      const args = [tokens.usdc, value] as never;
      await executor.writeContract({ address: aave.poolConfigurator, abi, functionName, args });
    };
    /** Someone borrows all but `left` of the reserve's liquidity. */
    const borrowAllBut = async (left: bigint) => {
      const { lender } = replica.actors;
      const wallet = await market.as(lender);
      const amount = (await balance(tokens.usdc, aave.aTokens.usdc)) - left;
      const args = [tokens.usdc, amount, 2n, 0, lender] as const;
      await wallet.writeContract({ address: aave.pool, abi, functionName: "borrow", args });
    };

    it("AD2 credits what the position is worth", async () => {
      const credited = await deposit(usdc("1000"));
      assert.ok(credited + 2n >= usdc("1000"));
      assert.equal(await balance(aave.aTokens.usdc, adapter.address), await adapter.read.realAssets());
      assert.equal(await balance(tokens.usdc, adapter.address), 0n);
    });

    it("AD3 earns interest, and pays all of it to the wei", async () => {
      await deposit(usdc("1000"));
      await replica.increaseTime(365n * DAY);
      const grown = await adapter.read.realAssets();
      assert.ok(grown > usdc("1000"));
      assert.equal(await adapter.read.maxDeallocate(), grown);
      await redeem(grown);
      assert.equal(await balance(tokens.usdc, receiver), grown);
    });

    it("AD3 a hundred deposits and exits of odd amounts lose at most two wei each", async () => {
      let lent = 0n;
      for (let i = 1n; i <= 50n; i++) {
        const amount = (usdc("1000") * i) / 7n;
        lent += amount;
        assert.ok((await deposit(amount)) + 2n >= amount);
        await redeem(amount / 3n);
        lent -= amount / 3n;
      }
      // Interest of a few minutes comes on top.
      assert.ok((await adapter.read.realAssets()) + 200n >= lent);
    });

    it("AD4 maxDeallocate is the liquidity that is left, to the wei", async () => {
      await deposit(usdc("1000"));
      await borrowAllBut(usdc("300"));
      assert.equal(await adapter.read.maxDeallocate(), usdc("300"));
      await assert.rejects(redeem(usdc("300") + 1n));
      await redeem(usdc("300"));
      assert.equal(await balance(tokens.usdc, receiver), usdc("300"));
      assert.equal(await adapter.read.maxDeallocate(), 0n);
    });

    it("AD4 tokens sent to the reserve are liquidity only where the version reads its balance", async () => {
      await deposit(usdc("1000"));
      await borrowAllBut(usdc("300"));
      const args = [aave.aTokens.usdc, usdc("50")] as const;
      await market.user.writeContract({ address: tokens.usdc, abi: erc20Abi, functionName: "transfer", args });
      const expected = version === "3.0" ? usdc("350") : usdc("300");
      assert.equal(await adapter.read.maxDeallocate(), expected);
      await assert.rejects(redeem(expected + 1n));
      await redeem(expected);
    });

    it("AD5 a paused reserve takes and pays nothing; the deposit stands, idle", async () => {
      await deposit(usdc("1000"));
      await govern("setReservePause", true);
      assert.equal(await adapter.read.maxAllocate(), 0n);
      assert.equal(await adapter.read.maxDeallocate(), 0n);
      assert.equal(await deposit(usdc("10")), 0n);
      assert.equal(await balance(tokens.usdc, vault), usdc("10"));
      await assert.rejects(redeem(1n));
    });

    it("AD5 a frozen reserve takes nothing and pays", async () => {
      await deposit(usdc("1000"));
      await govern("setReserveFreeze", true);
      assert.equal(await adapter.read.maxAllocate(), 0n);
      assert.equal(await deposit(usdc("10")), 0n);
      assert.equal(await balance(tokens.usdc, vault), usdc("10"));
      await redeem(usdc("500"));
      assert.equal(await balance(tokens.usdc, receiver), usdc("500"));
    });

    it("AD5 the supply cap counts what the treasury earned up to now", async () => {
      const supply = await client.readContract({
        ...{ address: aave.aTokens.usdc as Address, abi: erc20Abi, functionName: "totalSupply" },
      } as const);
      await govern("setSupplyCap", supply / 10n ** 6n + 1_000_000n);
      await replica.increaseTime(DAY);
      await replica.fund({ token: tokens.usdc, to: me, amount: usdc("1000000") });
      const room = await adapter.read.maxAllocate();
      // A second passes until the next block: on 350 million USDC borrowed at 5 % that is 0.55 USDC of interest.
      const second = usdc("1");
      const before = await market.snapshot();
      assert.equal(await deposit(room + second), 0n);
      await before.restore();
      assert.ok(room > usdc("100000") && room < usdc("1000000"), `${room}`);
      assert.ok((await deposit(room - second)) > 0n);
      assert.equal(await balance(tokens.usdc, vault), 0n);
      assert.ok((await adapter.read.maxAllocate()) <= 2n * second);
      await govern("setSupplyCap", 0n);
      assert.equal(await adapter.read.maxAllocate(), MAX);
    });

    it("AD6 claims rewards for the auction, and leaves them owed while there is none", async () => {
      await deposit(usdc("100000"));
      await replica.increaseTime(DAY);
      await adapter.write.claimRewards();
      assert.equal(await balance(tokens.aave, adapter.address), 0n);
      await market.setAuction();
      await adapter.write.claimRewards();
      assert.ok((await balance(tokens.aave, auction)) > 0n);
      assert.equal(await balance(tokens.aave, adapter.address), 0n);
    });

    it("AD7 refuses to forward aTokens", async () => {
      await deposit(usdc("1000"));
      await market.setAuction();
      await viem.assertions.revertWithCustomErrorWithArgs(
        adapter.write.forward([aave.aTokens.usdc]),
        adapter,
        "Adapter__ProtectedToken",
        [aave.aTokens.usdc],
      );
    });

    it("AD8 emergencyExit brings what the reserve has, and then all of it", async () => {
      await deposit(usdc("1000"));
      const lent = await market.snapshot();
      await borrowAllBut(usdc("300"));
      await market.emergencyExit(adapter.address);
      assert.equal(await balance(tokens.usdc, vault), usdc("300"));
      await lent.restore();
      await market.emergencyExit(adapter.address);
      assert.ok((await balance(tokens.usdc, vault)) >= usdc("1000") - 1n);
      assert.equal(await adapter.read.realAssets(), 0n);
    });

    it("refuses an asset that the pool does not list", async () => {
      const other = await viem.deployContract("VaultDriver", [aave.pool, me]);
      await assert.rejects(viem.deployContract("AaveV3Adapter", [other.address, aave.pool]), /Adapter__MarketMismatch/);
    });
  });
}
