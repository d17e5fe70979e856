import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { notifyReward as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Gives reward tokens of the sender to the stakers: they flow through the next week.
 *
 * @example
 * const hash = await notifyReward(client, { staking, amount: 10n ** 18n });
 */
export function notifyReward<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: notifyReward.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareNotifyReward(parameters), parameters);
}

/**
 * Tries {@link notifyReward} and says how much would arrive.
 *
 * @example
 * const { received, request } = await simulateNotifyReward(client, { staking, amount: 10n ** 18n });
 */
export async function simulateNotifyReward<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareNotifyReward.Parameters & WriteOptions<chain, account>,
): Promise<{ received: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareNotifyReward(parameters), parameters);
  return { received: result, request };
}

/**
 * Encodes {@link notifyReward}.
 *
 * @example
 * const call = prepareNotifyReward({ staking, amount: 10n ** 18n });
 */
export function prepareNotifyReward({ staking, amount }: prepareNotifyReward.Parameters): Call<typeof abi> {
  return defineCall(abi, staking, [amount]);
}

export declare namespace prepareNotifyReward {
  type Parameters = {
    staking: Address;
    /** In reward token wei. */
    amount: bigint;
  };
}

export declare namespace notifyReward {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareNotifyReward.Parameters & WriteOptions<chain, account>;
}
