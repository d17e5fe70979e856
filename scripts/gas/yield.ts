import { mainnet, morphoMarket } from "@millrace/replica";
import { type Address, type Hex, maxUint256, parseAbi, parseEther, parseUnits, zeroAddress } from "viem";
import { createChain, DAY } from "./chain.ts";
import type { Row } from "./row.ts";
import {
  accrue,
  createWorld,
  deposit,
  endow,
  FOREIGN,
  type Ground,
  plainGround,
  redeem,
  settle,
  shares,
  type World,
} from "./world.ts";

const abi = parseAbi([
  "function approve(address spender, uint256 amount) returns (bool)",
  "function mint(address account, uint256 amount)",
  "function nonces(address owner) view returns (uint256)",
  "function compound() returns (uint256 gain)",
  "function setAuction(address auction)",
  "function list(address token, uint256 anchor, uint256 minLot)",
  "function take(address token, uint256 amount, uint256 maxPayment, address receiver, uint256 deadline, bytes data) returns (uint256 payment)",
  "function owe(address account, uint256 amount)",
  "function supply(address asset, uint256 amount)",
  "struct Eip2612 { uint256 deadline; uint8 v; bytes32 r; bytes32 s; }",
  "function deposit(address vault, uint256 assets, address receiver, uint256 minShares, uint256 deadline) payable returns (uint256 shares)",
  "function depositWithPermit(address vault, uint256 assets, address receiver, uint256 minShares, uint256 deadline, Eip2612 signature) payable returns (uint256 shares)",
]);

const { tokens, aave, morpho } = mainnet;

/** The market's own interest of 12 seconds; its yearly rate is too low for a fee in that time. */
export async function marketRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, create] of Object.entries({ aaveV3, morphoBlue, compoundV3 })) {
    const world = await create();
    await settle(world, async ({ chain }) => chain.wait(DAY));
    rows.push({ name: `vault.deposit.${name}.repeat`, gas: await deposit(world, world.alice, 100n) });
    await accrue(world);
    rows.push({ name: `vault.redeem.${name}.quarter`, gas: await redeem(world, (await shares(world)) / 4n) });
    await world.chain.close();
  }
  return rows;
}

async function aaveV3(): Promise<World> {
  const chain = await createChain({ aave: "3.6" });
  return createWorld(usdc(chain), [(vault) => chain.deploy("AaveV3Adapter", [vault, aave.pool])]);
}

async function morphoBlue(): Promise<World> {
  const chain = await createChain({ with: ["morpho"] });
  return createWorld(usdc(chain), [(vault) => chain.deploy("MorphoBlueAdapter", [vault, morpho.blue, morphoMarket])]);
}

/** Compound III has no published source: a model of its interface, and so a figure for the adapter alone. */
async function compoundV3(): Promise<World> {
  const ground = await plainGround(0);
  const { chain, asset, unit } = ground;
  const [comet, rewards] = [await chain.deploy("CometModel", [asset]), await chain.deploy("CometRewardsModel")];
  const foreign = chain.accounts[4] as Address;
  await endow(ground, foreign, comet);
  await chain.send({ from: foreign, to: comet, abi, functionName: "supply", args: [asset, FOREIGN * unit] });
  return createWorld(ground, [(vault) => chain.deploy("CompoundV3Adapter", [vault, comet, rewards])]);
}

function usdc(chain: Ground["chain"]): Ground {
  return { chain, asset: tokens.usdc, unit: parseUnits("1", 6), holder: aave.aTokens.usdc };
}

/**
 * What a peer does in one transaction (claim, sell, lend again) takes two here. One reward: `compound` claims it, starts its
 * lot, books what the last one brought and lends that; a taker buys the whole lot. For the second time each.
 */
