import { type Address, maxUint256, parseAbi, parseEther, zeroHash } from "viem";
import { type Chain, createChain, DAY, exists, openZeppelin } from "./chain.ts";
import { coldCall, type Row } from "./row.ts";

const tokenAbi = parseAbi([
  "function mint(address account, uint256 amount)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function transfer(address to, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
]);
const sourceAbi = parseAbi([
  "function deposit(uint256 assets, address receiver) returns (uint256 shares)",
  "function totalAssets() view returns (uint256)",
]);
const vaultAbi = parseAbi([
  "function deposit(uint256 assets, address receiver) returns (uint256 shares)",
  "function withdraw(uint256 assets, address receiver, address owner) returns (uint256 shares)",
  "function redeem(uint256 shares, address receiver, address owner) returns (uint256 assets)",
  "function exit(uint256 shares, address receiver, address owner, uint256 minAssets, address[] skip) returns (uint256)",
  "function accrue()",
  "function transfer(address to, uint256 amount) returns (bool)",
  "function addAdapter(address adapter)",
  "function raiseCap(address adapter, uint256 cap)",
  "function raiseGroupCap(bytes32 id, uint256 absoluteCap, uint256 relativeCapBps)",
  "function allocate(address adapter, uint256 assets)",
  "function deallocate(address adapter, uint256 assets) returns (uint256 paid)",
  "function seedAssets() view returns (uint256)",
  "function balanceOf(address account) view returns (uint256)",
  "function convertToAssets(uint256 shares) view returns (uint256)",
  "function maxWithdraw(address owner) view returns (uint256)",
]);
const adapterAbi = parseAbi(["function riskIds() view returns (bytes32 first, bytes32 second)"]);

type World = {
  readonly chain: Chain;
  readonly asset: Address;
  readonly source: Address;
  readonly vault: Address;
  readonly adapters: readonly Address[];
  /** Holds 1,000 in a settled vault. */
  readonly alice: Address;
  /** Never came before. */
  readonly carol: Address;
};
type Kind = { readonly adapters: number; readonly settled: boolean };

const FIRST = parseEther("1000");
const REPEAT = parseEther("100");
const FOREIGN = parseEther("1000000");
const DEAD = "0x000000000000000000000000000000000000dEaD";
const NO_CAP = { own: 2n ** 88n - 1n, group: 2n ** 128n - 1n, relativeBps: 10_000n };
const FEE_BPS = 1_000n;
const MAX_RATE = 30n;

const idle: Kind = { adapters: 0, settled: true };
const through: Kind = { adapters: 1, settled: true };
const unused = (kind: Kind): Kind => ({ ...kind, settled: false });

export async function vaultRows(): Promise<readonly Row[]> {
  if (!(await exists("CompoundingVault"))) return [];
  const hasAdapter = await exists("ERC4626Adapter");
  const rows: Row[] = [];
  const measure = async (name: string, kind: Kind, act: (world: World) => Promise<number>): Promise<void> => {
    if (kind.adapters > 0 && !hasAdapter) return;
    const world = await createWorld(kind);
    rows.push({ name, gas: await act(world) });
    await world.chain.close();
  };
  for (const [what, act] of Object.entries(idleRows)) await measure(`vault.${what}`, kindOf(what, idle), act);
  for (const [what, flow] of Object.entries(throughRows)) {
    const act = reachesSource(flow);
    await measure(`vault.${what}.quiet`, kindOf(what, through), act);
    await measure(`vault.${what}.yield`, kindOf(what, through), async (world) => {
      await earn(world);
      return act(world);
    });
  }
  for (const [what, act] of Object.entries(otherRows)) await measure(`vault.${what}`, through, act);
  const one = rows.find(({ name }) => name === "vault.deposit.erc4626.repeat.quiet");
  if (one) {
    await measure("vault.perExtraAdapter", { adapters: 3, settled: true }, async (world) => {
      return Math.round(((await deposit(world, world.alice, REPEAT)) - one.gas) / 2);
    });
  }
  return rows;
}

type Acts = Readonly<Record<string, (world: World) => Promise<number>>>;

