import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { delegateSplit as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Splits the votes of the sender's stake over several accounts. `delegate` ends the split.
 *
 * @example
 * const hash = await delegateSplit(client, { staking, parts: [{ delegatee: account, bps: 6_000 }, { delegatee: receiver, bps: 4_000 }] });
 */
export function delegateSplit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: delegateSplit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDelegateSplit(parameters), parameters);
}

/**
 * Encodes {@link delegateSplit}.
 *
 * @example
 * const call = prepareDelegateSplit({ staking, parts: [{ delegatee: account, bps: 6_000 }, { delegatee: receiver, bps: 4_000 }] });
 */
export function prepareDelegateSplit({ staking, parts }: prepareDelegateSplit.Parameters): Call<typeof abi> {
  // The contract takes each delegatee once, in ascending order.
  const sorted = [...parts].sort((one, other) => (BigInt(one.delegatee) < BigInt(other.delegatee) ? -1 : 1));
  return defineCall(abi, staking, [sorted]);
}

export declare namespace prepareDelegateSplit {
  type Parameters = {
    staking: Address;
    /** Two to four, 10,000 basis points in all. */
    parts: readonly { delegatee: Address; bps: number }[];
  };
}

export declare namespace delegateSplit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDelegateSplit.Parameters & WriteOptions<chain, account>;
}
