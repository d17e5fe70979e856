import { bits, down } from "./arithmetic.ts";
import { type Call, people, sources } from "./chain.ts";
import { type Market, maxDeallocate, type Reporter, realAssets, type Source, transfer } from "./market.ts";
import type { World } from "./vault.ts";
import * as model from "./vault.ts";

/** One thing that happens, to the model and to the chain. Names stand for addresses. */
export type Operation = { readonly call: Call; readonly apply: (world: World) => unknown };

/** A repeatable sequence of 64-bit numbers (SplitMix64). */
export function createDice(seed: bigint): (sides: number) => number {
  let state = BigInt.asUintN(64, seed);
  return (sides) => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return Number((z ^ (z >> 31n)) % BigInt(sides));
  };
}

type Dice = (sides: number) => number;
type Make = (world: World, dice: Dice, unit: bigint) => Operation;

const MAX = bits(256n);
const part = (dice: Dice, whole: bigint, most = 1_000): bigint => (whole * BigInt(dice(most + 1))) / 1_000n;
const pick = <item>(dice: Dice, items: readonly item[]): item => items[dice(items.length)] as item;
const on = (to: string, from: string, name: string, args: readonly unknown[]): Call => ({ from, to, name, args });
const byBoss = (name: string, args: readonly unknown[], apply: Operation["apply"]): Operation => ({
  call: on("vault", "boss", name, args),
  apply,
});
const adapters = [...sources.map((name) => `${name}Adapter`), "reporter"];
const listed = ({ vault }: World): readonly string[] => vault.entries.map(({ adapter }) => adapter);

/** Amounts of all sizes: a wei, a few, much. */
const amount = (dice: Dice, unit: bigint): bigint => {
  const size = dice(10);
  if (size === 0) return BigInt(dice(3));
  return size < 3 ? BigInt(1 + dice(5_000)) : (unit * BigInt(1 + dice(500_000))) / 1_000n;
};

export const flows: Readonly<Record<string, Make>> = {
  deposit: (_, dice, unit) => depositOf(pick(dice, people), amount(dice, unit), pick(dice, people)),
  mint: (world, dice, unit) => {
    const [from, to] = [pick(dice, people), pick(dice, people)];
    const shares = amount(dice, unit) * world.vault.virtualShares + BigInt(dice(3));
    return { call: on("vault", from, "mint", [shares, to]), apply: (w) => model.mint(w, from, shares, to) };
  },
  withdraw: (world, dice) => {
    const from = pick(dice, people);
    const worth = model.toAssets(world.vault, world.vault.shares[from] ?? 0n);
    const assets = part(dice, worth, 1_010);
    return {
      call: on("vault", from, "withdraw", [assets, from, from]),
      apply: (w) => model.withdraw(w, from, assets, from),
    };
  },
  redeem: (world, dice) => {
    const from = pick(dice, people);
    return redeemOf(from, part(dice, world.vault.shares[from] ?? 0n, 1_005), from);
  },
  exit: (world, dice) => {
    const from = pick(dice, people);
    const shares = part(dice, world.vault.shares[from] ?? 0n, 1_002);
    const skip = adapters.filter(() => dice(4) === 0);
    if (dice(2) === 0 && !skip.includes("reporter")) skip.push("reporter");
    return {
      call: on("vault", from, "exit", [shares, from, from, 0n, skip]),
      apply: (w) => model.exit(w, from, shares, from, 0n, skip),
    };
  },
  transfer: (world, dice) => {
    const [from, to] = [pick(dice, people), pick(dice, people)];
    const shares = part(dice, world.vault.shares[from] ?? 0n, 1_005);
    return {
      call: on("vault", from, "transfer", [to, shares]),
      apply: (w) => model.transferShares(w, from, to, shares),
    };
  },
  accrue: (_, dice) => ({ call: on("vault", pick(dice, people), "accrue", []), apply: model.touch }),
  compound: (_, dice) => {
    const from = pick(dice, people);
    return { call: on("vault", from, "compound", []), apply: (w) => model.compound(w, from) };
  },
};

