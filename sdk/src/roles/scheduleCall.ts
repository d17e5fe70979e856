import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { schedule as abi } from "../abis/AccessManager.ts";
import { type Action, type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Announces a call of the sender, which it may make after its delay; guardians can cancel it until then.
 *
 * @example
 * const hash = await scheduleCall(client, { manager, call: prepareRaiseDepositCap({ vault, cap: 10n ** 13n }), when: 0 });
 */
export function scheduleCall<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: scheduleCall.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareScheduleCall(parameters), parameters);
}

/**
 * Encodes {@link scheduleCall}.
 *
 * @example
 * const call = prepareScheduleCall({ manager, call: prepareRaiseDepositCap({ vault, cap: 10n ** 13n }), when: 0 });
 */
export function prepareScheduleCall({ manager, call, when }: prepareScheduleCall.Parameters): Call<typeof abi> {
  return defineCall(abi, manager, [call.to, call.data, when]);
}

export declare namespace prepareScheduleCall {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    /** Any prepared call of a restricted function. */
    call: Action;
    /** Second from which it may be made; 0: as soon as the delay is over. */
    when: number;
  };
}

export declare namespace scheduleCall {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareScheduleCall.Parameters & WriteOptions<chain, account>;
}
