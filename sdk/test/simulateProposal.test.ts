import {
  type Address,
  encodeFunctionData,
  isAddressEqual,
  parseAbi,
  parseEther,
  parseEventLogs,
  zeroAddress,
} from "viem";
import { readContract } from "viem/actions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CompoundingVault, MillGovernor, MillToken } from "../src/abis/index.ts";
import { prepareSetFee } from "../src/curator/index.ts";
import {
  defineProposal,
  delegate,
  execute,
  getProposal,
  getProposalId,
  getProposals,
  getVault,
  prepareApprove,
  preparePropose,
  prepareSetProposalThreshold,
  prepareSetVotingDelay,
  propose,
  queue,
  simulateProposal,
  vote,
} from "../src/index.ts";
import { grantRole } from "../src/roles/index.ts";
import { startChain, type TestChain, type Wallet } from "./chain.ts";
import { deployDao } from "./dao.ts";
import { fullNodeOf } from "./fullNode.ts";
import { deployVault } from "./vaults.ts";

const DAY = 86_400n;
const tokenAbi = parseAbi([
  "function transfer(address to, uint256 amount) returns (bool)",
  "function mint(address, uint256)",
]);

describe("simulateProposal", () => {
  let chain: TestChain;
  let dao: Awaited<ReturnType<typeof deployDao>>;
  let world: Awaited<ReturnType<typeof deployVault>>;
  let holder: Wallet;
  let proposer: Address;
  beforeAll(async () => {
    chain = await startChain();
    holder = chain.wallet(0);
    proposer = holder.account.address;
    dao = await deployDao(chain, { holder: proposer });
    world = await deployVault(chain);
    await grantRole(holder, { manager: world.manager, roleId: 0n, member: dao.timelock, executionDelay: 0 });
    await world.token.write.mint([dao.timelock, 1_000n]);
    await delegate(holder, { token: dao.token, delegatee: proposer });
    await chain.travel(1n);
  });
  afterAll(() => chain.stop());

  test("default: runs what was never proposed, with the DAO's power and nothing else's", async () => {
    const { governor, timelock } = dao;
    const { vault, asset } = world;
    const receiver = chain.wallet(7).account.address;
    const calls = [
      prepareSetFee({ vault, feeBps: 2_000n }),
      { to: asset, data: encodeFunctionData({ abi: tokenAbi, functionName: "transfer", args: [receiver, 400n] }) },
      prepareSetProposalThreshold({ governor, votes: parseEther("7") }),
    ];
    const proposal = defineProposal({ calls, description: "Three things", proposer });
    const { config } = await getVault(chain.client, { vault });
    const watches = [
      { token: asset, account: timelock },
      { token: asset, account: receiver },
      { token: zeroAddress, account: timelock },
    ];
    const abis = [[CompoundingVault.setFee[0]], MillGovernor.abi];
    const simulation = await simulateProposal(chain.client, { governor, proposal, vaults: [vault], watches, abis });
    expect(simulation).toMatchObject({
      succeeded: true,
      revert: undefined,
      calls: [
        { target: vault, functionName: "setFee", args: [2_000n] },
        { target: asset, functionName: undefined, args: [] },
        { target: governor, functionName: "setProposalThreshold", args: [parseEther("7")] },
      ],
      prices: [{ vault, before: 10n ** 18n, after: 10n ** 18n }],
      balances: [
        { account: timelock, before: 1_000n, after: 600n },
        { account: receiver, before: 0n, after: 400n },
        { before: 0n, after: 0n },
      ],
      logs: undefined, // this node has no eth_simulateV1
    });
    // Nothing happened.
    expect((await getVault(chain.client, { vault })).config).toEqual(config);
  });

  test("behavior: logs and every slot, where the node has eth_simulateV1 and traces", async () => {
    const { governor } = dao;
    const { vault } = world;
    const calls = [prepareSetFee({ vault, feeBps: 1_234n })];
    const proposal = defineProposal({ calls, description: "One fee", proposer });
    const { succeeded, logs = [], storage = [] } = await simulateProposal(fullNodeOf(chain), { governor, proposal });
    expect(succeeded).toBe(true);
    const [set] = parseEventLogs({ abi: [CompoundingVault.FeeSet], logs: [...logs] });
    expect(set).toMatchObject({ address: vault.toLowerCase(), args: { feeBpsBefore: 1_000n, feeBpsAfter: 1_234n } });
    // The fee lies beside its recipient, 20 bytes from the right; accruing wrote what it writes.
    const fee = storage.find(({ address, slot }) => isAddressEqual(address, vault) && BigInt(slot) === 18n);
    const bpsIn = (word = "0x0") => Number((BigInt(word) >> 160n) & 0xffffn);
    expect([bpsIn(fee?.before), bpsIn(fee?.after)]).toEqual([1_000, 1_234]);
    expect(storage.some(({ address }) => isAddressEqual(address, governor))).toBe(false); // only what was imagined
  });

  test("error: what a proposal would revert with, by name", async () => {
    const { governor } = dao;
    const { vault } = world;
    const calls = [prepareSetFee({ vault, feeBps: 1n }), prepareSetVotingDelay({ governor, votingDelay: 1 })];
    const proposal = defineProposal({ calls, description: "Too fast", proposer });
    const simulation = await simulateProposal(chain.client, { governor, proposal });
    expect(simulation).toMatchObject({
      succeeded: false,
      revert: { name: "MillGovernor__OutOfBounds", args: [1n, DAY, 2n * DAY] },
    });
  });

  test("behavior: what is simulated is what happens", async () => {
    const { governor, token, timelock } = dao;
    const spender = chain.wallet(6).account.address;
    const calls = [
      prepareApprove({ token, spender, amount: 11n }),
      prepareSetFee({ vault: world.vault, feeBps: 333n }),
    ];
    const description = "Twice the same";
    const proposal = defineProposal({ calls, description, proposer });
    const { succeeded } = await simulateProposal(chain.client, { governor, proposal });
    expect(succeeded).toBe(true);
    await propose(holder, { governor, calls, description });
    await chain.travel(DAY + 1n);
    await vote(holder, { governor, proposalId: getProposalId(proposal), support: "for" });
    // Simulated in the middle of the vote too.
    expect(await simulateProposal(chain.client, { governor, proposal })).toMatchObject({ succeeded: true });
    await chain.travel(5n * DAY);
    await queue(holder, { governor, proposal });
    await chain.travel(7n * DAY);
    await execute(holder, { governor, proposal });
    const allowance = {
      abi: MillToken.abi,
      address: token,
      functionName: "allowance",
      args: [timelock, spender],
    } as const;
    expect(await readContract(chain.client, allowance)).toBe(11n);
    expect((await getVault(chain.client, { vault: world.vault })).config.feeBps).toBe(333);
  });

  test("getProposals finds them by proposer and class", async () => {
    const { governor } = dao;
    const range = { governor, fromBlock: 0n };
    const all = await getProposals(chain.client, range);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ proposer, class: "critical", description: `Twice the same#proposer=${proposer}` });
    expect(await getProposals(chain.client, { ...range, class: "routine" })).toEqual([]);
    expect(await getProposals(chain.client, { ...range, class: "critical", proposer })).toEqual(all);
    expect(await getProposals(chain.client, { ...range, proposer: governor })).toEqual([]);
    const proposalId = all[0]?.proposalId ?? 0n;
    expect(await getProposal(chain.client, { governor, proposalId })).toMatchObject({ state: "executed" });
    // A record is a proposal: what was made can be encoded again.
    const [record] = all;
    if (record) expect(getProposalId(record)).toBe(proposalId);
    expect(preparePropose({ governor, calls: [], description: "", proposer }).args[3]).toBe(`#proposer=${proposer}`);
  });
});
