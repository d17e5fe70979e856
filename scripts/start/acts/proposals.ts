import {
  defineProposal,
  execute,
  getProposal,
  getProposalCreatedEvent,
  type Proposal,
  propose,
  queue,
  type Support,
  vote,
  voteFractional,
} from "@millrace/sdk/governor";
import type { TransactionReceipt } from "viem";
import type { Player, World } from "../world.ts";

export type Calls = defineProposal.Parameters["calls"];

/** What was proposed, in the form in which it is voted on, queued and executed. */
export type Proposed = { readonly proposalId: bigint; readonly proposal: Proposal };
/** MILL wei for each answer. */
export type Tally = { readonly for: bigint; readonly against: bigint; readonly abstain: bigint };
/** What each voter answers: with all votes at once, or with a part of them each. */
export type Choices = Readonly<Partial<Record<Player, Support | Tally>>>;
export type Ballot = Tally & { readonly voter: Player };
/** Where a proposal stands, as the chain says it. */
export type Standing = {
  readonly proposalId: bigint;
  /** As OpenZeppelin's governor names it. */
  readonly state: string;
  /** How strictly it is judged. */
  readonly class: string;
  readonly tally: Tally;
  /** For and abstain that it needs, in MILL wei. */
  readonly quorum: bigint;
  /** It needs more than this part of for and against. */
  readonly approvalBps: bigint;
};

/** Says in the first line what is wanted, and in calls what would be done. */
export async function proposeTo(
  { at, mined, who }: World,
  { by, title, calls }: { readonly by: Player; readonly title: string; readonly calls: Calls },
): Promise<Proposed> {
  const governor = at("MillGovernor");
  const description = `# ${title}`;
  const receipt = await mined(await propose(who[by], { governor, calls, description }));
  const { proposalId } = getProposalCreatedEvent(receipt, { governor });
  return { proposalId, proposal: defineProposal({ calls, description, proposer: who[by].account.address }) };
}

/** Opens with the votes that everyone had a day after the proposal. */
export async function untilVoting({ at, client, until }: World, { proposalId }: Proposed): Promise<void> {
  await until((await getProposal(client, { governor: at("MillGovernor"), proposalId })).snapshot);
}

/** Each ballot is what it added to the tally. */
export async function cast(world: World, proposed: Proposed, choices: Choices): Promise<readonly Ballot[]> {
  const { at, mined, who } = world;
  const { proposalId } = proposed;
  const governor = at("MillGovernor");
  const ballots: Ballot[] = [];
  let { tally: before } = await standingOf(world, proposed);
  for (const [voter, choice] of Object.entries(choices) as [Player, Support | Tally][]) {
    const hash =
      typeof choice === "string"
        ? await vote(who[voter], { governor, proposalId, support: choice })
        : await voteFractional(who[voter], { governor, proposalId, ...choice });
    await mined(hash);
    const { tally } = await standingOf(world, proposed);
    ballots.push({
      voter,
      ...{ for: tally.for - before.for, against: tally.against - before.against },
      abstain: tally.abstain - before.abstain,
    });
    before = tally;
  }
  return ballots;
}

export async function untilVoted({ at, client, until }: World, { proposalId }: Proposed): Promise<void> {
  await until((await getProposal(client, { governor: at("MillGovernor"), proposalId })).deadline);
}

/** Anyone may, and the waiting begins. */
export async function enqueue({ at, mined, who }: World, { proposal }: Proposed): Promise<void> {
  await mined(await queue(who.keeper, { governor: at("MillGovernor"), proposal }));
}

export async function untilExecutable({ at, client, until }: World, { proposalId }: Proposed): Promise<void> {
  await until((await getProposal(client, { governor: at("MillGovernor"), proposalId })).eta);
}

/** Anyone may. */
export async function carryOut({ at, mined, who }: World, { proposal }: Proposed): Promise<TransactionReceipt> {
  return await mined(await execute(who.keeper, { governor: at("MillGovernor"), proposal }));
}

export async function standingOf({ at, client }: World, { proposalId }: Proposed): Promise<Standing> {
  const found = await getProposal(client, { governor: at("MillGovernor"), proposalId });
  const { forVotes, againstVotes, abstainVotes, quorum, approvalBps } = found;
  return {
    proposalId,
    state: found.state.charAt(0).toUpperCase() + found.state.slice(1),
    class: found.class,
    tally: { for: forVotes, against: againstVotes, abstain: abstainVotes },
    ...{ quorum, approvalBps },
  };
}
