import { inspect } from "node:util";
import { type Address, type Hex, pad, parseAbi, parseUnits, zeroAddress } from "viem";
import { writeContract } from "viem/actions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maxAllocate, realAssets, riskIds } from "../src/abis/Adapter.ts";
import { asset, balanceOf, entries, riskGroup, totalAssets } from "../src/abis/CompoundingVault.ts";
import { allocate, deallocate } from "../src/allocator/index.ts";
import { answer, element, readLens } from "../src/core/lens.ts";
import { read } from "../src/core/read.ts";
import { addAdapter, listReward, raiseCap, raiseGroupCap } from "../src/curator/index.ts";
import { createVault, getVaultCreatedEvent, getVaults } from "../src/factory/index.ts";
import {
  approve,
  defineProposal,
  delegate,
  deposit,
  getPosition,
  getProposal,
  getProposalId,
  getRevert,
  getStake,
  getVault,
  prepareSetProposalGuardian,
  propose,
} from "../src/index.ts";
import { getPortfolio } from "../src/portfolio/index.ts";
import { getAuctions, startAuction } from "../src/rewards/index.ts";
import { artifact, startChain, type TestChain } from "./chain.ts";
import { deployDao } from "./dao.ts";
import { deployVault } from "./vaults.ts";

const usdc = (amount: string) => parseUnits(amount, 6);
const STRANGER = "0x00000000000000000000000000000000000000AA";
/** Loops until its gas is gone: JUMPDEST PUSH0 JUMP. */
const BURNER = "0x5b5f56";
/** Answers half a megabyte, for which 1,000,000 gas suffices: PUSH3 0x07ffff PUSH0 RETURN. */
const BABBLER = "0x6207ffff5ff3";
/** Answers ten bytes, less than a word: PUSH1 10 PUSH0 RETURN. */
const MUMBLER = "0x600a5ff3";