const kindOf = (what: string, kind: Kind): Kind => (what.endsWith(".first") ? unused(kind) : kind);
const flows = (where: string): Acts => ({
  [`deposit.${where}.first`]: (world) => deposit(world, world.alice, FIRST),
  [`deposit.${where}.new`]: (world) => deposit(world, world.carol, FIRST),
  [`deposit.${where}.repeat`]: (world) => deposit(world, world.alice, REPEAT),
  [`withdraw.${where}.quarter`]: async (world) =>
    withdraw(world, await read(world, "convertToAssets", [(await shares(world)) / 4n])),
  [`withdraw.${where}.all`]: async (world) => withdraw(world, await read(world, "maxWithdraw", [world.alice])),
  [`redeem.${where}.quarter`]: async (world) => redeem(world, (await shares(world)) / 4n),
  [`redeem.${where}.all`]: async (world) => redeem(world, await shares(world)),
});
/** A row that says it goes through to the source must move the source's assets. */
function reachesSource(act: (world: World) => Promise<number>): (world: World) => Promise<number> {
  return async (world) => {
    const held = () =>
      world.chain.read({ to: world.asset, abi: tokenAbi, functionName: "balanceOf", args: [world.source] });
    const before = await held();
    const gas = await act(world);
    if ((await held()) === before) throw new Error("The transaction did not reach the source.");
    return gas;
  };
}

const idleRows = flows("idle");
const throughRows = flows("erc4626");
const otherRows: Acts = {
  "accrue.none": accrue,
  "accrue.gain": async (world) => {
    await earn(world);
    return accrue(world);
  },
  exit: async ({ chain, vault, alice, ...world }) => {
    const quarter = (await shares({ chain, vault, alice, ...world })) / 4n;
    const args = [quarter, alice, alice, 0n, []] as const;
    return (await chain.send({ from: alice, to: vault, abi: vaultAbi, functionName: "exit", args })).gasUsed;
  },
  "transfer.new": (world) => transfer(world, world.carol),
  "transfer.old": async (world) => {
    await deposit(world, world.carol, FIRST);
    return transfer(world, world.carol);
  },
  "view.convertToAssets": ({ chain, vault }) =>
    coldCall(chain, { to: vault, abi: vaultAbi, functionName: "convertToAssets", args: [REPEAT] }),
  "view.maxWithdraw": ({ chain, vault, alice }) =>
    coldCall(chain, { to: vault, abi: vaultAbi, functionName: "maxWithdraw", args: [alice] }),
};

async function createWorld({ adapters: count, settled }: Kind): Promise<World> {
  const chain = await createChain();
  const [admin, alice, bob, carol, foreign, feeRecipient] = chain.accounts as Address[];
  const asset = await chain.deploy("PlainToken", ["Asset"]);
  const source = await createSource(chain, asset, foreign as Address);
  const authority = await chain.deploy(await openZeppelin("AccessManager"), [admin]);
  const parameters = [asset, "Millrace", "mill", authority, feeRecipient, FEE_BPS, MAX_RATE];
  const vault = await chain.deploy("CompoundingVault", parameters);
  for (const user of [admin, alice, bob, carol] as Address[]) await endow(chain, { asset, spender: vault, user });
  const seed = await chain.read({ to: vault, abi: vaultAbi, functionName: "seedAssets", args: [] });
  await chain.send({ to: vault, abi: vaultAbi, functionName: "deposit", args: [seed, DEAD] });
  const adapters: Address[] = [];
  for (let index = 0; index < count; index++) {
    const own = index === 0 ? source : await createSource(chain, asset, foreign as Address);
    adapters.push(await addAdapter(chain, vault, own));
  }
  const world = { chain, asset, source, vault, adapters, alice: alice as Address, carol: carol as Address };
  if (settled) await settle(world, bob as Address, feeRecipient as Address);
  return world;
}

/** Others hold shares, the fee recipient too, and the books are up to date. */
async function settle(world: World, bob: Address, feeRecipient: Address): Promise<void> {
  const { chain, vault, adapters, alice } = world;
  await deposit(world, alice, FIRST);
  await deposit(world, bob, FIRST);
  await deposit(world, bob, FIRST, feeRecipient);
  for (const adapter of adapters.slice(1)) {
    const [main, args] = [adapters[0] as Address, [adapter, REPEAT] as const];
    await chain.send({ to: vault, abi: vaultAbi, functionName: "deallocate", args: [main, REPEAT] });
    await chain.send({ to: vault, abi: vaultAbi, functionName: "allocate", args });
  }
  if (adapters.length > 0) await earn(world);
  await accrue(world);
}

