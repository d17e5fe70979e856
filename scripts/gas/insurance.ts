import hre from "hardhat";
import { type Address, type Hex, maxUint256, parseAbi, parseEther, toHex } from "viem";
import { type Chain, DAY, openZeppelin } from "./chain.ts";
import type { Row } from "./row.ts";
import { createWorld, deposit, endow, plainGround, settle, type World as VaultWorld } from "./world.ts";

const abi = parseAbi([
  "struct Config { uint256 minPremium; address authority; address model; address treasury; uint16 daoFeeBps; uint16 reserveFeeBps; }",
  "struct Modules { address pool; address manager; address nft; address incidents; address claims; address reserve; }",
  "struct Terms { address vault; uint16 deductibleBps; uint16 capBps; uint16 multiplierBps; }",
  "struct Purchase { uint8 product; uint96 amount; uint40 period; uint256 shares; uint256 maxPremium; address receiver; }",
  "function modules() view returns (Modules)",
  "function deployPool(bytes code, address asset, string name, string symbol, address authority) returns (address)",
  "function deployManager(bytes code, Config config) returns (address)",
  "function deployNft(bytes code) returns (address)",
  "function deployIncidents(bytes code, address authority) returns (address)",
  "function deployReserve(bytes code, address asset) returns (address)",
  "function resumeDeposits()",
  "function scheduleProduct(uint8 product, Terms terms)",
  "function applyProduct(uint8 product)",
  "function poke(uint8 product)",
  "function deposit(uint256 assets, address receiver, uint256 minShares) returns (uint256 shares)",
  "function requestRedeem(uint256 shares, address receiver) returns (uint256 id)",
  "function finalizeRedeem(uint256 id, uint256 minAssets) returns (uint256 assets)",
  "function accrue()",
  "function liveOf(uint8 product) view returns (uint256)",
  "function buy(Purchase purchase) returns (uint256 id, uint256 premium)",
  "function open(uint256 id) returns (uint256 incident)",
  "function file(uint256 id)",
  "function record(uint256 incident) returns (uint256 value)",
  "function close(uint256 incident)",
  "function settle(uint256 id) returns (uint256 paid)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function transfer(address to, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
]);

/** A pool with its modules, and a vault that it insures: the real one, over one source. */
type World = VaultWorld & {
  readonly source: Address;
  readonly pool: Address;
  readonly manager: Address;
  readonly incidents: Address;
  readonly underwriter: Address;
};

const CAPITAL = parseEther("1000000");
const PRODUCTS = 8;
const WEEK = 7n * DAY;
/** Cover can be claimed on for so long after it has expired. */
const GRACE = 35n * DAY;
const NOTICE = 24n * DAY;

/**
 * The vault has its money in OpenZeppelin's ERC-4626; alice holds its shares and underwrites, bob does both before her. A
 * purchase pays its premium, arms shares, and is the buyer's second, so that no balance begins at nothing.
 */
export async function insuranceRows(): Promise<readonly Row[]> {
  const world = await createInsured();
  const rows = [...(await capital(world)), ...(await cover(world))];
  await world.chain.close();
  const idle = await createInsured();
  rows.push({ name: "insurance.catchUp.420days", gas: await catchUp(idle) });
  await idle.chain.close();
  return rows;
}

async function capital(world: World): Promise<readonly Row[]> {
  const { chain, pool, alice } = world;
  const balance = () => chain.read({ to: pool, abi, functionName: "balanceOf", args: [alice] });
  const act = async (functionName: "requestRedeem", args: readonly [bigint, Address]) =>
    (await chain.send({ from: alice, to: pool, abi, functionName, args })).gasUsed;
  await underwrite(world, alice);
  chain.wait(DAY);
  const later = await underwrite(world, alice);
  chain.wait(DAY);
  await act("requestRedeem", [(await balance()) / 4n, alice]);
  chain.wait(DAY);
  const request = await act("requestRedeem", [(await balance()) / 4n, alice]);
  chain.wait(22n * DAY);
  const finalize = { to: pool, abi, functionName: "finalizeRedeem" } as const;
  await chain.send({ from: alice, ...finalize, args: [1n, 0n] });
  chain.wait(DAY);
  const { gasUsed } = await chain.send({ from: alice, ...finalize, args: [2n, 0n] });
  return [
    { name: "insurance.deposit.later", gas: later },
    { name: "insurance.requestRedeem", gas: request },
    { name: "insurance.finalizeRedeem", gas: gasUsed },
  ];
}

