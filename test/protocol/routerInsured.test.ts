import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { mainnet } from "@millrace/replica";
import { approve, balanceOf, getPosition, getRevert, signPermit, signPermit2 } from "@millrace/sdk";
import { underwrite } from "@millrace/sdk/insurance";
import {
  depositAndInsure,
  depositAndInsureWithPermit2,
  prepareDepositAndInsure,
  prepareRoutePermit,
  routeCalls,
  simulateDepositAndInsure,
  simulateDepositAndInsureWithPermit2,
} from "@millrace/sdk/router";
import hre from "hardhat";
import { type Hash, maxUint256, parseUnits } from "viem";
import { addressOf } from "../../scripts/deploy/claim.ts";
import { perform } from "../../scripts/deploy/perform.ts";
import { emptyReplica } from "./helpers/deployment.ts";

const { tokens, permit2 } = mainnet;
const DAY = 86_400n;
const PRODUCT = 0;
const usdc = (amount: string): bigint => parseUnits(amount, 6);

/** Everything as it is deployed: the router with the genuine Permit2, a vault that lends on Aave, and its insurance. */
describe("deposit and insure through the deployed router", async () => {
  const { connection, parameters, signer, replica, close } = await emptyReplica();
  after(close);
  const { contracts } = await perform({ hre, connection, parameters, signer });
  const { viem } = connection;
  const client = await viem.getPublicClient();
  const wallets = await viem.getWalletClients();
  const [user, underwriter] = [wallets[7], wallets[8]] as const;
  const me = user.account.address;
  const [router, vault, pool, coverManager] = ["VaultRouter", "mrUSDC", "muUSDC", "muUSDC_CoverManager"].map((name) =>
    addressOf(contracts, name),
  );
  const nft = await viem.getContractAt("CoverNFT", addressOf(contracts, "muUSDC_CoverNFT"));
  const covers = await viem.getContractAt("CoverManager", coverManager);

  await approve(underwriter, { token: tokens.usdc, spender: pool, amount: maxUint256 });
  await underwrite(underwriter, {
    ...{ pool, assets: usdc("500000"), receiver: underwriter.account.address, minShares: 1n },
  });
  await replica.increaseTime(24n * DAY + 1n); // the product's notice
  await covers.write.applyProduct([PRODUCT], { account: underwriter.account });
  const deadline = (await client.getBlock()).timestamp + DAY;
  const [amount, period] = [usdc("10000"), 90 * Number(DAY)];
  const [premium] = await covers.read.quote([PRODUCT, amount, BigInt(period)]);
  const terms = {
    ...{ router, vault, assets: usdc("10000"), receiver: me, minShares: 1n, deadline },
    ...{ coverManager, product: PRODUCT, amount, period, maxPremium: premium + usdc("1") },
  };
  const { networkHelpers } = connection;
  const fresh = await networkHelpers.takeSnapshot();
  beforeEach(() => fresh.restore());

  /** The newest policy holds `shares`, is mine, and cost what it does now; nothing is left in the router. */
  const assertInsured = async (shares: bigint, before: bigint): Promise<void> => {
    const coverId = await nft.read.count();
    const { premium: paid, amount: covered } = await covers.read.coverOf([coverId]);
    assert.equal((await nft.read.ownerOf([coverId])).toLowerCase(), me.toLowerCase());
    assert.equal(await nft.read.armedOf([coverId]), shares);
    assert.equal(covered, amount);
    assert.equal(before - (await balanceOf(client, { token: tokens.usdc, owner: me })), terms.assets + paid);
    assert.equal((await getPosition(client, { vault, owner: me })).shares, 0n);
    for (const token of [tokens.usdc, vault]) assert.equal(await balanceOf(client, { token, owner: router }), 0n);
  };
  const nameOf = async (attempt: Promise<Hash>): Promise<string | undefined> =>
    getRevert(
      await attempt.then(
        () => assert.fail("It went well."),
        (error: unknown) => error,
      ),
    )?.name;
  const mine = (): Promise<bigint> => balanceOf(client, { token: tokens.usdc, owner: me });

  it("mints the shares into the policy, within bounds", async () => {
    const before = await mine();
    await approve(user, { token: tokens.usdc, spender: router, amount: maxUint256 });
    const { shares, premium: quoted } = await simulateDepositAndInsure(user, terms);
    assert.ok(quoted > 0n && quoted <= premium && shares > 0n); // a second later there is a second less to bill
    const cheap = depositAndInsure(user, { ...terms, maxPremium: quoted / 2n });
    assert.equal(await nameOf(cheap), "VaultRouter__AboveMaxPremium");
    const dear = depositAndInsure(user, { ...terms, minShares: 2n * shares });
    assert.equal(await nameOf(dear), "VaultRouter__BelowMinShares");
    const late = depositAndInsure(user, { ...terms, deadline: 1n });
    assert.equal(await nameOf(late), "VaultRouter__Expired");
    const wide = depositAndInsure(user, { ...terms, period: Number(DAY) });
    assert.equal(await nameOf(wide), "CoverManager__OutOfBounds");
    assert.equal(await mine(), before);
    await depositAndInsure(user, terms);
    await assertInsured(await nft.read.armedOf([await nft.read.count()]), before);
  });

  it("needs no approval: an EIP-2612 signature for both is the first of two calls", async () => {
    const before = await mine();
    const amount = terms.assets + terms.maxPremium;
    const signed = await signPermit(user, { token: tokens.usdc, spender: router, amount, deadline });
    const calls = [prepareRoutePermit({ router, token: tokens.usdc, signed }), prepareDepositAndInsure(terms)];
    await routeCalls(user, { router, calls });
    await assertInsured(await nft.read.armedOf([await nft.read.count()]), before);
  });

  it("takes of a Permit2 signature what the policy costs, for its owner alone", async () => {
    const before = await mine();
    await approve(user, { token: tokens.usdc, spender: permit2, amount: maxUint256 });
    const amount = terms.assets + terms.maxPremium;
    const signed = await signPermit2(user, {
      permit2,
      token: tokens.usdc,
      spender: router,
      amount,
      nonce: 3n,
      deadline,
    });
    const { maxPremium: _, deadline: __, ...rest } = terms;
    const { shares } = await simulateDepositAndInsureWithPermit2(user, { ...rest, signed });
    assert.ok(shares > 0n);
    await approve(underwriter, { token: tokens.usdc, spender: permit2, amount: maxUint256 });
    await assert.rejects(depositAndInsureWithPermit2(underwriter, { ...rest, signed }));
    await depositAndInsureWithPermit2(user, { ...rest, signed });
    await assertInsured(await nft.read.armedOf([await nft.read.count()]), before);
  });
});
