import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { grantRole as abi } from "../abis/AccessManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Gives an account a role, from which on it acts with a delay of its own. The role's admin.
 *
 * @example
 * const hash = await grantRole(client, { manager, roleId: 1n, member, executionDelay: 3 * 86_400 });
 */
export function grantRole<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: grantRole.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareGrantRole(parameters), parameters);
}

/**
 * Encodes {@link grantRole}.
 *
 * @example
 * const call = prepareGrantRole({ manager, roleId: 1n, member, executionDelay: 3 * 86_400 });
 */
export function prepareGrantRole({
  manager,
  roleId,
  member,
  executionDelay,
}: prepareGrantRole.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [roleId, member, executionDelay]);
}

export declare namespace prepareGrantRole {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    roleId: bigint;
    member: Address;
    /** Seconds that the member waits between scheduling and executing. */
    executionDelay: number;
  };
}

export declare namespace grantRole {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareGrantRole.Parameters & WriteOptions<chain, account>;
}
