import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { relay as abi } from "../abis/BatchVoteRelay.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import type { Ballot } from "./signVote.ts";

/**
 * Sends votes that others signed, in one transaction. A bad one stops no other: `getBallotRelayedEvents` says which
 * were counted.
 *
 * @example
 * const hash = await relayVotes(client, { relay, ballots: [ballot] });
 */
export function relayVotes<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: relayVotes.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRelayVotes(parameters), parameters);
}

/**
 * Tries {@link relayVotes} and says how many would be counted.
 *
 * @example
 * const { relayed, request } = await simulateRelayVotes(client, { relay, ballots: [ballot] });
 */
export async function simulateRelayVotes<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareRelayVotes.Parameters & WriteOptions<chain, account>,
): Promise<{ relayed: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRelayVotes(parameters), parameters);
  return { relayed: result, request };
}

/**
 * Encodes {@link relayVotes}.
 *
 * @example
 * const call = prepareRelayVotes({ relay, ballots: [ballot] });
 */
export function prepareRelayVotes({ relay, ballots }: prepareRelayVotes.Parameters): Call<typeof abi> {
  return defineCall(abi, relay, [ballots]);
}

export declare namespace prepareRelayVotes {
  type Parameters = {
    relay: Address;
    /** As {@link signVote} makes them. */
    ballots: readonly Ballot[];
  };
}

export declare namespace relayVotes {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRelayVotes.Parameters & WriteOptions<chain, account>;
}