async function cover(world: World): Promise<readonly Row[]> {
  const { chain, incidents, alice } = world;
  const [, , bob] = chain.accounts as [Address, Address, Address];
  await buy(world, { from: bob, period: 30n * DAY });
  await buy(world, { from: alice, period: 30n * DAY });
  chain.wait(DAY);
  const fresh = await buy(world, { from: alice, period: 90n * DAY });
  chain.wait(1n);
  const same = await buy(world, { from: alice, period: 90n * DAY });
  chain.wait(4n * DAY);
  await chain.send({ to: world.manager, abi, functionName: "poke", args: [0] });
  await lose(world);
  const act = async (functionName: "open" | "file" | "record" | "close" | "settle", id: bigint): Promise<number> =>
    (await chain.send({ to: incidents, abi, functionName, args: [id] })).gasUsed;
  await act("open", 1n);
  await act("file", 1n);
  chain.wait(DAY);
  const file = await act("file", 3n);
  for (let slot = 0; slot < 3; slot += 1) {
    chain.wait(DAY);
    await act("record", 1n);
  }
  chain.wait(12n * DAY);
  await act("close", 1n);
  await act("settle", 1n);
  chain.wait(DAY);
  const settled = await act("settle", 3n);
  return [
    { name: "insurance.buyCover.newBucket", gas: fresh },
    { name: "insurance.buyCover.sameBucket", gas: same },
    { name: "insurance.fileClaim.parametric", gas: file },
    { name: "insurance.settle", gas: settled },
  ];
}

/** Cover of every product in each of the 57 buckets ahead, and then 420 days in which nobody does anything. */
async function catchUp(world: World): Promise<number> {
  const { chain, pool } = world;
  await insureMore(world);
  const until = async (bucket: bigint): Promise<void> => {
    const period = bucket * WEEK - GRACE - chain.now();
    for (let product = 0; product < PRODUCTS; product += 1) await buy(world, { product, period, shares: 0n });
  };
  const bucketOf = (period: bigint): bigint => (chain.now() + period + GRACE) / WEEK;
  const [first, last] = [bucketOf(WEEK) + 1n, bucketOf(365n * DAY)];
  for (let bucket = first; bucket <= last; bucket += 1n) await until(bucket);
  chain.wait(GRACE);
  for (let bucket = last + 1n; bucket <= bucketOf(365n * DAY); bucket += 1n) await until(bucket);
  const buckets = bucketOf(365n * DAY) - chain.now() / WEEK;
  if (buckets < 57n) throw new Error(`There is cover in ${buckets} buckets.`);
  chain.wait(420n * DAY);
  const { gasUsed } = await chain.send({ to: pool, abi, functionName: "accrue", args: [] });
  const left = await chain.read({ to: pool, abi, functionName: "liveOf", args: [PRODUCTS - 1] });
  if (left !== 0n) throw new Error(`${left} of cover did not end.`);
  return gasUsed;
}

type Bought = {
  readonly from?: Address;
  readonly product?: number;
  readonly period: bigint;
  /** 1,000 of the vault's without it. */
  readonly shares?: bigint;
};

async function buy({ chain, manager, unit, vault, alice }: World, bought: Bought): Promise<number> {
  const { from = alice, product = 0, period, shares } = bought;
  const held = await chain.read({ to: vault, abi, functionName: "balanceOf", args: [from] });
  const purchase = {
    ...{ product, amount: 100n * unit, period: Number(period), shares: shares ?? held / 4n },
    ...{ maxPremium: maxUint256, receiver: from },
  };
  return (await chain.send({ from, to: manager, abi, functionName: "buy", args: [purchase] })).gasUsed;
}

async function underwrite({ chain, pool }: World, from: Address): Promise<number> {
  const call = { to: pool, abi, functionName: "deposit", args: [CAPITAL, from, 0n] } as const;
  return (await chain.send({ from, ...call })).gasUsed;
}

