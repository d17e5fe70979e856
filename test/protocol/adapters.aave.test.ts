import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { mainnet, startReplica } from "@millrace/replica";
import { network } from "hardhat";
import { type Address, erc20Abi, parseAbi, parseUnits } from "viem";

const { tokens, aave } = mainnet;
const MAX = 2n ** 256n - 1n;
const abi = parseAbi([
  "function setReservePause(address asset, bool paused)",
  "function setReserveFreeze(address asset, bool freeze)",
  "function setSupplyCap(address asset, uint256 cap)",
  "function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referral, address onBehalfOf)",
]);
const usdc = (amount: string): bigint => parseUnits(amount, 6);

describe("AaveV3Adapter on Aave 3.0.2", async () => {
  const connection = await network.create("mainnetReplica");
  const replica = await startReplica({ connection });
  const { viem, networkHelpers } = connection;
  const client = await viem.getPublicClient();
  const [user] = await viem.getWalletClients();
  const me = user.account.address;
  const receiver: Address = "0x00000000000000000000000000000000000000aa";
  const auction: Address = "0x00000000000000000000000000000000000000bb";
  const vault = await viem.deployContract("VaultDriver", [tokens.usdc, me]);
  const adapter = await viem.deployContract("AaveV3Adapter", [vault.address, aave.pool]);
  await user.writeContract({
    address: tokens.usdc,
    abi: erc20Abi,
    functionName: "approve",
    args: [vault.address, MAX],
  });
  const fresh = await networkHelpers.takeSnapshot();
  beforeEach(() => fresh.restore());
  after(() => connection.close());

  const balance = (token: Address, owner: Address): Promise<bigint> =>
    client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [owner] });
  const deposit = (assets: bigint) => vault.write.deposit([adapter.address, assets]);
  const redeem = (assets: bigint) => vault.write.redeem([adapter.address, assets, receiver]);
  const as = async (account: Address) => {
    await networkHelpers.impersonateAccount(account);
    await networkHelpers.setBalance(account, 10n ** 18n);
    return await viem.getWalletClient(account);
  };
  /** An act of Aave's governance on the reserve of USDC. */
  const govern = async (functionName: "setReservePause" | "setReserveFreeze" | "setSupplyCap", value: unknown) => {
    const executor = await as(aave.executor);
    const args = [tokens.usdc, value] as never;
    await executor.writeContract({ address: aave.poolConfigurator, abi, functionName, args });
  };
  /** Someone borrows all but `left` of the reserve's liquidity. */
  const borrowAllBut = async (left: bigint) => {
    const { lender } = replica.actors;
    const wallet = await as(lender);
    const args = [tokens.usdc, (await balance(tokens.usdc, aave.aTokens.usdc)) - left, 2n, 0, lender] as const;
    await wallet.writeContract({ address: aave.pool, abi, functionName: "borrow", args });
  };

  it("AD2 credits what the position is worth", async () => {
    const { result: credited } = await vault.simulate.deposit([adapter.address, usdc("1000")]);
    await deposit(usdc("1000"));
    assert.ok((credited as bigint) + 2n >= usdc("1000"));
    assert.equal(await balance(aave.aTokens.usdc, adapter.address), await adapter.read.realAssets());
    assert.equal(await balance(tokens.usdc, adapter.address), 0n);
  });

  it("earns interest, and pays all of it to the wei", async () => {
    await deposit(usdc("1000"));
    await replica.increaseTime(86_400n * 365n);
    const grown = await adapter.read.realAssets();
    assert.ok(grown > usdc("1000"));
    assert.equal(await adapter.read.maxDeallocate(), grown);
    await redeem(grown);
    assert.equal(await balance(tokens.usdc, receiver), grown);
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

  it("AD5 a paused reserve takes and pays nothing; the deposit stands, idle", async () => {
    await deposit(usdc("1000"));
    await govern("setReservePause", true);
    assert.equal(await adapter.read.maxAllocate(), 0n);
    assert.equal(await adapter.read.maxDeallocate(), 0n);
    await deposit(usdc("10"));
    assert.equal(await balance(tokens.usdc, vault.address), usdc("10"));
    await assert.rejects(redeem(1n));
  });

  it("AD5 a frozen reserve takes nothing and pays", async () => {
    await deposit(usdc("1000"));
    await govern("setReserveFreeze", true);
    assert.equal(await adapter.read.maxAllocate(), 0n);
    await deposit(usdc("10"));
    assert.equal(await balance(tokens.usdc, vault.address), usdc("10"));
    await redeem(usdc("500"));
    assert.equal(await balance(tokens.usdc, receiver), usdc("500"));
  });

  it("AD5 the supply cap counts what the treasury earned up to now", async () => {
    const supply = await client.readContract({
      address: aave.aTokens.usdc,
      abi: erc20Abi,
      functionName: "totalSupply",
    });
    await govern("setSupplyCap", supply / 10n ** 6n + 1_000_000n);
    await replica.increaseTime(86_400n);
    await replica.fund({ token: tokens.usdc, to: me, amount: usdc("1000000") });
    const room = await adapter.read.maxAllocate();
    // A second passes until the next block: on 350 million USDC borrowed at 5 % that is 0.55 USDC of interest.
    const second = usdc("1");
    const snapshot = await networkHelpers.takeSnapshot();
    await deposit(room + second);
    assert.equal(await balance(tokens.usdc, vault.address), room + second);
    await snapshot.restore();
    assert.ok(room > usdc("100000") && room < usdc("1000000"), `${room}`);
    await deposit(room - second);
    assert.equal(await balance(tokens.usdc, vault.address), 0n);
    assert.ok((await adapter.read.maxAllocate()) <= 2n * second);
    await govern("setSupplyCap", 0n);
    assert.equal(await adapter.read.maxAllocate(), MAX);
  });

  it("AD6 claims rewards for the auction, and leaves them owed while there is none", async () => {
    await deposit(usdc("100000"));
    await replica.increaseTime(86_400n);
    await adapter.write.claimRewards();
    assert.equal(await balance(tokens.aave, adapter.address), 0n);
    await vault.write.setAuction([auction]);
    await adapter.write.claimRewards();
    assert.ok((await balance(tokens.aave, auction)) > 0n);
    assert.equal(await balance(tokens.aave, adapter.address), 0n);
  });

  it("AD7 refuses to forward aTokens", async () => {
    await deposit(usdc("1000"));
    await vault.write.setAuction([auction]);
    await viem.assertions.revertWithCustomErrorWithArgs(
      adapter.write.forward([aave.aTokens.usdc]),
      adapter,
      "Adapter__ProtectedToken",
      [aave.aTokens.usdc],
    );
  });

  it("AD8 emergencyExit brings what the reserve has", async () => {
    await deposit(usdc("1000"));
    await borrowAllBut(usdc("300"));
    await vault.write.emergencyExit([adapter.address]);
    assert.equal(await balance(tokens.usdc, vault.address), usdc("300"));
  });

  it("refuses an asset that the pool does not list", async () => {
    const other = await viem.deployContract("VaultDriver", [aave.pool, me]);
    await assert.rejects(viem.deployContract("AaveV3Adapter", [other.address, aave.pool]), /Adapter__MarketMismatch/);
  });
});