export async function rewardRows(): Promise<readonly Row[]> {
  const ground = await plainGround(1);
  const { chain, asset, sources } = ground;
  const reward = await chain.deploy("PlainToken", ["Reward"]);
  const rewards = await chain.deploy("PlainRewards", [reward]);
  await chain.send({ to: reward, abi, functionName: "mint", args: [rewards, parseEther("1000000")] });
  const world = await createWorld(ground, [
    (vault) => chain.deploy("PlainRewardedAdapter", [vault, sources[0], rewards]),
  ]);
  const { vault, alice, adapters } = world;
  const auction = await chain.deploy("RewardAuction", [vault]);
  const send = { to: auction, abi } as const;
  await chain.send({ to: vault, abi, functionName: "setAuction", args: [auction] });
  await chain.send({ ...send, functionName: "list", args: [reward, parseEther("1") * 10n ** 18n, 1n] });
  await chain.send({ from: alice, to: asset, abi, functionName: "approve", args: [auction, maxUint256] });
  await settle(world, async () => chain.wait(DAY));
  const claim = async (): Promise<number> => {
    const args = [adapters[0] as Address, parseEther("10")] as const;
    await chain.send({ to: rewards, abi, functionName: "owe", args });
    chain.wait(DAY);
    return (await chain.send({ to: vault, abi, functionName: "compound", args: [] })).gasUsed;
  };
  const take = async (amount = parseEther("10")): Promise<number> => {
    chain.wait(3_600n);
    const args = [reward, amount, maxUint256, alice, maxUint256, "0x"] as const;
    return (await chain.send({ from: alice, ...send, functionName: "take", args })).gasUsed;
  };
  await claim();
  await take(parseEther("10") - 1n); // a wei of the first stays
  const [compound, taken] = [await claim(), await take()];
  const rows = [
    { name: "vault.compound.oneReward", gas: compound },
    { name: "auction.take", gas: taken },
    { name: "vault.compoundAndTake", gas: compound + taken },
  ];
  await chain.close();
  return rows;
}

export async function routerRows(): Promise<readonly Row[]> {
  const ground = await plainGround(1, "PlainPermitToken");
  const { chain, asset, unit, sources } = ground;
  const world = await createWorld(ground, [(vault) => chain.deploy("ERC4626Adapter", [vault, sources[0]])]);
  const { vault, alice } = world;
  const router = await chain.deploy("VaultRouter", [asset, zeroAddress]);
  await settle(world, async () => chain.wait(DAY));
  const signature = await signPermit(world, router, 100n * unit);
  const bounds = [vault, 100n * unit, alice, 1n, maxUint256] as const;
  const call = { from: alice, to: router, abi } as const;
  const withPermit = await chain.send({ ...call, functionName: "depositWithPermit", args: [...bounds, signature] });
  await chain.send({ from: alice, to: asset, abi, functionName: "approve", args: [router, maxUint256] });
  const plain = await chain.send({ ...call, functionName: "deposit", args: bounds });
  await chain.close();
  return [
    { name: "router.deposit", gas: plain.gasUsed },
    { name: "router.depositWithPermit", gas: withPermit.gasUsed },
  ];
}

async function signPermit({ chain, alice, asset }: World, spender: Address, value: bigint) {
  const nonce = await chain.read({ to: asset, abi, functionName: "nonces", args: [alice] });
  const field = (name: string, type: string) => ({ name, type });
  const typed = {
    domain: { name: "Asset", version: "1", chainId: 31_337, verifyingContract: asset },
    primaryType: "Permit",
    types: {
      EIP712Domain: [
        field("name", "string"),
        field("version", "string"),
        field("chainId", "uint256"),
        field("verifyingContract", "address"),
      ],
      Permit: [
        field("owner", "address"),
        field("spender", "address"),
        ...["value", "nonce", "deadline"].map((name) => field(name, "uint256")),
      ],
    },
    message: { owner: alice, spender, value: `${value}`, nonce: `${nonce}`, deadline: `${maxUint256}` },
  };
  const signature = await chain.raw<Hex>("eth_signTypedData_v4", [alice, typed]);
  const part = (from: number, to: number): Hex => `0x${signature.slice(2 + 2 * from, 2 + 2 * to)}`;
  return { deadline: maxUint256, v: Number(part(64, 65)), r: part(0, 32), s: part(32, 64) } as const;
}
