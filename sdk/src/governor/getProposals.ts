import type { Address, Hash } from "viem";
import { getLogs } from "viem/actions";
import { ProposalCreated, ProposalIndexed } from "../abis/MillGovernor.ts";
import type { ReadClient } from "../core/read.ts";
import type { Proposal } from "./defineProposal.ts";
import { PROPOSAL_CLASSES } from "./getProposal.ts";

/** A proposal as it was made. */
export type ProposalRecord = Proposal & {
  readonly proposalId: bigint;
  readonly proposer: Address;
  readonly class: (typeof PROPOSAL_CLASSES)[number];
  /** Second at which votes are counted and voting opens. */
  readonly voteStart: bigint;
  /** Second at which voting ends, unless quorum comes late. */
  readonly voteEnd: bigint;
  readonly blockNumber: bigint;
  readonly transactionHash: Hash;
};

/**
 * Lists the proposals made in a range of blocks, oldest first: all of them, or a proposer's, or those of a class. The node
 * finds them by an index. A claims module's proposals are among them.
 *
 * @example
 * const proposals = await getProposals(client, { governor, class: "critical", fromBlock: 20_000_000n });
 */
export async function getProposals(
  client: ReadClient,
  { governor, proposer, class: strictness, fromBlock, toBlock }: getProposals.Parameters,
): Promise<readonly ProposalRecord[]> {
  const args = {
    ...(proposer && { proposer }),
    ...(strictness && { class: PROPOSAL_CLASSES.indexOf(strictness) }),
  };
  const range = { address: governor, strict: true, fromBlock, toBlock } as const;
  const [indexed, created] = await Promise.all([
    getLogs(client, { ...range, event: ProposalIndexed, args }),
    getLogs(client, { ...range, event: ProposalCreated }),
  ]);
  const texts = new Map(created.map((log) => [log.args.proposalId, log.args]));
  return indexed.flatMap(({ args: { id, proposer: by, class: rank }, blockNumber, transactionHash }) => {
    const text = texts.get(id);
    if (!text) return [];
    const { targets, values, calldatas, description, voteStart, voteEnd } = text;
    const proposal = { targets, values, calldatas, description, proposalId: id, proposer: by };
    const record = { ...proposal, voteStart, voteEnd, blockNumber, transactionHash };
    return [{ ...record, class: PROPOSAL_CLASSES[rank] as ProposalRecord["class"] }];
  });
}

export declare namespace getProposals {
  type Parameters = {
    governor: Address;
    proposer?: Address;
    class?: ProposalRecord["class"];
    /** Nodes bound how many blocks one request may span. */
    fromBlock: bigint;
    toBlock?: bigint;
  };
}
