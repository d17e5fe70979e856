import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { lock as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lengthens the rolling lock of the sender's stake, for a larger part of the rewards. It has no end date: unstaking
 * ends it, and then waits as long.
 *
 * @example
 * const hash = await lock(client, { staking, duration: 30 * 86_400 });
 */
export function lock<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: lock.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareLock(parameters), parameters);
}

/**
 * Encodes {@link lock}.
 *
 * @example
 * const call = prepareLock({ staking, duration: 30 * 86_400 });
 */
export function prepareLock({ staking, duration }: prepareLock.Parameters): Call<typeof abi> {
  return defineCall(abi, staking, [duration]);
}

export declare namespace prepareLock {
  type Parameters = {
    staking: Address;
    /** In seconds, longer than the lock that is there, at most 365 days. */
    duration: number;
  };
}

export declare namespace lock {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareLock.Parameters & WriteOptions<chain, account>;
}
