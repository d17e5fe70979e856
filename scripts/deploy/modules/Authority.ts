import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { IgnitionModuleBuilder, NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";
import type { Parameters as Inputs } from "../parameters.ts";
import { type Holder, type RoleName, roles, waitOf } from "../roles.ts";

export type Manager = NamedArtifactContractDeploymentFuture<"AccessManager">;

/** Roles that the deployer holds while there is nothing to take, and renounces before there is. */
const names = Object.keys(roles) as RoleName[];
export const BUILDER_ROLES: readonly RoleName[] = ["CURATOR", "ALLOCATOR", "DERISK"];

/** The AccessManager with every role and every holder; and where the DAO's timelock will be. */
export function authority({ people }: Inputs) {
  return buildModule("Authority", (m) => {
    const timelockFactory = m.contract("TimelockFactory");
    const timelock = m.contractAt("TimelockController", m.staticCall(timelockFactory, "timelock"));
    const deployer = m.getAccount(0);
    const manager = m.contract("AccessManager", [deployer]);
    const account = (holder: Holder) => (holder === "timelock" ? timelock : people[holder]);
    const calls = names.flatMap((name) => {
      const { id, guardian, holders } = roles[name];
      return [
        // ADMIN has its name, and itself as the guardian of all, from the start.
        ...(name === "ADMIN" ? [] : [encode(m, manager, "labelRole", name, [id, name])]),
        ...(guardian === "ADMIN" ? [] : [encode(m, manager, "setRoleGuardian", name, [id, roles[guardian].id])]),
        ...holders.map((holder) =>
          encode(m, manager, "grantRole", `${name}_${holder}`, [id, account(holder), waitOf(name, holder)]),
        ),
      ];
    });
    const builder = BUILDER_ROLES.map((role) =>
      encode(m, manager, "grantRole", `${role}_builder`, [roles[role].id, deployer, 0]),
    );
    m.call(manager, "multicall", [[...calls, ...builder]], { id: "setRoles" });
    return { timelockFactory, timelock, manager };
  });
}

export type Arguments = NonNullable<Parameters<IgnitionModuleBuilder["encodeFunctionCall"]>[2]>;

/** One call of a `multicall`, under a name of its own. */
export function encode(
  m: IgnitionModuleBuilder,
  manager: Manager,
  functionName: string,
  name: string,
  args: Arguments,
) {
  return m.encodeFunctionCall(manager, functionName, args, { id: `${functionName}_${name}` });
}
