import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { cancel as abi } from "../abis/AccessManager.ts";
import { type Action, type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Cancels what was scheduled: its caller, a guardian of its role, or the manager's admin.
 *
 * @example
 * const hash = await cancelCall(client, { manager, caller: account, call: prepareRaiseDepositCap({ vault, cap: 10n ** 13n }) });
 */
export function cancelCall<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: cancelCall.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCancelCall(parameters), parameters);
}

/**
 * Encodes {@link cancelCall}.
 *
 * @example
 * const call = prepareCancelCall({ manager, caller: account, call: prepareRaiseDepositCap({ vault, cap: 10n ** 13n }) });
 */
export function prepareCancelCall({ manager, caller, call }: prepareCancelCall.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [caller, call.to, call.data]);
}

export declare namespace prepareCancelCall {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    /** Scheduled it. */
    caller: Address;
    /** The prepared call, as it was scheduled. */
    call: Action;
  };
}

export declare namespace cancelCall {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCancelCall.Parameters & WriteOptions<chain, account>;
}
