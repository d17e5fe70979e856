import { encodeErrorResult, parseAbi, parseEther, RawContractError } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  cancel,
  defineProposal,
  delegate,
  execute,
  getProposal,
  getProposalCreatedEvent,
  getProposalExecutedEvent,
  getProposalId,
  getProposalQueuedEvent,
  getRevert,
  getVoteCastEvent,
  getVotes,
  hasVoted,
  prepareApprove,
  propose,
  queue,
  signVote,
  simulatePropose,
  vote,
  voteBySig,
  voteFractional,
} from "../src/index.ts";
import { startChain, type TestChain, type Wallet } from "./chain.ts";
import { deployDao } from "./dao.ts";

const DAY = 86_400n;

describe("a proposal's life", () => {
  let chain: TestChain;
  let dao: Awaited<ReturnType<typeof deployDao>>;
  let holder: Wallet;
  beforeAll(async () => {
    chain = await startChain();
    holder = chain.wallet(0);
    dao = await deployDao(chain, { holder: holder.account.address });
    await delegate(holder, { token: dao.token, delegatee: holder.account.address });
    await chain.travel(1n);
  });
  afterAll(() => chain.stop());

  test("propose: any prepared call, the proposer's suffix, the id computed offline", async () => {
    const { governor, token } = dao;
    const spender = chain.wallet(1).account.address;
    const calls = [prepareApprove({ token, spender, amount: 7n })];
    const parameters = { governor, calls, description: "Let a spender take 7 wei" };
    const { proposalId } = await simulatePropose(holder, parameters);
    const created = getProposalCreatedEvent(await chain.receipt(propose(holder, parameters)), { governor });
    const proposal = defineProposal({ ...parameters, proposer: holder.account.address });

    expect(created.proposalId).toBe(proposalId);
    expect(getProposalId(proposal)).toBe(proposalId);
    expect(created.description.toLowerCase()).toBe(
      `let a spender take 7 wei#proposer=${holder.account.address.toLowerCase()}`,
    );
    expect(created.calldatas).toEqual([calls[0]?.data]);
    expect(await getProposal(chain.client, { governor, proposalId })).toMatchObject({
      state: "pending",
      class: "critical",
      proposer: created.proposer,
      quorum: 0n,
      approvalBps: 6_000n,
      extraDelay: 6n * DAY,
      isHatch: false,
      isClaim: false,
    });

    await chain.travel(DAY + 1n);
    const cast = await chain.receipt(vote(holder, { governor, proposalId, support: "for", reason: "It is small." }));
    expect(getVoteCastEvent(cast, { governor })).toMatchObject({
      voter: created.proposer,
      support: 1,
      weight: parseEther("1000000"),
      reason: "It is small.",
    });
    expect(await hasVoted(chain.client, { governor, proposalId, account: created.proposer })).toBe(true);
    const snapshot = (await getProposal(chain.client, { governor, proposalId })).snapshot;
    expect(await getVotes(chain.client, { governor, account: created.proposer, timepoint: snapshot })).toBe(
      parseEther("1000000"),
    );
    // 15 % of a supply of 1,000,000 of which none is excluded.
    expect(await getProposal(chain.client, { governor, proposalId })).toMatchObject({
      state: "active",
      quorum: parseEther("150000"),
      forVotes: parseEther("1000000"),
    });

    await chain.travel(5n * DAY);
    const queued = getProposalQueuedEvent(await chain.receipt(queue(holder, { governor, proposal })), { governor });
    expect(queued.etaSeconds).toBe((await chain.now()) + 7n * DAY); // the timelock's 1 day and a critical one's 6
    await expect(execute(holder, { governor, proposal })).rejects.toSatisfy(
      (error) => getRevert(error)?.name === "MillGovernor__BeforeEta",
    );
    await chain.travel(7n * DAY);
    const executed = await chain.receipt(execute(holder, { governor, proposal: created }));
    expect(getProposalExecutedEvent(executed, { governor }).proposalId).toBe(proposalId);
    expect((await getProposal(chain.client, { governor, proposalId })).state).toBe("executed");
  });

  test("voteFractional: what is left can be used later", async () => {
    const { governor, token } = dao;
    const calls = [prepareApprove({ token, spender: governor, amount: 1n })];
    const created = getProposalCreatedEvent(
      await chain.receipt(propose(holder, { governor, calls, description: "Split" })),
      { governor },
    );
    const { proposalId } = created;
    await chain.travel(DAY + 1n);
    await voteFractional(holder, { governor, proposalId, against: 1n, for: 2n, abstain: 3n });
    await voteFractional(holder, { governor, proposalId, against: 10n, for: 20n, abstain: 30n });
    expect(await getProposal(chain.client, { governor, proposalId })).toMatchObject({
      againstVotes: 11n,
      forVotes: 22n,
      abstainVotes: 33n,
    });
    await cancel(holder, { governor, proposal: created });
    expect((await getProposal(chain.client, { governor, proposalId })).state).toBe("canceled");
  });

  test("voteBySig: a ballot that another account sends, whole or split; each counts once", async () => {
    const { governor, token } = dao;
    const relayer = chain.wallet(5);
    const calls = [prepareApprove({ token, spender: governor, amount: 2n })];
    const receipt = await chain.receipt(propose(holder, { governor, calls, description: "Signed" }));
    const { proposalId } = getProposalCreatedEvent(receipt, { governor });
    await chain.travel(DAY + 1n);
    const split = { against: 1n, for: 2n, abstain: 3n };
    const first = await signVote(holder, { governor, proposalId, support: split, reason: "" });
    await voteBySig(relayer, { governor, ballot: first });
    const replayed = await voteBySig(relayer, { governor, ballot: first }).catch((error) => error);
    expect(getRevert(replayed)).toEqual({ name: "GovernorInvalidSignature", args: [holder.account.address] });
    const forged = { ...first, voter: relayer.account.address };
    expect(getRevert(await voteBySig(relayer, { governor, ballot: forged }).catch((error) => error))?.name).toBe(
      "GovernorInvalidSignature",
    );
    const rest = await signVote(holder, { governor, proposalId, support: "abstain", reason: "" });
    await voteBySig(relayer, { governor, ballot: rest });
    expect(await getProposal(chain.client, { governor, proposalId })).toMatchObject({
      againstVotes: 1n,
      forVotes: 2n,
      abstainVotes: parseEther("1000000") - 3n,
    });
  });

  test("error: named before anything is sent", async () => {
    const { governor, token } = dao;
    const poor = chain.wallet(3);
    const nonce = async () => chain.request("eth_getTransactionCount", [poor.account.address]);
    const before = await nonce();
    const calls = [prepareApprove({ token, spender: governor, amount: 1n })];
    const refused = await propose(poor, { governor, calls, description: "" }).catch((error) => error);
    expect(getRevert(refused)).toEqual({
      name: "GovernorInsufficientProposerVotes",
      args: [poor.account.address, 0n, parseEther("1000")],
    });
    const unknown = await vote(poor, { governor, proposalId: 1n, support: "for" }).catch((error) => error);
    expect(getRevert(unknown)).toEqual({ name: "GovernorNonexistentProposal", args: [1n] });
    expect(await nonce()).toBe(before);
    expect(getRevert(new Error("no revert"))).toBeUndefined();
    const [words, code] = [
      encodeErrorResult({ abi: parseAbi(["error Error(string)"]), args: ["ERC20: transfer amount exceeds allowance"] }),
      encodeErrorResult({ abi: parseAbi(["error Panic(uint256)"]), args: [17n] }),
    ];
    expect(getRevert(new RawContractError({ data: words }))).toEqual({
      name: "Error",
      args: ["ERC20: transfer amount exceeds allowance"],
    });
    expect(getRevert(new RawContractError({ data: code }))).toEqual({ name: "Panic", args: [17n] });
  });
});
