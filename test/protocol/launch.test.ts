import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import hre from "hardhat";
import { type Address, keccak256, parseEther, stringToHex, toFunctionSelector, zeroAddress } from "viem";
import { emptyReplica } from "./helpers/deployment.ts";

const [OPENER, STOPPER, OTHER] = [1n, 3n, 7n];
const ADMIN = 0n;
const SUPPLY = parseEther("1000");

/* What keeps a deployment harmless while its maker still has power. */
describe("Launch", async () => {
  const { connection, replica, close } = await emptyReplica();
  after(close);
  const { viem } = connection;
  const [maker, other, third] = await viem.getWalletClients();
  const { usdc } = replica.addresses.tokens;
  const client = await viem.getPublicClient();
  const manager = await viem.deployContract("AccessManager", [maker.account.address]);
  const { bytecode } = await hre.artifacts.readArtifact("CompoundingVault");
  const factory = await viem.deployContract("VaultFactory", [keccak256(bytecode as `0x${string}`)]);
  const launch = await viem.deployContract("Launch", [
    manager.address,
    factory.address,
    OPENER,
    STOPPER,
    [OPENER, STOPPER, OTHER],
  ]);
  const token = await viem.deployContract("MillToken", [other.account.address, launch.address, SUPPLY, SUPPLY]);
  const asset = await viem.getContractAt("IERC20Metadata", usdc);
  const settings = {
    asset: usdc,
    name: "V",
    symbol: "V",
    authority: manager.address,
    feeRecipient: zeroAddress,
    feeBps: 0n,
    maxRate: 30n,
  };
  const salt = stringToHex("V", { size: 32 });
  const code = bytecode as `0x${string}`;
  const vaultAddress = await factory.read.vaultAddress([settings, salt, code, launch.address]);
  const vault = await viem.getContractAt("CompoundingVault", vaultAddress);
  const seed = 1_000n;
  await manager.write.grantRole([OPENER, launch.address, 0]);
  await manager.write.grantRole([STOPPER, launch.address, 0]);
  await manager.write.setTargetFunctionRole([vaultAddress, [toFunctionSelector("resumeDeposits()")], OPENER]);
  await manager.write.setTargetFunctionRole([vaultAddress, [toFunctionSelector("stopDeposits()")], STOPPER]);
  await asset.write.approve([launch.address, 10n * seed]);
  await asset.write.approve([vaultAddress, 10n ** 12n], { account: other.account });
  const createVault = (given = seed, account = maker.account) =>
    launch.write.createVault([settings, salt, code, given], { account });
  const deposit = () => vault.write.deposit([10n ** 6n, other.account.address], { account: other.account });
  const allot = (to: readonly (readonly [Address, bigint])[], account = maker.account) =>
    launch.write.allot([token.address, to.map(([address, amount]) => ({ to: address, amount }))], { account });
  const open = (account = third.account) => launch.write.launch({ account });
  const powerless = () => manager.write.renounceRole([ADMIN, maker.account.address]);
  const refused = (
    attempt: Promise<unknown>,
    error: "NotMaker" | "AlreadyLaunched" | "AlreadyAllotted" | "WrongSum" | "WrongSeed" | "MakerHasRole",
    args: readonly unknown[],
  ) => viem.assertions.revertWithCustomErrorWithArgs(attempt as never, launch, `Launch__${error}`, args as never);

  let snapshot: unknown = await replica.provider.request({ method: "evm_snapshot" });
  beforeEach(async () => {
    await replica.provider.request({ method: "evm_revert", params: [snapshot] });
    snapshot = await replica.provider.request({ method: "evm_snapshot" });
  });

  it("creates a vault that takes no deposits", async () => {
    await createVault();
    assert.equal(await vault.read.totalAssets(), seed);
    assert.equal(await vault.read.maxDeposit([other.account.address]), 0n);
    await viem.assertions.revertWithCustomError(deposit(), vault, "CompoundingVault__DepositsStopped");
  });

  it("takes the seed of the vault, no more and no less", async () => {
    await refused(createVault(seed + 1n), "WrongSeed", [seed + 1n, 1n]);
    await viem.assertions.revert(createVault(seed - 1n));
  });

  it("creates and allots for its maker alone", async () => {
    await refused(createVault(seed, other.account), "NotMaker", [other.account.address]);
    await refused(allot([[other.account.address, SUPPLY]], other.account), "NotMaker", [other.account.address]);
  });

  it("allots all tokens, once", async () => {
    await refused(allot([[other.account.address, SUPPLY - 1n]]), "WrongSum", [SUPPLY - 1n, SUPPLY]);
    await allot([[other.account.address, SUPPLY]]);
    await refused(allot([[maker.account.address, SUPPLY]]), "AlreadyAllotted", [token.address]);
  });

  for (const role of [OPENER, STOPPER, OTHER])
    it(`waits while its maker holds role ${role}, whoever asks`, async () => {
      await createVault();
      await manager.write.grantRole([role, maker.account.address, 0]);
      await powerless();
      await refused(open(), "MakerHasRole", [role]);
      await refused(open(maker.account), "MakerHasRole", [role]);
      await manager.write.renounceRole([role, maker.account.address]);
      await open();
    });

  it("waits while its maker is the admin", async () => {
    await refused(open(), "MakerHasRole", [ADMIN]);
  });

  it("waits while its maker will hold a role one day", async () => {
    await manager.write.setGrantDelay([OTHER, 10]);
    await replica.increaseTime(6n * 86_400n); // the delay of grants holds from five days on
    await manager.write.grantRole([OTHER, maker.account.address, 0]);
    assert.deepEqual(await manager.read.hasRole([OTHER, maker.account.address]), [false, 0]);
    await powerless();
    await refused(open(), "MakerHasRole", [OTHER]);
  });

  it("opens the vaults, hands out the tokens and keeps nothing, once", async () => {
    await createVault();
    await allot([
      [other.account.address, SUPPLY - 1n],
      [third.account.address, 1n],
    ]);
    await powerless();
    await open();
    await deposit();
    const held = await Promise.all(
      [other, third, { account: launch }].map(({ account }) => token.read.balanceOf([account.address])),
    );
    assert.deepEqual(held, [SUPPLY - 1n, 1n, 0n]);
    for (const role of [OPENER, STOPPER])
      assert.deepEqual(await manager.read.hasRole([role, launch.address]), [false, 0]);
    assert.equal(await client.readContract({ ...launch, functionName: "launched" }), true);
    await refused(open(), "AlreadyLaunched", []);
    await refused(createVault(), "AlreadyLaunched", []);
  });
});
