import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import {
  approve,
  balanceOf,
  convertToShares,
  getDepositEvent,
  getMissingApproval,
  getPosition,
  getRevert,
  type Permit,
  previewRedeem,
  RouterMismatchError,
  signPermit,
  signPermit2,
} from "@millrace/sdk";
import {
  getRouteDepositCalls,
  getRouter,
  migrate,
  prepareMigrate,
  prepareRouteCalls,
  prepareRouteDepositNative,
  prepareRoutePermit,
  prepareRouteRedeem,
  routeCalls,
  routeDeposit,
  routeDepositNative,
  routeDepositWithPermit,
  routeDepositWithPermit2,
  routeExit,
  routeMint,
  routePermit,
  routeRedeem,
  routeRedeemNative,
  routeWithdraw,
  simulateMigrate,
  simulateRouteDeposit,
  simulateRouteDepositNative,
  simulateRouteDepositWithPermit2,
  simulateRouteExit,
  simulateRouteMint,
  simulateRouteRedeem,
  simulateRouteRedeemNative,
  simulateRouteWithdraw,
} from "@millrace/sdk/router";
import { type Address, type Hash, maxUint256, parseEther, parseUnits, zeroAddress } from "viem";
import { mainnet, receiver, startMarket } from "./helpers/market.ts";
import { addAdapter, deployVault } from "./helpers/vault.ts";

const { tokens, aave, permit2 } = mainnet;
const HOUR = 3_600n;
const DAY = 86_400n;
const usdc = (amount: string): bigint => parseUnits(amount, 6);

/** The error that an attempt ends in, by its name in the contract. */
const nameOf = async (attempt: Promise<unknown>): Promise<string | undefined> =>
  getRevert(
    await attempt.then(
      () => assert.fail("It went well."),
      (error: unknown) => error,
    ),
  )?.name;