async function createSource(chain: Chain, asset: Address, foreign: Address): Promise<Address> {
  const source = await chain.deploy("PlainSource", [asset]);
  await endow(chain, { asset, spender: source, user: foreign });
  await chain.send({ from: foreign, to: source, abi: sourceAbi, functionName: "deposit", args: [FOREIGN, foreign] });
  await chain.send({ to: asset, abi: tokenAbi, functionName: "mint", args: [source, FOREIGN / 100n] }); // price 1.01
  return source;
}

async function addAdapter(chain: Chain, vault: Address, source: Address): Promise<Address> {
  const adapter = await chain.deploy("ERC4626Adapter", [vault, source]);
  await chain.send({ to: vault, abi: vaultAbi, functionName: "addAdapter", args: [adapter] });
  await chain.send({ to: vault, abi: vaultAbi, functionName: "raiseCap", args: [adapter, NO_CAP.own] });
  const risks = await chain.read({ to: adapter, abi: adapterAbi, functionName: "riskIds", args: [] });
  for (const id of risks.filter((risk) => risk !== zeroHash)) {
    if (id === zeroHash) continue;
    const args = [id, NO_CAP.group, NO_CAP.relativeBps] as const;
    await chain.send({ to: vault, abi: vaultAbi, functionName: "raiseGroupCap", args });
  }
  return adapter;
}

/** Plenty of the asset, so that its balance slot never empties, and an allowance that is not written again. */
async function endow(chain: Chain, to: { asset: Address; spender: Address; user: Address }): Promise<void> {
  const { asset, spender, user } = to;
  await chain.send({ to: asset, abi: tokenAbi, functionName: "mint", args: [user, 10n * FOREIGN] });
  const args = [spender, maxUint256] as const;
  await chain.send({ from: user, to: asset, abi: tokenAbi, functionName: "approve", args });
}

/** A day passes and the source is worth 0.01 % more. */
async function earn({ chain, asset, source }: World): Promise<void> {
  const total = await chain.read({ to: source, abi: sourceAbi, functionName: "totalAssets", args: [] });
  await chain.send({ to: asset, abi: tokenAbi, functionName: "mint", args: [source, total / 10_000n] });
  chain.wait(DAY);
}

async function deposit({ chain, vault }: World, from: Address, assets: bigint, receiver = from): Promise<number> {
  const call = { to: vault, abi: vaultAbi, functionName: "deposit", args: [assets, receiver] } as const;
  return (await chain.send({ from, ...call })).gasUsed;
}

async function withdraw({ chain, vault, alice }: World, assets: bigint): Promise<number> {
  const call = { to: vault, abi: vaultAbi, functionName: "withdraw", args: [assets, alice, alice] } as const;
  return (await chain.send({ from: alice, ...call })).gasUsed;
}

async function redeem({ chain, vault, alice }: World, amount: bigint): Promise<number> {
  const call = { to: vault, abi: vaultAbi, functionName: "redeem", args: [amount, alice, alice] } as const;
  return (await chain.send({ from: alice, ...call })).gasUsed;
}

async function transfer({ chain, vault, alice }: World, to: Address): Promise<number> {
  const call = { to: vault, abi: vaultAbi, functionName: "transfer", args: [to, REPEAT] } as const;
  return (await chain.send({ from: alice, ...call })).gasUsed;
}

async function accrue({ chain, vault }: World): Promise<number> {
  return (await chain.send({ to: vault, abi: vaultAbi, functionName: "accrue", args: [] })).gasUsed;
}

function shares(world: World): Promise<bigint> {
  return read(world, "balanceOf", [world.alice]);
}

function read<const name extends "balanceOf" | "convertToAssets" | "maxWithdraw">(
  { chain, vault }: World,
  functionName: name,
  args: readonly [name extends "convertToAssets" ? bigint : Address],
): Promise<bigint> {
  return chain.read({ to: vault, abi: vaultAbi, functionName, args } as Parameters<
    typeof chain.read
  >[0]) as Promise<bigint>;
}