/** A fifth of what the vault's source has is gone. */
async function lose({ chain, asset, source }: World): Promise<void> {
  await chain.raw("hardhat_impersonateAccount", [source]);
  await chain.raw("hardhat_setBalance", [source, toHex(parseEther("1"))]);
  const held = await chain.read({ to: asset, abi, functionName: "balanceOf", args: [source] });
  const [, , , , thief] = chain.accounts as Address[];
  const args = [thief as Address, held / 5n] as const;
  await chain.send({ from: source, to: asset, abi, functionName: "transfer", args });
}

async function createInsured(): Promise<World> {
  const ground = await plainGround(1);
  const { chain, asset } = ground;
  const [admin, alice, bob] = chain.accounts as [Address, Address, Address];
  const source = ground.sources[0] as Address;
  const insured = await createWorld(ground, [(vault) => chain.deploy("ERC4626Adapter", [vault, source])]);
  await settle(insured, async () => chain.wait(DAY));
  for (const user of [alice, bob]) await deposit(insured, user, 100_000n);
  const modules = await deployPool(chain, asset);
  const world = { ...insured, ...modules, source, underwriter: bob };
  for (const user of [alice, bob]) {
    await endow(ground, user, modules.pool);
    await endow(ground, user, modules.manager);
    const allowance = { abi, functionName: "approve", args: [modules.manager, maxUint256] } as const;
    await chain.send({ from: user, to: insured.vault, ...allowance });
  }
  await insure(world, 0, insured.vault);
  await underwrite(world, bob);
  await chain.send({ from: admin, to: modules.manager, abi, functionName: "poke", args: [0] });
  return world;
}

async function deployPool(chain: Chain, asset: Address): Promise<Pick<World, "pool" | "manager" | "incidents">> {
  const [admin, , , , treasury] = chain.accounts as Address[];
  const authority = await chain.deploy(await openZeppelin("AccessManager"), [admin]);
  const [rest, kink, full] = ["0.02", "0.06", "0.3"].map((rate) => parseEther(rate));
  const model = await chain.deploy("PremiumModel", [rest, kink, full, parseEther("0.8")]);
  const deployer = await chain.deploy("PoolDeployer");
  const codeOf = async (name: string): Promise<Hex> => (await hre.artifacts.readArtifact(name)).bytecode as Hex;
  const to = { to: deployer, abi } as const;
  const pool = [await codeOf("UnderwritingPool"), asset, "Millrace underwriting", "mU", authority] as const;
  await chain.send({ ...to, functionName: "deployPool", args: pool });
  const config = {
    ...{ minPremium: 10n ** 6n, authority, model, treasury: treasury as Address },
    ...{ daoFeeBps: 1_000, reserveFeeBps: 2_000 },
  };
  await chain.send({ ...to, functionName: "deployManager", args: [await codeOf("CoverManager"), config] });
  await chain.send({ ...to, functionName: "deployNft", args: [await codeOf("CoverNFT")] });
  await chain.send({ ...to, functionName: "deployIncidents", args: [await codeOf("IncidentModule"), authority] });
  await chain.send({ ...to, functionName: "deployReserve", args: [await codeOf("RiskReserve"), asset] });
  const modules = await chain.read({ ...to, functionName: "modules", args: [] });
  await chain.send({ to: modules.pool, abi, functionName: "resumeDeposits", args: [] });
  return modules;
}

async function insure({ chain, manager }: World, product: number, vault: Address): Promise<void> {
  const terms = { vault, deductibleBps: 1_000, capBps: 5_000, multiplierBps: 10_000 };
  await chain.send({ to: manager, abi, functionName: "scheduleProduct", args: [product, terms] });
  chain.wait(NOTICE);
  await chain.send({ to: manager, abi, functionName: "applyProduct", args: [product] });
}

/** Seven products more, which need no assets: nothing but the price of their shares is looked at. */
async function insureMore(world: World): Promise<void> {
  const { chain, asset } = world;
  for (let product = 1; product < PRODUCTS; product += 1) {
    await insure(world, product, await chain.deploy("PlainSource", [asset]));
  }
}
