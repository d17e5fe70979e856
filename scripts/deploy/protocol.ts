import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Future, IgnitionModule } from "@nomicfoundation/ignition-core";
import type { Hex } from "viem";
import { authority } from "./modules/Authority.ts";
import { governance } from "./modules/Governance.ts";
import { handover } from "./modules/Handover.ts";
import { claims, type InsuranceCode, insurance } from "./modules/Insurance.ts";
import { router } from "./modules/Router.ts";
import { treasury } from "./modules/Treasury.ts";
import { vault, vaults } from "./modules/Vaults.ts";
import type { Parameters } from "./parameters.ts";

/** Creation code that transactions carry as an argument. */
export type Code = { readonly vaultCode: Hex; readonly insuranceCode: InsuranceCode };

/** Everything that the parameters ask for, as one Ignition module. */
export function protocol(parameters: Parameters, { vaultCode, insuranceCode: code }: Code): IgnitionModule {
  const first = authority(parameters);
  const second = vaults({ authority: first, vaultCode });
  const third = treasury(parameters, { authority: first, vaults: second });
  const needed = { vaultCode, authority: first, vaults: second, treasury: third };
  const each = parameters.vaults.map((one) => vault(one, needed));
  const bySymbol = new Map(
    parameters.vaults.map(({ symbol }, index) => [symbol, each[index] as (typeof each)[number]]),
  );
  const pools = parameters.insurance.map((one) => insurance(one, { ...needed, code, vault: bySymbol }));
  const fourth = governance(parameters, { ...needed, vault: each, insurance: pools });
  const judged = parameters.insurance.map((one, index) =>
    claims(one, { code, insurance: pools[index] as (typeof pools)[number], governance: fourth }),
  );
  const last = handover(parameters, { ...needed, governance: fourth, claims: judged });
  const millrace = buildModule("Millrace", (m) => {
    m.useModule(router(parameters)); // needs nothing, and must be there when everything opens
    return m.useModule(last);
  });
  return inOrder(millrace);
}

/**
 * One transaction after the other. Ignition would send those that do not need each other at once; then an interrupt can
 * leave a later nonce confirmed and an earlier one open, a state in which it refuses to go on.
 */
function inOrder(module: IgnitionModule): IgnitionModule {
  chain(module);
  const transactions = transactionsOf(module);
  for (const [index, future] of transactions.entries()) {
    const previous = transactions[index - 1];
    if (previous) future.dependencies.add(previous);
  }
  return module;
}

/**
 * The name under which a contract is published, from the id of its future: `MillToken`, `mrUSDC`, `mrUSDC_RewardAuction`,
 * `muUSDC` for the pool that insures vaults of USDC, `muUSDC_CoverManager`.
 */
export function publishedName(futureId: string): string {
  const [module = "", future = ""] = futureId.split("#");
  const symbol = /^(?:Vault|Insurance|Claims)_(.+)$/.exec(module)?.[1];
  if (symbol === undefined) return future;
  const itself = future === "CompoundingVault" || future === "UnderwritingPool";
  return itself ? symbol : `${symbol}_${future.replace(/^adapter\d+_/, "")}`;
}

/**
 * Puts each module under the next alone. Ignition validates a module once for every way that leads to it, and ways multiply:
 * a run took three times as long.
 */
function chain(module: IgnitionModule): void {
  const modules = modulesOf(module);
  for (const [index, { submodules }] of modules.entries()) {
    submodules.clear();
    const previous = modules[index - 1];
    if (previous) submodules.add(previous);
  }
}

/** The transactions of a module, each after those that it needs: submodules first, then in the order of definition. */
export function transactionsOf(module: IgnitionModule): readonly Future[] {
  const futures = modulesOf(module).flatMap((one) => [...one.futures]);
  return futures.filter(({ type }) => type.endsWith("CONTRACT_DEPLOYMENT") || type === "CONTRACT_CALL");
}

/** A module and those under it, each once, after those that it uses. */
function modulesOf(module: IgnitionModule): readonly IgnitionModule[] {
  const seen = new Set<IgnitionModule>();
  const collect = (one: IgnitionModule): IgnitionModule[] => {
    if (seen.has(one)) return [];
    seen.add(one);
    return [...[...one.submodules].flatMap(collect), one];
  };
  return collect(module);
}
