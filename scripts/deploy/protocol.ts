import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Future, IgnitionModule } from "@nomicfoundation/ignition-core";
import type { Hex } from "viem";
import { authority } from "./modules/Authority.ts";
import { governance } from "./modules/Governance.ts";
import { handover } from "./modules/Handover.ts";
import { treasury } from "./modules/Treasury.ts";
import { vault, vaults } from "./modules/Vaults.ts";
import type { Parameters } from "./parameters.ts";

/** Everything that the parameters ask for, as one Ignition module. `vaultCode`: creation code of `CompoundingVault`. */
export function protocol(parameters: Parameters, { vaultCode }: { readonly vaultCode: Hex }): IgnitionModule {
  const first = authority(parameters);
  const second = vaults({ authority: first, vaultCode });
  const third = treasury(parameters, { authority: first, vaults: second });
  const needed = { vaultCode, authority: first, vaults: second, treasury: third };
  const each = parameters.vaults.map((one) => vault(one, needed));
  const fourth = governance(parameters, { ...needed, vault: each });
  const last = handover(parameters, { ...needed, governance: fourth });
  return inOrder(buildModule("Millrace", (m) => m.useModule(last)));
}

/**
 * One transaction after the other. Ignition would send those that do not need each other at once; then an interrupt can
 * leave a later nonce confirmed and an earlier one open, a state in which it refuses to go on.
 */
function inOrder(module: IgnitionModule): IgnitionModule {
  const transactions = transactionsOf(module);
  for (const [index, future] of transactions.entries()) {
    const previous = transactions[index - 1];
    if (previous) future.dependencies.add(previous);
  }
  return module;
}

/** The name under which a contract is published, from the id of its future: `MillToken`, `mrUSDC`, `mrUSDC_RewardAuction`. */
export function publishedName(futureId: string): string {
  const [module = "", future = ""] = futureId.split("#");
  if (!module.startsWith("Vault_")) return future;
  const symbol = module.slice("Vault_".length);
  return future === "CompoundingVault" ? symbol : `${symbol}_${future.replace(/^adapter\d+_/, "")}`;
}

/** The transactions of a module, each after those that it needs: submodules first, then in the order of definition. */
export function transactionsOf(module: IgnitionModule): readonly Future[] {
  const seen = new Set<IgnitionModule>();
  const collect = (one: IgnitionModule): Future[] => {
    if (seen.has(one)) return [];
    seen.add(one);
    return [...[...one.submodules].flatMap(collect), ...one.futures];
  };
  return collect(module).filter(({ type }) => type.endsWith("CONTRACT_DEPLOYMENT") || type === "CONTRACT_CALL");
}
