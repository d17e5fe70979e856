import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { type Address, encodeFunctionData, erc20Abi, maxUint256, parseAbi, parseEther, parseUnits } from "viem";
import { mainnet, receiver, startMarket } from "./helpers/market.ts";
import { addAdapter, deployVault } from "./helpers/vault.ts";

const { tokens, aave, permit2 } = mainnet;
const CHAIN_ID = 1;
const usdc = (amount: string): bigint => parseUnits(amount, 6);
const noncesAbi = parseAbi(["function nonces(address owner) view returns (uint256)"]);

describe("VaultRouter with the genuine Permit2 and WETH", async () => {
  const market = await startMarket(tokens.usdc, { with: ["permit2"] });
  const { connection, replica, viem, client, user, me, balance } = market;
  const vault = await deployVault(market, tokens.usdc, receiver);
  await addAdapter(vault, await viem.deployContract("AaveV3Adapter", [vault.address, aave.pool]));
  const ether = await deployVault(market, tokens.weth, receiver);
  await addAdapter(ether, await viem.deployContract("AaveV3Adapter", [ether.address, aave.pool]));
  const second = await deployVault(market, tokens.usdc, receiver);
  const router = await viem.deployContract("VaultRouter", [tokens.weth, permit2]);
  const [, thief] = await viem.getWalletClients();
  const fresh = await market.snapshot();
  beforeEach(() => fresh.restore());
  after(() => connection.close());

  const approve = (token: Address, spender: Address) =>
    user.writeContract({ address: token, abi: erc20Abi, functionName: "approve", args: [spender, maxUint256] });
  const holdsNothing = async () => {
    for (const token of [tokens.usdc, tokens.weth, vault.address, ether.address, second.address] as const)
      assert.equal(await balance(token, router.address), 0n);
    assert.equal(await client.getBalance({ address: router.address }), 0n);
  };
  const signPermit2 = async (amount: bigint, nonce: bigint) =>
    await user.signTypedData({
      domain: { name: "Permit2", chainId: CHAIN_ID, verifyingContract: permit2 },
      primaryType: "PermitTransferFrom",
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
      message: { permitted: { token: tokens.usdc, amount }, spender: router.address, nonce, deadline: maxUint256 },
    });
  const signPermit = async (token: Address, name: string, value: bigint) => {
    const nonce = await client.readContract({ address: token, abi: noncesAbi, functionName: "nonces", args: [me] });
    const signature = await user.signTypedData({
      domain: { name, version: "1", chainId: CHAIN_ID, verifyingContract: token },
      primaryType: "Permit",
      types: {
        Permit: [
          { name: "owner", type: "address" },
          { name: "spender", type: "address" },
          { name: "value", type: "uint256" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      },
      message: { owner: me, spender: router.address, value, nonce, deadline: maxUint256 },
    });
    const part = (from: number, to: number): `0x${string}` => `0x${signature.slice(2 + 2 * from, 2 + 2 * to)}`;
    return { deadline: maxUint256, v: Number(part(64, 65)), r: part(0, 32), s: part(32, 64) } as const;
  };

  it("deposits with a Permit2 signature, once", async () => {
    await approve(tokens.usdc, permit2);
    const signature = await signPermit2(usdc("100"), 5n);
    const call = [vault.address, usdc("100"), me, 1n, maxUint256, 5n, signature] as const;
    await router.write.depositWithPermit2([...call]);
    assert.equal(await vault.read.maxWithdraw([me]), usdc("100"));
    await assert.rejects(router.write.depositWithPermit2([...call]));
    await holdsNothing();
  });

  it("RO1 a Permit2 signature serves nobody but its owner", async () => {
    await approve(tokens.usdc, permit2);
    const signature = await signPermit2(usdc("100"), 5n);
    const theirs = [vault.address, usdc("100"), thief.account.address, 0n, maxUint256, 5n, signature] as const;
    const had = await balance(tokens.usdc, me);
    await assert.rejects(router.write.depositWithPermit2([...theirs], { account: thief.account }));
    assert.equal(await balance(tokens.usdc, me), had);
  });

  it("wraps ether into a vault of WETH, and pays ether out of it", async () => {
    await router.write.depositNative([ether.address, parseEther("2"), me, 1n, maxUint256], { value: parseEther("3") });
    assert.equal(await ether.read.maxWithdraw([me]), parseEther("2"));
    await holdsNothing();
    await approve(ether.address, router.address);
    const shares = await ether.read.balanceOf([me]);
    await router.write.redeemNative([ether.address, shares, receiver, parseEther("2") - 10n, maxUint256]);
    assert.ok((await client.getBalance({ address: receiver })) >= parseEther("2") - 10n);
    await holdsNothing();
  });

  it("moves between vaults on one signature for the shares", async () => {
    await vault.write.deposit([usdc("100"), me]);
    await replica.increaseTime(86_400n);
    const shares = await vault.read.balanceOf([me]);
    const signature = await signPermit(vault.address, "Millrace", shares);
    const { abi } = router;
    const move = [vault.address, second.address, shares, me, 1n, maxUint256] as const;
    const calls = [
      encodeFunctionData({ abi, functionName: "permit", args: [vault.address, shares, signature] }),
      encodeFunctionData({ abi, functionName: "migrate", args: [...move] }),
    ];
    await router.write.multicall([calls]);
    assert.equal(await vault.read.balanceOf([me]), 0n);
    assert.ok((await second.read.maxWithdraw([me])) >= usdc("100"));
    await holdsNothing();
  });

  it("exits past an adapter that the holder gives up on", async () => {
    await vault.write.deposit([usdc("100"), me]);
    await approve(vault.address, router.address);
    const [entry] = await vault.read.entries();
    const shares = await vault.read.balanceOf([me]);
    // All there is lies in the adapter: leaving past it pays what is idle, the seed, in proportion.
    await router.write.exit([vault.address, shares, receiver, 0n, [entry.adapter], maxUint256]);
    assert.equal(await vault.read.balanceOf([me]), 0n);
    await holdsNothing();
  });
});
