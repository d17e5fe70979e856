import { type Address, parseEther } from "viem";
import { DAY } from "./chain.ts";
import { coldCall, type Row } from "./row.ts";
import {
  type World as AnyWorld,
  abi,
  accrue,
  createWorld as build,
  deposit,
  plainGround,
  redeem,
  settle,
  shares,
} from "./world.ts";

type World = AnyWorld & { readonly source: Address };
type Kind = { readonly adapters: number; readonly settled: boolean };

const REPEAT = parseEther("100");

const idle: Kind = { adapters: 0, settled: true };
const through: Kind = { adapters: 1, settled: true };
const unused = (kind: Kind): Kind => ({ ...kind, settled: false });

export async function vaultRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const measure = async (name: string, kind: Kind, act: (world: World) => Promise<number>): Promise<void> => {
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
      return Math.round(((await deposit(world, world.alice, 100n)) - one.gas) / 2);
    });
  }
  return rows;
}

type Acts = Readonly<Record<string, (world: World) => Promise<number>>>;

const kindOf = (what: string, kind: Kind): Kind => (what.endsWith(".first") ? unused(kind) : kind);
const flows = (where: string): Acts => ({
  [`deposit.${where}.first`]: (world) => deposit(world, world.alice, 1_000n),
  [`deposit.${where}.new`]: (world) => deposit(world, world.carol, 1_000n),
  [`deposit.${where}.repeat`]: (world) => deposit(world, world.alice, 100n),
  [`withdraw.${where}.quarter`]: async (world) =>
    withdraw(world, await read(world, "convertToAssets", [(await shares(world)) / 4n])),
  [`withdraw.${where}.all`]: async (world) => withdraw(world, await read(world, "maxWithdraw", [world.alice])),
  [`redeem.${where}.quarter`]: async (world) => redeem(world, (await shares(world)) / 4n),
  [`redeem.${where}.all`]: async (world) => redeem(world, await shares(world)),
});
/** A row that says it goes through to the source must move the source's assets. */
function reachesSource(act: (world: World) => Promise<number>): (world: World) => Promise<number> {
  return async (world) => {
    const held = () => world.chain.read({ to: world.asset, abi: abi, functionName: "balanceOf", args: [world.source] });
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
    return (await chain.send({ from: alice, to: vault, abi: abi, functionName: "exit", args })).gasUsed;
  },
  "transfer.new": (world) => transfer(world, world.carol),
  "transfer.old": async (world) => {
    await deposit(world, world.carol, 1_000n);
    return transfer(world, world.carol);
  },
  "view.convertToAssets": ({ chain, vault }) =>
    coldCall(chain, { to: vault, abi: abi, functionName: "convertToAssets", args: [REPEAT] }),
  "view.maxWithdraw": ({ chain, vault, alice }) =>
    coldCall(chain, { to: vault, abi: abi, functionName: "maxWithdraw", args: [alice] }),
};

async function createWorld({ adapters: count, settled }: Kind): Promise<World> {
  const ground = await plainGround(Math.max(1, count));
  const adapts = ground.sources.slice(0, count).map((source) => {
    return (vault: Address) => ground.chain.deploy("ERC4626Adapter", [vault, source]);
  });
  const world = { ...(await build(ground, adapts)), source: ground.sources[0] as Address };
  if (settled) await settle(world, earn);
  return world;
}

/** A day passes and the source is worth 0.01 % more. */
async function earn({ chain, asset, source }: World): Promise<void> {
  const total = await chain.read({ to: source, abi, functionName: "totalAssets", args: [] });
  await chain.send({ to: asset, abi, functionName: "mint", args: [source, total / 10_000n] });
  chain.wait(DAY);
}

async function withdraw({ chain, vault, alice }: World, assets: bigint): Promise<number> {
  const call = { to: vault, abi, functionName: "withdraw", args: [assets, alice, alice] } as const;
  return (await chain.send({ from: alice, ...call })).gasUsed;
}

async function transfer({ chain, vault, alice }: World, to: Address): Promise<number> {
  const call = { to: vault, abi, functionName: "transfer", args: [to, REPEAT] } as const;
  return (await chain.send({ from: alice, ...call })).gasUsed;
}

function read<const name extends "convertToAssets" | "maxWithdraw">(
  { chain, vault }: World,
  functionName: name,
  args: readonly [name extends "convertToAssets" ? bigint : Address],
): Promise<bigint> {
  const call = { to: vault, abi, functionName, args };
  return chain.read(call as Parameters<typeof chain.read>[0]) as Promise<bigint>;
}
