import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { queue as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import { type Proposal, proposalArgs } from "./defineProposal.ts";

/**
 * Queues a proposal that has passed, in the DAO's timelock. Anyone may.
 *
 * @example
 * const hash = await queue(client, { governor, proposal });
 */
export function queue<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: queue.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareQueue(parameters), parameters);
}

/**
 * Encodes {@link queue}.
 *
 * @example
 * const call = prepareQueue({ governor, proposal });
 */
export function prepareQueue({ governor, proposal }: prepareQueue.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, proposalArgs(proposal));
}

export declare namespace prepareQueue {
  type Parameters = {
    governor: Address;
    /** The one that was proposed, as {@link defineProposal} or {@link getProposalCreatedEvent} gives it. */
    proposal: Proposal;
  };
}

export declare namespace queue {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareQueue.Parameters & WriteOptions<chain, account>;
}
