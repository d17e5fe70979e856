import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { setTargetFunctionRole as abi } from "../abis/AccessManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Says which role may call some functions of a contract. The manager's admin.
 *
 * @example
 * const hash = await setTargetFunctionRole(client, { manager, target: vault, selectors: ["0x12345678"], roleId: 1n });
 */
export function setTargetFunctionRole<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setTargetFunctionRole.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetTargetFunctionRole(parameters), parameters);
}

/**
 * Encodes {@link setTargetFunctionRole}.
 *
 * @example
 * const call = prepareSetTargetFunctionRole({ manager, target: vault, selectors: ["0x12345678"], roleId: 1n });
 */
export function prepareSetTargetFunctionRole({
  manager,
  target,
  selectors,
  roleId,
}: prepareSetTargetFunctionRole.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [target, selectors, roleId]);
}

export declare namespace prepareSetTargetFunctionRole {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    target: Address;
    /** Of the functions. */
    selectors: readonly Hex[];
    roleId: bigint;
  };
}

export declare namespace setTargetFunctionRole {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetTargetFunctionRole.Parameters & WriteOptions<chain, account>;
}