export const markets: Readonly<Record<string, Make>> = {
  donate: (_, dice, unit) => mintTokens("vault", amount(dice, unit * 20n)),
  // A few hundredths of a percent of the source, seldom more.
  gain: (world, dice) => {
    const name = pick(dice, sources);
    return mintTokens(name, part(dice, (world.balances[name] ?? 0n) / (dice(8) === 0 ? 20n : 1_000n)));
  },
  lose: (world, dice) => {
    const name = pick(dice, sources);
    const assets = part(dice, (world.balances[name] ?? 0n) / (dice(12) === 0 ? 8n : 5_000n));
    return {
      call: on("token", "boss", "burn", [name, assets]),
      apply: (w) => {
        w.balances[name] = (w.balances[name] ?? 0n) - assets;
      },
    };
  },
  gift: (world, dice) => {
    const name = pick(dice, sources);
    const assets = (world.balances[name] ?? 0n) / BigInt(1_000 + dice(9_000));
    const source = world.markets[`${name}Adapter`] as Source;
    return {
      call: on(name, "boss", "deposit", [assets, `${name}Adapter`]),
      apply: (w) => {
        if (assets > source.room) throw Object.assign(new Error("full"), { refusal: "ERC4626ExceededMaxDeposit" });
        const market = w.markets[`${name}Adapter`] as Source;
        const shares = down(assets, market.supply + 1n, (w.balances[name] ?? 0n) + 1n);
        transfer(w.balances, "boss", name, assets);
        market.supply += shares;
        market.held += shares;
      },
    };
  },
  liquidity: (_, dice, unit) => {
    const adapter = pick(dice, adapters);
    const limit = dice(3) > 0 ? MAX : BigInt(dice(600)) * unit;
    return {
      call: on(adapter.replace("Adapter", ""), "boss", "setLiquidity", [limit]),
      apply: (w) => Object.assign(w.markets[adapter] as Source | Reporter, { liquidity: limit }),
    };
  },
  room: (_, dice, unit) => {
    const name = pick(dice, sources);
    const room = dice(3) > 0 ? MAX : BigInt(dice(200)) * unit;
    return {
      call: on(name, "boss", "setRoom", [room]),
      apply: (w) => Object.assign(w.markets[`${name}Adapter`] as Source, { room }),
    };
  },
  report: (world, dice) => {
    const truth = world.balances["reporter"] ?? 0n;
    const lies = [part(dice, truth), part(dice, truth * 3n), truth - truth / 500n, MAX];
    const report = dice(2) === 0 ? "truth" : dice(4) === 0 ? "fails" : pick(dice, lies);
    const args = report === "truth" ? [0, 0n] : report === "fails" ? [3, 0n] : [2, report];
    return {
      call: on("reporter", "boss", "setValue", args),
      apply: (w) => Object.assign(w.markets["reporter"] as Reporter, { report }),
    };
  },
  honest: () => ({
    call: on("reporter", "boss", "setValue", [0, 0n]),
    apply: (w) => Object.assign(w.markets["reporter"] as Reporter, { report: "truth" }),
  }),
};

export const roles: Readonly<Record<string, Make>> = {
  allocate: (world, dice) => {
    const adapter = pick(dice, listed(world));
    const assets = part(dice, world.vault.idle, 1_010);
    return byBoss("allocate", [adapter, assets], (w) => model.allocateIdle(w, adapter, assets));
  },
  deallocate: (world, dice) => {
    const adapter = pick(dice, listed(world));
    const all = dice(4) === 0;
    const assets = part(dice, maxDeallocate(world.balances, world.markets[adapter] as Source), 1_005);
    return byBoss("deallocate", [adapter, all ? MAX : assets], (w) => model.takeBack(w, adapter, all ? "all" : assets));
  },
  emergencyExit: (world, dice) => {
    const adapter = pick(dice, listed(world));
    return byBoss("emergencyExit", [adapter], (w) => model.takeAll(w, adapter));
  },
  setOrder: (world, dice) => {
    const order = [...listed(world)];
    const [i, j] = [dice(order.length), dice(order.length)];
    [order[i], order[j]] = [order[j] as string, order[i] as string];
    return byBoss("setOrder", [order], (w) => model.setOrder(w, order));
  },
  cap: (world, dice, unit) => {
    const entry = pick(dice, world.vault.entries);
    const wanted = dice(3) > 0 ? model.NO_CAP : BigInt(dice(2_000)) * unit;
    if (wanted === entry.cap) return flows["accrue"]?.(world, dice, unit) as Operation;
    return byBoss(wanted > entry.cap ? "raiseCap" : "lowerCap", [entry.adapter, wanted], (w) => {
      for (const other of w.vault.entries) if (other.adapter === entry.adapter) other.cap = wanted;
    });
  },
  groupCap: (world, dice, unit) => {
    const id = pick(dice, Object.keys(world.vault.groups));
    const group = world.vault.groups[id] as { absolute: bigint; relativeBps: bigint };
    const relativeBps = dice(3) > 0 ? 10_000n : BigInt(dice(10_000));
    const absolute = dice(4) > 0 ? bits(128n) : BigInt(dice(2_000)) * unit;
    const raises = absolute >= group.absolute && relativeBps >= group.relativeBps;
    const lowers = absolute <= group.absolute && relativeBps <= group.relativeBps;
    if (!raises && !lowers) return flows["accrue"]?.(world, dice, unit) as Operation;
    return byBoss(raises ? "raiseGroupCap" : "lowerGroupCap", [id, absolute, relativeBps], (w) => {
      w.vault.groups[id] = { absolute, relativeBps };
    });
  },
  depositCap: (world, dice, unit) => {
    const cap = dice(2) === 0 ? bits(104n) : world.vault.nav + BigInt(dice(300)) * unit;
    if (cap === world.vault.depositCap) return flows["accrue"]?.(world, dice, unit) as Operation;
    return byBoss(cap > world.vault.depositCap ? "raiseDepositCap" : "lowerDepositCap", [cap], (w) => {
      w.vault.depositCap = cap;
    });
  },
  fee: (_, dice) => {
    const feeBps = BigInt(dice(5_001));
    return byBoss("setFee", [feeBps], (w) => {
      model.touch(w);
      w.vault.feeBps = feeBps;
    });
  },
  rate: (_, dice) => {
    const maxRate = BigInt(dice(201));
    return byBoss("setMaxRate", [maxRate], (w) => {
      model.touch(w);
      w.vault.maxRate = maxRate;
    });
  },
  buffer: (_, dice) => {
    const bufferBps = BigInt(dice(3) === 0 ? dice(3_000) : 0);
    return byBoss("setBuffer", [bufferBps], (w) => {
      w.vault.bufferBps = bufferBps;
    });
  },
  tipCap: (_, dice, unit) => {
    const tipCap = (unit * BigInt(dice(100))) / 100n;
    return byBoss("setTipCap", [tipCap], (w) => {
      w.vault.tipCap = tipCap;
    });
  },
  // Stopped now and then, and not for long.
  stop: (world, dice, unit) => {
    if (!world.vault.stopped && dice(3) > 0) return flows["accrue"]?.(world, dice, unit) as Operation;
    return byBoss(world.vault.stopped ? "resumeDeposits" : "stopDeposits", [], (w) => {
      w.vault.stopped = !world.vault.stopped;
    });
  },
  reanchor: () => byBoss("reanchorEntryMark", [], model.reanchor),
  dropOrReturn: (world, dice) => {
    const gone = adapters.find((adapter) => !listed(world).includes(adapter));
    if (gone === undefined) {
      const adapter = pick(dice, listed(world));
      const maxLoss =
        dice(3) > 0 ? MAX : part(dice, realAssets(world.balances, world.markets[adapter] as Market) ?? MAX);
      return byBoss("removeAdapter", [adapter, maxLoss], (w) => model.removeAdapter(w, adapter, maxLoss));
    }
    const held = maxDeallocate(world.balances, world.markets[gone] as Source);
    if (held > 0n) return byBoss("recall", [gone], (w) => model.recall(w, gone));
    return byBoss("addAdapter", [gone], (w) => model.addAdapter(w, gone, [(w.markets[gone] as Source).risk]));
  },
};

