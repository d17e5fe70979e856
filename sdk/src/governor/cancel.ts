import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { cancel as abi } from "../abis/MillGovernor.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import { type Proposal, proposalArgs } from "./defineProposal.ts";

/**
 * Cancels a proposal: its proposer while it is pending, anyone once the proposer's votes fell below the threshold,
 * the guardian.
 *
 * @example
 * const hash = await cancel(client, { governor, proposal });
 */
export function cancel<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: cancel.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCancel(parameters), parameters);
}

/**
 * Encodes {@link cancel}.
 *
 * @example
 * const call = prepareCancel({ governor, proposal });
 */
export function prepareCancel({ governor, proposal }: prepareCancel.Parameters): Call<typeof abi> {
  return defineCall(abi, governor, proposalArgs(proposal));
}

export declare namespace prepareCancel {
  type Parameters = {
    governor: Address;
    /** The one that was proposed, as {@link defineProposal} or {@link getProposalCreatedEvent} gives it. */
    proposal: Proposal;
  };
}

export declare namespace cancel {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCancel.Parameters & WriteOptions<chain, account>;
}
