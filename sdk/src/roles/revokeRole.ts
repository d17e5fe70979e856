import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { revokeRole as abi } from "../abis/AccessManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Takes a role from an account, at once. The role's admin.
 *
 * @example
 * const hash = await revokeRole(client, { manager, roleId: 1n, member });
 */
export function revokeRole<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: revokeRole.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRevokeRole(parameters), parameters);
}

/**
 * Encodes {@link revokeRole}.
 *
 * @example
 * const call = prepareRevokeRole({ manager, roleId: 1n, member });
 */
export function prepareRevokeRole({ manager, roleId, member }: prepareRevokeRole.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [roleId, member]);
}

export declare namespace prepareRevokeRole {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    roleId: bigint;
    member: Address;
  };
}

export declare namespace revokeRole {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRevokeRole.Parameters & WriteOptions<chain, account>;
}
