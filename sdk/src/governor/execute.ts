import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { execute as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import { type Proposal, proposalArgs } from "./defineProposal.ts";

/**
 * Executes a queued proposal whose time has come. Anyone may.
 *
 * @example
 * const hash = await execute(client, { governor, proposal });
 */
export function execute<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: execute.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareExecute(parameters), parameters);
}

/**
 * Encodes {@link execute}.
 *
 * @example
 * const call = prepareExecute({ governor, proposal });
 */
export function prepareExecute({ governor, proposal }: prepareExecute.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, proposalArgs(proposal));
}

export declare namespace prepareExecute {
  type Parameters = {
    governor: Address;
    /** The one that was proposed, as {@link defineProposal} or {@link getProposalCreatedEvent} gives it. */
    proposal: Proposal;
  };
}

export declare namespace execute {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareExecute.Parameters & WriteOptions<chain, account>;
}
