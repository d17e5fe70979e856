import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Parameters } from "../parameters.ts";
import { roles } from "../roles.ts";
import { type authority, BUILDER_ROLES, encode } from "./Authority.ts";
import type { governance } from "./Governance.ts";
import type { claims } from "./Insurance.ts";
import type { treasury } from "./Treasury.ts";
import type { vaults } from "./Vaults.ts";

/** The last two transactions: the deployer lets go of everything, then everything opens. */
export function handover(
  { token }: Parameters,
  needed: {
    readonly authority: ReturnType<typeof authority>;
    readonly vaults: ReturnType<typeof vaults>;
    readonly treasury: ReturnType<typeof treasury>;
    readonly governance: ReturnType<typeof governance>;
    readonly claims: readonly ReturnType<typeof claims>[];
  },
) {
  return buildModule("Handover", (m) => {
    const { manager } = m.useModule(needed.authority);
    const { launch } = m.useModule(needed.vaults);
    const { millToken, treasury } = m.useModule(needed.treasury);
    for (const one of needed.claims) m.useModule(one);
    const allotments = token.holders.map(([holder, amount]) => ({
      to: holder === "treasury" ? treasury : holder,
      amount,
    }));
    const allot = m.call(launch, "allot", [millToken, allotments]);
    const deployer = m.getAccount(0);
    const renounce = [...BUILDER_ROLES, "ADMIN" as const].map((role) =>
      encode(m, manager, "renounceRole", role, [roles[role].id, deployer]),
    );
    const after = [allot, needed.governance, ...needed.claims];
    const renounced = m.call(manager, "multicall", [renounce], { id: "renounce", after });
    m.call(launch, "launch", [], { after: [renounced] });
    return { launch };
  });
}
