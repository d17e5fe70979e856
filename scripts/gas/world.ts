import { type Address, maxUint256, parseAbi, parseEther, toHex, zeroHash } from "viem";
import { type Chain, createChain, openZeppelin } from "./chain.ts";

export const abi = parseAbi([
  "function mint(address account, uint256 amount)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function transfer(address to, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function totalAssets() view returns (uint256)",
  "function deposit(uint256 assets, address receiver) returns (uint256 shares)",
  "function withdraw(uint256 assets, address receiver, address owner) returns (uint256 shares)",
  "function redeem(uint256 shares, address receiver, address owner) returns (uint256 assets)",
  "function exit(uint256 shares, address receiver, address owner, uint256 minAssets, address[] skip) returns (uint256)",
  "function accrue()",
  "function addAdapter(address adapter)",
  "function raiseCap(address adapter, uint256 cap)",
  "function raiseGroupCap(bytes32 id, uint256 absoluteCap, uint256 relativeCapBps)",
  "function allocate(address adapter, uint256 assets)",
  "function deallocate(address adapter, uint256 assets) returns (uint256 paid)",
  "function seedAssets() view returns (uint256)",
  "function convertToAssets(uint256 shares) view returns (uint256)",
  "function maxWithdraw(address owner) view returns (uint256)",
  "function riskIds() view returns (bytes32 first, bytes32 second)",
]);

/** What a vault is made of: its asset, and what it lends to. */
export type Ground = {
  readonly chain: Chain;
  readonly asset: Address;
  /** One whole asset. */
  readonly unit: bigint;
  /** Who has plenty of a genuine token; others are minted. */
  readonly holder?: Address;
};
type Sources = { readonly sources: readonly Address[] };
export type Adapt = (vault: Address) => Promise<Address>;
export type World = Ground & {
  readonly vault: Address;
  readonly adapters: readonly Address[];
  /** Holds 1,000 in a settled vault. */
  readonly alice: Address;
  /** Never came before. */
  readonly carol: Address;
};

export const FOREIGN = 1_000_000n;
const DEAD = "0x000000000000000000000000000000000000dEaD";
const NO_CAP = { own: 2n ** 88n - 1n, group: 2n ** 128n - 1n, relativeBps: 10_000n };
const FEE_BPS = 1_000n;
const MAX_RATE = 30n;

/** OpenZeppelin's token and, as often as asked, its ERC-4626 with a foreign depositor and a share at 1.01. */
export async function plainGround(count: number, token = "PlainToken"): Promise<Ground & Sources> {
  const chain = await createChain();
  const ground = { chain, asset: await chain.deploy(token, ["Asset"]), unit: parseEther("1") };
  const foreign = chain.accounts[4] as Address;
  const sources: Address[] = [];
  for (let index = 0; index < count; index++) {
    const source = await chain.deploy("PlainSource", [ground.asset]);
    await endow(ground, foreign, source);
    const [lent, gained] = [FOREIGN * ground.unit, (FOREIGN * ground.unit) / 100n];
    await chain.send({ from: foreign, to: source, abi, functionName: "deposit", args: [lent, foreign] });
    await chain.send({ to: ground.asset, abi, functionName: "mint", args: [source, gained] });
    sources.push(source);
  }
  return { ...ground, sources };
}

/** A vault with its seed and its adapters, caps open; whoever acts has plenty and has approved it. */
export async function createWorld(ground: Ground, adapts: readonly Adapt[]): Promise<World> {
  const { chain, asset } = ground;
  const [admin, alice, bob, carol, , feeRecipient] = chain.accounts as Address[];
  const authority = await chain.deploy(await openZeppelin("AccessManager"), [admin]);
  const parameters = [asset, "Millrace", "mill", authority, feeRecipient, FEE_BPS, MAX_RATE];
  const vault = await chain.deploy("CompoundingVault", parameters);
  for (const user of [admin, alice, bob, carol] as Address[]) await endow(ground, user, vault);
  const seed = await chain.read({ to: vault, abi, functionName: "seedAssets", args: [] });
  await chain.send({ to: vault, abi, functionName: "deposit", args: [seed, DEAD] });
  const adapters: Address[] = [];
  for (const adapt of adapts) adapters.push(await addAdapter(chain, vault, await adapt(vault)));
  return { ...ground, vault, adapters, alice: alice as Address, carol: carol as Address };
}

/** Others hold shares, the fee recipient too, every adapter has something, and the books are up to date. */
export async function settle<world extends World>(world: world, earn: (world: world) => Promise<void>): Promise<void> {
  const { chain, vault, adapters, alice, unit } = world;
  const [, , bob, , , feeRecipient] = chain.accounts as Address[];
  await deposit(world, alice, 1_000n);
  await deposit(world, bob as Address, 1_000n);
  await deposit(world, bob as Address, 1_000n, feeRecipient);
  for (const adapter of adapters.slice(1)) {
    const [main, args] = [adapters[0] as Address, [adapter, 100n * unit] as const];
    await chain.send({ to: vault, abi, functionName: "deallocate", args: [main, 100n * unit] });
    await chain.send({ to: vault, abi, functionName: "allocate", args });
  }
  if (adapters.length > 0) await earn(world);
  await accrue(world);
}

async function addAdapter(chain: Chain, vault: Address, adapter: Address): Promise<Address> {
  await chain.send({ to: vault, abi, functionName: "addAdapter", args: [adapter] });
  await chain.send({ to: vault, abi, functionName: "raiseCap", args: [adapter, NO_CAP.own] });
  const risks = await chain.read({ to: adapter, abi, functionName: "riskIds", args: [] });
  for (const id of risks.filter((risk) => risk !== zeroHash)) {
    const args = [id, NO_CAP.group, NO_CAP.relativeBps] as const;
    await chain.send({ to: vault, abi, functionName: "raiseGroupCap", args });
  }
  return adapter;
}

/** Plenty of the asset, so that its balance slot never empties, and an allowance that is not written again. */
export async function endow(ground: Ground, user: Address, spender: Address): Promise<void> {
  const { chain, asset, unit, holder } = ground;
  const args = [user, 10n * FOREIGN * unit] as const;
  if (holder) {
    await chain.raw("hardhat_impersonateAccount", [holder]);
    await chain.raw("hardhat_setBalance", [holder, toHex(parseEther("1"))]);
  }
  const functionName = holder ? "transfer" : "mint";
  await chain.send({ ...(holder ? { from: holder } : {}), to: asset, abi, functionName, args });
  const allowance = [spender, maxUint256] as const;
  await chain.send({ from: user, to: asset, abi, functionName: "approve", args: allowance });
}

export async function deposit(
  { chain, vault, unit }: World,
  from: Address,
  whole: bigint,
  receiver = from,
): Promise<number> {
  const args = [whole * unit, receiver] as const;
  return (await chain.send({ from, to: vault, abi, functionName: "deposit", args })).gasUsed;
}

export async function redeem({ chain, vault, alice }: World, shares: bigint): Promise<number> {
  const args = [shares, alice, alice] as const;
  return (await chain.send({ from: alice, to: vault, abi, functionName: "redeem", args })).gasUsed;
}

export async function accrue({ chain, vault }: World): Promise<number> {
  return (await chain.send({ to: vault, abi, functionName: "accrue", args: [] })).gasUsed;
}

export function shares({ chain, vault, alice }: World): Promise<bigint> {
  return chain.read({ to: vault, abi, functionName: "balanceOf", args: [alice] });
}