describe("lens", () => {
  let chain: TestChain;
  let world: Awaited<ReturnType<typeof deployVault>>;
  const adapters: Address[] = [];
  beforeAll(async () => {
    chain = await startChain();
    world = await deployVault(chain);
    const { vault, asset: token, adapter } = world;
    const admin = chain.wallet(0);
    adapters.push(adapter);
    for (let i = 0; i < 2; i++) {
      adapters.push(await chain.deploy("ERC4626Adapter", [vault, await chain.deploy("Source4626", [token])]));
    }
    for (const [index, listed] of adapters.entries()) {
      await addAdapter(admin, { vault, adapter: listed });
      await raiseCap(admin, { vault, adapter: listed, cap: usdc(`${100 * (index + 1)}`) });
      for (const id of await read(chain.client, riskIds, listed, [], {})) {
        if (BigInt(id) === 0n) continue;
        const absoluteCap = usdc(`${1_000 * (index + 1)}`);
        await raiseGroupCap(admin, { vault, id, absoluteCap, relativeCapBps: 10_000n });
      }
    }
    await approve(admin, { token, spender: vault, amount: usdc("350") });
    await deposit(admin, { vault, assets: usdc("350"), receiver: world.admin, minShares: 0n });
    for (const { adapter: listed, realAssets: held } of (await getVault(chain.client, { vault })).allocations) {
      const wanted = usdc(`${50 + 20 * adapters.indexOf(listed)}`);
      if (held > wanted) await deallocate(admin, { vault, adapter: listed, assets: held - wanted });
      if (held < wanted) await allocate(admin, { vault, adapter: listed, assets: wanted - held });
    }
  });
  afterAll(() => chain.stop());

  test("the vaults of a factory, oldest first; a broken market hides neither its vault nor another", async () => {
    const { admin, asset: token, factory: vaultFactory, manager: authority, vault } = world;
    const { client } = chain;
    const wallet = chain.wallet(0);
    await approve(wallet, { token, spender: vaultFactory, amount: usdc("1") });
    const named = { asset: token, name: "Second", symbol: "mTWO", authority };
    const terms = { ...named, feeRecipient: admin, feeBps: 0n, maxRate: 30n };
    const { bytecode: creationCode } = artifact("CompoundingVault");
    const made = createVault(wallet, { vaultFactory, terms, salt: pad("0x02"), creationCode });
    const { vault: second } = getVaultCreatedEvent(await chain.receipt(made), { vaultFactory });

    const listed = await getVaults(client, { vaultFactory });
    expect(listed.map(({ vault: at, name, symbol, decimals }) => [at, name, symbol, decimals])).toEqual([
      [vault, "Millrace test", "mTEST", 18],
      [second, "Second", "mTWO", 18],
    ]);
    for (const { vault: at, ...found } of listed) {
      const { totalAssets: held, totalSupply, pps, asset: takes } = await getVault(client, { vault: at });
      expect(found).toMatchObject({ totalAssets: held, totalSupply, pps, asset: takes });
    }
    const broken = [{ address: adapters[0] as Address, code: MUMBLER }] as const;
    const [first, other] = await getVaults(client, { vaultFactory, stateOverride: [...broken] });
    expect(first).toEqual({ ...listed[0], totalAssets: undefined, pps: undefined });
    expect(other).toEqual(listed[1]);
    const empty = await chain.deploy("VaultFactory", [pad("0x01")]);
    expect(await getVaults(client, { vaultFactory: empty })).toEqual([]);
  });

  test("a vault of three adapters: what separate reads say, adapter by adapter", async () => {
    const { vault } = world;
    const { client } = chain;
    const { allocations } = await getVault(client, { vault });
    const listed = await read(client, entries, vault, [], {});
    expect(allocations.map(({ adapter, cap }) => [adapter, cap])).toEqual(
      listed.map(({ adapter, cap }) => [adapter, cap]),
    );
    expect(new Set(allocations.map(({ realAssets: held }) => held)).size).toBeGreaterThan(1); // or an order proves nothing
    for (const allocation of allocations) {
      const { adapter, firstRisk, secondRisk } = allocation;
      expect(allocation.realAssets).toBe(await read(client, realAssets, adapter, [], {}));
      expect(allocation.maxAllocate).toBe(await read(client, maxAllocate, adapter, [], {}));
      expect([firstRisk.id, secondRisk.id]).toEqual(await read(client, riskIds, adapter, [], {}));
      for (const { id, absoluteCap, relativeCapBps } of [firstRisk, secondRisk]) {
        const known = BigInt(id) > 0n ? await read(client, riskGroup, vault, [id], {}) : undefined;
        expect([absoluteCap, relativeCapBps]).toEqual([known?.absoluteCap ?? 0n, BigInt(known?.relativeCapBps ?? 0)]);
      }
    }
    expect(allocations.some(({ firstRisk }) => firstRisk.absoluteCap > 0n)).toBe(true);
  });

  test("a portfolio: each position is that of its vault", async () => {
    const { client } = chain;
    const { vault, admin: owner } = world;
    const other = (await deployVault(chain, { decimals: 18 })).vault;
    const positions = await getPortfolio(client, { vaults: [other, vault, other], owner });
    const [single, separate] = [
      await getPosition(client, { vault, owner }),
      await getPosition(client, { vault: other, owner }),
    ];
    expect(positions).toEqual([separate, single, separate]);
    expect(single.assets).toBe(usdc("350"));
    expect(separate.assetDecimals).toBe(18);
    expect(await getPortfolio(client, { vaults: [], owner })).toEqual([]);
    // As many as fit into what a node returns, 24,576 bytes: 306 for each.
    const many = await getPortfolio(client, { vaults: Array(80).fill(other), owner });
    expect(many).toEqual(Array(80).fill(separate));
  });

  test.each([
    ["burns all the gas it gets", BURNER],
    ["answers half a megabyte", BABBLER],
    ["answers less than a word", MUMBLER],
    ["has lost its code", "0x"],
  ] as const)("an adapter that %s: the others are read all the same", async (_, code) => {
    const { vault } = world;
    const [broken, ...sound] = adapters as [Address, Address, Address];
    const healthy = await getVault(chain.client, { vault });
    const stateOverride = [{ address: broken, code: code as Hex }];
    const state = await getVault(chain.client, { vault, stateOverride });
    const byAdapter = new Map(state.allocations.map((allocation) => [allocation.adapter, allocation]));
    for (const adapter of sound) {
      expect(byAdapter.get(adapter)).toEqual(healthy.allocations.find((allocation) => allocation.adapter === adapter));
    }
    const left = byAdapter.get(broken);
    // The vault reads the first word of half a megabyte, 0; the lens takes so much for no answer.
    const isFailing = code !== BABBLER;
    expect(left).toMatchObject({ isFailing: true, realAssets: 0n, maxDeallocate: 0n, cap: usdc("100") });
    expect(state.isFailing).toBe(isFailing);
    expect(left?.firstRisk.absoluteCap).toBe(0n); // no id was answered to ask for
    const lost = healthy.allocations.find(({ adapter }) => adapter === broken)?.realAssets ?? 0n;
    expect(lost).toBeGreaterThan(0n);
    expect(state.totalAssets).toBe(healthy.totalAssets - lost);
    const { assets, shares } = await getPosition(chain.client, { vault, owner: world.admin, stateOverride });
    expect(shares).toBe(350n * 10n ** 18n);
    if (isFailing) expect(assets).toBe(0n);
  });

  test("numbers below a number, elements of words, and words of the same round", async () => {
    const { vault, asset: token } = world;
    const { answers, rounds } = await readLens(
      chain.client,
      [
        [asset, vault, []],
        [entries, vault, []],
        [balanceOf, answer(0), [vault]],
        [totalAssets, STRANGER, [], true],
        [balanceOf, vault, [answer(3)]], // of nobody: what failed is 0
      ],
      {},
      {
        list: 1,
        stride: 3,
        steps: [
          [riskIds, element(), []],
          [riskGroup, vault, [pad(answer(5))]],
          [balanceOf, token, [element()]],
          [balanceOf, STRANGER, [element(1)]],
        ],
      },
    );
    expect(answers.slice(2)).toEqual([await read(chain.client, balanceOf, token, [vault], {}), undefined, 0n]);
    expect(rounds.length).toBe(3);
    for (const [index, [ids, bounds, held, nothing]] of rounds.entries()) {
      const at = answers[1][index]?.adapter as Address;
      expect(ids).toEqual(await read(chain.client, riskIds, at, [], {}));
      expect(bounds).toEqual(await read(chain.client, riskGroup, vault, [ids?.[0] as Hex], {}));
      expect(held).toBe(await read(chain.client, balanceOf, token, [at], {}));
      expect(nothing).toBeUndefined();
    }
    const counted = await readLens(
      chain.client,
      [[balanceOf, vault, [STRANGER]]],
      {},
      {
        ...{ list: 0, stride: 0, steps: [[balanceOf, vault, [element()]]] },
      },
    );
    expect(counted.rounds).toEqual([]); // none below 0
    const first = [[totalAssets, STRANGER, []]] as const;
    const repeat = { list: 0, stride: 0, steps: [[balanceOf, vault, [element()]]] } as const;
    // Answers a number: PUSH2 number PUSH0 MSTORE PUSH1 32 PUSH0 RETURN.
    const counter = (number: string) => [{ address: STRANGER, code: `0x61${number}5f5260205ff3` as const } as const];
    const thousand = await readLens(chain.client, first, { stateOverride: counter("03e8") }, repeat);
    expect(thousand.rounds).toEqual(Array(1_000).fill([0n])); // zeros take two bytes each
  });

  test("a proposal that replaces the guardian is a hatch, and asks for the most", async () => {
    const holder = chain.wallet(0);
    const { governor, token } = await deployDao(chain, { holder: world.admin });
    await delegate(holder, { token, delegatee: world.admin });
    await chain.travel(1n);
    const calls = [prepareSetProposalGuardian({ governor, guardian: STRANGER })];
    const parameters = { governor, calls, description: "Nobody guards", proposer: world.admin };
    await propose(holder, parameters);
    const proposalId = getProposalId(defineProposal(parameters));
    const proposal = await getProposal(chain.client, { governor, proposalId });
    expect(proposal).toMatchObject({
      isHatch: true,
      isClaim: false,
      class: "critical",
      quorum: 0n,
      proposer: world.admin,
    });
    expect(proposal).toMatchObject({ approvalBps: 6_000n, extraDelay: 6n * 86_400n });
    await chain.travel(2n * 86_400n);
    const open = await getProposal(chain.client, { governor, proposalId });
    expect(open.quorum).toBe(150_000n * 10n ** 18n); // 15 % of a million
  });

  test.each([BURNER, BABBLER, MUMBLER] as const)("auctions: a token of code %s hides no other", async (code) => {
    const { vault } = world;
    const admin = chain.wallet(0);
    const auction = await chain.deploy("RewardAuction", [vault]);
    const [broken, sound] = [await chain.deploy("TestToken", [18]), await chain.deploy("TestToken", [6])];
    await listReward(admin, { auction, token: broken, anchor: 10n ** 24n, minLot: 1n });
    await listReward(admin, { auction, token: sound, anchor: 3n * 10n ** 24n, minLot: 5n });
    const abi = parseAbi(["function mint(address account, uint256 amount)"]);
    for (const address of [broken, sound]) {
      await writeContract(admin, { abi, address, functionName: "mint", args: [auction, 7n] });
    }
    const all = await getAuctions(chain.client, { auction });
    expect(all.map(({ token, balance, price }) => [token, balance, price])).toEqual([
      [broken, 7n, 0n],
      [sound, 7n, 0n],
    ]);
    expect(all.map(({ listing }) => listing.minLot)).toEqual([1n, 5n]);
    const found = await getAuctions(chain.client, { auction, stateOverride: [{ address: broken, code }] });
    expect(found).toEqual([{ ...all[0], balance: 0n }, all[1]]);
    await startAuction(admin, { auction, token: sound });
    const [, running] = await getAuctions(chain.client, { auction });
    expect(running?.price).toBe(12n * 10n ** 24n); // four times the anchor
    expect(running?.lot.remaining).toBe(6n); // a wei stays
  });

  test("one block: the block's time, and pinned reads", async () => {
    const { vault } = world;
    const before = BigInt((await chain.request("eth_blockNumber")) as string);
    const { timestamp } = await getVault(chain.client, { vault });
    await chain.travel(100n);
    expect((await getVault(chain.client, { vault })).timestamp).toBeGreaterThan(timestamp);
    const blocks = [(await getVault(chain.client, { vault, blockNumber: before })).timestamp];
    expect(blocks[0]).toBeLessThanOrEqual(timestamp);
  });

  test("error: where no contract is, and what a contract says itself, by name", async () => {
    const nobody = await getVault(chain.client, { vault: STRANGER }).catch((e) => e);
    expect(getRevert(nobody)).toEqual({ name: "ReadLens__NoAnswer", args: [STRANGER] });
    expect(nobody.message).toContain("ReadLens__NoAnswer(address target)");
    const { governor } = await deployDao(chain, { holder: world.admin });
    const unknown = await getProposal(chain.client, { governor, proposalId: 7n }).catch((e) => e);
    expect(getRevert(unknown)).toEqual({ name: "GovernorNonexistentProposal", args: [7n] });
    expect(unknown.message).toContain("GovernorNonexistentProposal(uint256 proposalId)");
    const wrong = await getStake(chain.client, { staking: world.vault, owner: zeroAddress }).catch((e) => e);
    expect(getRevert(wrong)?.name).toBe("ReadLens__NoAnswer"); // a vault stakes nothing
    // Printed whole, it is no list of all errors that there are.
    for (const error of [nobody, unknown])
      expect(inspect(error, { depth: 9, maxArrayLength: null })).not.toContain("BudgetExceeded");
  });
});