describe("the router through the SDK, with the genuine Permit2, WETH and Aave", async () => {
  const market = await startMarket(tokens.usdc, { with: ["permit2"] });
  const { connection, replica, viem, client, user, me, balance } = market;
  const own = await deployVault(market, tokens.usdc, receiver);
  await addAdapter(own, await viem.deployContract("AaveV3Adapter", [own.address, aave.pool]));
  const [vault, nextVault, etherVault] = [
    own.address,
    (await deployVault(market, tokens.usdc, receiver)).address,
    (await deployVault(market, tokens.weth, receiver)).address,
  ];
  const mill = await viem.deployContract("MillToken", [me, me, parseEther("1000"), 0n]);
  const millVault = await deployVault({ ...market, replica: { fund: async () => {} } }, mill.address, receiver);
  const router = (await viem.deployContract("VaultRouter", [tokens.weth, permit2])).address;
  await replica.fund({ token: tokens.usdc, to: me, amount: usdc("1000") });
  const deadline = BigInt((await client.getBlock()).timestamp) + DAY;
  const fresh = await market.snapshot();
  beforeEach(() => fresh.restore());
  after(() => connection.close());

  const mined = async (hash: Promise<Hash>) => await client.getTransactionReceipt({ hash: await hash });
  const holdsNothing = async (): Promise<void> => {
    const all: readonly Address[] = [tokens.usdc, tokens.weth, mill.address, vault, nextVault, etherVault];
    for (const token of all) {
      assert.equal(await balance(token, router), 0n);
      const left = { owner: router, spender: token === tokens.usdc ? vault : etherVault, token, amount: 1n };
      assert.equal((await getMissingApproval(client, left)).length, 1); // no right to it outlives a call
    }
    assert.equal(await client.getBalance({ address: router }), 0n);
  };
  const depositOwn = async (assets: bigint): Promise<bigint> => {
    await approve(user, { token: tokens.usdc, spender: vault, amount: assets });
    await own.write.deposit([assets, me]);
    return await balanceOf(client, { token: vault, owner: me });
  };
  const permitFor = (token: Address, amount: bigint): Promise<Permit> =>
    signPermit(user, { token, spender: router, amount, deadline });

  it("names what it works with", async () => {
    assert.deepEqual(await getRouter(client, { router }), { permit2, wrappedNative: tokens.weth });
  });

  it("deposits what was approved, and no less than the bound, on chain", async () => {
    const parameters = { router, vault, assets: usdc("100"), receiver: me, deadline };
    const minShares = parseEther("100"); // par
    const calls = await getRouteDepositCalls(client, { ...parameters, minShares, owner: me });
    assert.deepEqual(
      calls.map(({ functionName, to }) => [functionName, to]),
      [
        ["approve", tokens.usdc],
        ["deposit", router],
      ],
    );
    for (const { to, data } of calls) await user.sendTransaction({ to, data });
    const { shares, assets } = await getPosition(client, { vault, owner: me });
    assert.deepEqual({ shares, assets }, { shares: minShares, assets: usdc("100") });

    await approve(user, { token: tokens.usdc, spender: router, amount: usdc("100") });
    const { length } = await getRouteDepositCalls(client, { ...parameters, minShares, owner: me });
    assert.equal(length, 1);
    const { shares: next } = await simulateRouteDeposit(user, { ...parameters, minShares: 0n });
    const dear = routeDeposit(user, { ...parameters, minShares: next + 1n });
    assert.equal(await nameOf(dear), "VaultRouter__BelowMinShares");
    const late = routeDeposit(user, { ...parameters, minShares: 0n, deadline: 1n });
    assert.equal(await nameOf(late), "VaultRouter__Expired");
    const lost = routeDeposit(user, { ...parameters, receiver: router, minShares: 0n });
    assert.equal(await nameOf(lost), "VaultRouter__ReceiverIsRouter");
    const receipt = await mined(routeDeposit(user, { ...parameters, minShares: 0n }));
    assert.equal(getDepositEvent(receipt, { vault }).sender.toLowerCase(), router);
    await holdsNothing();
  });

  it("deposits by an EIP-2612 signature, also one that was used before it", async () => {
    const amount = parseEther("10");
    const signed = await permitFor(mill.address, amount);
    const parameters = { router, vault: millVault.address, signed, receiver: me, minShares: amount, deadline };
    await routePermit(user, { router, token: mill.address, signed });
    await routeDepositWithPermit(user, parameters);
    assert.equal(await balanceOf(client, { token: millVault.address, owner: me }), amount);
    assert.equal(await nameOf(routeDepositWithPermit(user, parameters)), "VaultRouter__PermitFailed");
    await holdsNothing();
  });

  it("deposits by a Permit2 signature, once, for its owner alone", async () => {
    const order = { permit2, token: tokens.usdc, spender: router, nonce: 7n, deadline } as const;
    await approve(user, { token: tokens.usdc, spender: permit2, amount: maxUint256 });
    const signed = await signPermit2(user, { ...order, amount: usdc("25") });
    const parameters = { router, vault, signed, receiver: me, minShares: parseEther("25") };
    const [, thief] = await viem.getWalletClients();
    await assert.rejects(routeDepositWithPermit2(thief, { ...parameters, receiver: thief.account.address }));
    const { shares } = await simulateRouteDepositWithPermit2(user, parameters);
    assert.equal(shares, parseEther("25"));
    await routeDepositWithPermit2(user, parameters);
    assert.equal(await balanceOf(client, { token: vault, owner: me }), shares);
    await assert.rejects(routeDepositWithPermit2(user, parameters));
    await holdsNothing();
  });

  it("wraps on the way in and unwraps on the way out", async () => {
    const parameters = { router, vault: etherVault, assets: parseEther("2"), receiver: me, minShares: 1n, deadline };
    const { shares } = await simulateRouteDepositNative(user, parameters);
    await routeDepositNative(user, parameters);
    assert.equal(await balanceOf(client, { token: etherVault, owner: me }), shares);
    await approve(user, { token: etherVault, spender: router, amount: shares });
    const leaving = { router, vault: etherVault, shares, receiver, minAssets: parseEther("2"), deadline };
    const before = await client.getBalance({ address: receiver });
    const { assets } = await simulateRouteRedeemNative(user, leaving);
    await routeRedeemNative(user, leaving);
    assert.equal((await client.getBalance({ address: receiver })) - before, assets);
    assert.equal(assets, parseEther("2"));
    const wrong = { ...parameters, vault };
    assert.equal(await nameOf(routeDepositNative(user, wrong)), "VaultRouter__NotWrappedNative");
    await holdsNothing();
  });

  it("mints, withdraws and redeems within bounds, rounding for the vault", async () => {
    await depositOwn(usdc("100"));
    await replica.increaseTime(30n * DAY); // interest: the price is off par
    const late = deadline + 31n * DAY;
    await approve(user, { token: tokens.usdc, spender: router, amount: usdc("100") });
    await approve(user, { token: vault, spender: router, amount: maxUint256 });
    const minting = { router, vault, shares: parseEther("10"), receiver: me, deadline: late };
    const { assets: price } = await simulateRouteMint(user, { ...minting, maxAssets: maxUint256 });
    assert.ok(price > usdc("10"));
    assert.equal(await nameOf(routeMint(user, { ...minting, maxAssets: usdc("10") })), "VaultRouter__AboveMaxAssets");
    await routeMint(user, { ...minting, maxAssets: price + 5n });

    const taking = { router, vault, assets: usdc("5"), receiver, deadline: late };
    const { shares: cost } = await simulateRouteWithdraw(user, { ...taking, maxShares: maxUint256 });
    assert.ok(cost < parseEther("5") && cost >= (await convertToShares(client, { vault, assets: usdc("5") })));
    assert.equal(await nameOf(routeWithdraw(user, { ...taking, maxShares: 1n })), "VaultRouter__AboveMaxShares");
    await routeWithdraw(user, { ...taking, maxShares: parseEther("5") });

    const leaving = { router, vault, shares: parseEther("1"), receiver, deadline: late };
    const { assets: paid } = await simulateRouteRedeem(user, { ...leaving, minAssets: 0n });
    assert.ok(paid > usdc("1"));
    assert.equal(await nameOf(routeRedeem(user, { ...leaving, minAssets: 2n * paid })), "VaultRouter__BelowMinAssets");
    const held = await balance(tokens.usdc, receiver);
    const quoted = await previewRedeem(client, { vault, shares: parseEther("1") });
    await routeRedeem(user, { ...leaving, minAssets: quoted });
    assert.ok((await balance(tokens.usdc, receiver)) - held >= quoted);
    await holdsNothing();
  });

  it("leaves past an adapter that the holder gives up on", async () => {
    const shares = await depositOwn(usdc("100"));
    await approve(user, { token: vault, spender: router, amount: shares });
    const [entry] = await own.read.entries();
    const parameters = { router, vault, shares, receiver, skip: [entry.adapter], deadline };
    const greedy = routeExit(user, { ...parameters, minAssets: usdc("1") });
    assert.equal(await nameOf(greedy), "CompoundingVault__BelowMinAssets");
    const { assets } = await simulateRouteExit(user, { ...parameters, minAssets: 0n });
    assert.ok(assets < usdc("1")); // its part of the seed, which was idle
    await routeExit(user, { ...parameters, minAssets: 0n });
    assert.equal(await balanceOf(client, { token: vault, owner: me }), 0n);
    await holdsNothing();
  });

  it("moves to another vault in one transaction: a signature for the shares, then the move", async () => {
    const shares = await depositOwn(usdc("100"));
    const move = { router, fromVault: vault, toVault: nextVault, shares, receiver: me, minShares: 1n, deadline };
    const foreign = migrate(user, { ...move, toVault: etherVault });
    assert.equal(await nameOf(foreign), "VaultRouter__AssetMismatch");
    const signed = await permitFor(vault, shares);
    const calls = [prepareRoutePermit({ router, token: vault, signed }), prepareMigrate(move)];
    await routeCalls(user, { router, calls });
    assert.equal(await balanceOf(client, { token: vault, owner: me }), 0n);
    const { assets } = await getPosition(client, { vault: nextVault, owner: me });
    assert.ok(assets >= usdc("100") - 1n);

    await approve(user, { token: nextVault, spender: router, amount: maxUint256 });
    const held = await balanceOf(client, { token: nextVault, owner: me });
    const back = { ...move, fromVault: nextVault, toVault: vault, shares: held };
    const { shares: expected } = await simulateMigrate(user, back);
    const dear = migrate(user, { ...back, minShares: 2n * expected });
    assert.equal(await nameOf(dear), "VaultRouter__BelowMinShares");
    await migrate(user, { ...back, minShares: expected - 1_000n });
    await holdsNothing();
  });

  it("sends along what its calls need, together, and runs all of them or none", async () => {
    const native = { router, vault: etherVault, receiver: me, minShares: 1n, deadline };
    const calls = [
      prepareRouteDepositNative({ ...native, assets: parseEther("1") }),
      prepareRouteDepositNative({ ...native, assets: parseEther("2") }),
    ];
    assert.equal(prepareRouteCalls({ router, calls }).value, parseEther("3"));
    await routeCalls(user, { router, calls });
    assert.equal((await getPosition(client, { vault: etherVault, owner: me })).assets, parseEther("3"));
    const [shares, minAssets] = [parseEther("4"), 0n];
    const tooMany = prepareRouteRedeem({ router, vault: etherVault, shares, receiver, minAssets, deadline });
    assert.equal(await nameOf(routeCalls(user, { router, calls: [...calls, tooMany] })), "ERC20InsufficientAllowance");
    assert.equal((await getPosition(client, { vault: etherVault, owner: me })).assets, parseEther("3"));
    await holdsNothing();
  });

  it("error: a call for another contract is never run as the router's own", () => {
    const other = prepareMigrate({
      ...{ router: zeroAddress, fromVault: vault, toVault: nextVault, shares: 1n },
      ...{ receiver: me, minShares: 0n, deadline: HOUR },
    });
    assert.throws(() => prepareRouteCalls({ router, calls: [other] }), RouterMismatchError);
  });
});
