import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { execute as abi } from "../abis/AccessManager.ts";
import { type Action, type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Makes a call through the manager: one that was scheduled and waited, or one without delay.
 *
 * @example
 * const hash = await executeCall(client, { manager, call: prepareRaiseDepositCap({ vault, cap: 10n ** 13n }) });
 */
export function executeCall<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: executeCall.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareExecuteCall(parameters), parameters);
}

/**
 * Encodes {@link executeCall}.
 *
 * @example
 * const call = prepareExecuteCall({ manager, call: prepareRaiseDepositCap({ vault, cap: 10n ** 13n }) });
 */
export function prepareExecuteCall({ manager, call }: prepareExecuteCall.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [call.to, call.data], call.value);
}

export declare namespace prepareExecuteCall {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    /** The prepared call, as it was scheduled. */
    call: Action;
  };
}

export declare namespace executeCall {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareExecuteCall.Parameters & WriteOptions<chain, account>;
}