/** In a minute or so: a small loss is realised, more than it comes back, and somebody enters with that in sight. */
export const recovery: readonly Make[] = [
  (world, dice) => {
    const name = largest(world);
    const lost = ((world.balances[name] ?? 0n) * BigInt(1 + dice(18))) / 1_000n;
    return {
      call: on("token", "boss", "burn", [name, lost]),
      apply: (w) => {
        w.balances[name] = (w.balances[name] ?? 0n) - lost;
      },
    };
  },
  flows["accrue"] as Make,
  (world) => mintTokens(largest(world), (world.balances[largest(world)] ?? 0n) / 20n),
  (_, dice, unit) => depositOf(pick(dice, people), amount(dice, unit), pick(dice, people)),
];

/** The source in which the vault has most. */
function largest({ markets: all }: World): string {
  const held = (name: string): bigint => (all[`${name}Adapter`] as Source).held;
  return sources.reduce((most, other) => (held(other) > held(most) ? other : most));
}

/** Several calls in one transaction: all see the prices of the first. */
export function together(world: World, dice: Dice, unit: bigint): readonly Operation[] {
  const self = "batch";
  const held = world.vault.shares[self] ?? 0n;
  const some = (): Operation => {
    const kind = dice(6);
    if (kind === 0) return redeemOf(self, part(dice, held, 500), self);
    if (kind === 1) return { call: on("vault", self, "compound", []), apply: (w) => model.compound(w, self) };
    if (kind === 2) return { call: on("vault", self, "accrue", []), apply: model.touch };
    if (kind === 3) {
      const shares = part(dice, held, 500);
      return {
        call: on("vault", self, "exit", [shares, self, self, 0n, ["reporter"]]),
        apply: (w) => model.exit(w, self, shares, self, 0n, ["reporter"]),
      };
    }
    if (kind === 4) return markets[pick(dice, ["gain", "lose", "donate"])]?.(world, dice, unit) as Operation;
    return depositOf(self, amount(dice, unit), self);
  };
  return Array.from({ length: 2 + dice(4) }, some);
}

function depositOf(from: string, assets: bigint, to: string): Operation {
  return { call: on("vault", from, "deposit", [assets, to]), apply: (w) => model.deposit(w, from, assets, to) };
}

function redeemOf(from: string, shares: bigint, to: string): Operation {
  return { call: on("vault", from, "redeem", [shares, to, from]), apply: (w) => model.redeem(w, from, shares, to) };
}

function mintTokens(to: string, assets: bigint): Operation {
  return {
    call: on("token", "boss", "mint", [to, assets]),
    apply: (w) => {
      w.balances[to] = (w.balances[to] ?? 0n) + assets;
    },
  };
}
