import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { renounceRole as abi } from "../abis/AccessManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Gives up a role of the sender.
 *
 * @example
 * const hash = await renounceRole(client, { manager, roleId: 1n, member });
 */
export function renounceRole<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: renounceRole.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRenounceRole(parameters), parameters);
}

/**
 * Encodes {@link renounceRole}.
 *
 * @example
 * const call = prepareRenounceRole({ manager, roleId: 1n, member });
 */
export function prepareRenounceRole({ manager, roleId, member }: prepareRenounceRole.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [roleId, member]);
}

export declare namespace prepareRenounceRole {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    roleId: bigint;
    /** The sender itself: a check against slips. */
    member: Address;
  };
}

export declare namespace renounceRole {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRenounceRole.Parameters & WriteOptions<chain, account>;
}
