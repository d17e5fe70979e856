import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { network } from "hardhat";
import {
  type Abi,
  type Address,
  decodeErrorResult,
  decodeEventLog,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseAbi,
  parseAbiParameters,
  stringToHex,
  toHex,
} from "viem";
import {
  cancel,
  classes,
  deadlineOf,
  type Effect,
  execute,
  type Governor,
  type Proposal,
  propose,
  queue,
  quorumOf,
  type State,
  stateOf,
  states,
  vote,
  weightAt,
} from "./helpers/governanceGovernor.ts";
import {
  claim,
  claimableOf,
  createStaking,
  delegate,
  lengthenLock,
  notify,
  type Outcome,
  requestUnstake,
  split,
  stake,
  totalWeight,
  wei,
  weightOf,
  withdraw,
} from "./helpers/governanceStaking.ts";
import { createLedger, type Part, setDelegation, setUnits, votesAt } from "./helpers/governanceVotes.ts";

/*
 The DAO beside a model of it that was written from the design, not from the contracts: random people do random things, and
 after each the model has to know whether it worked, with which error it failed, and everything that can be read since.
*/
const OPERATIONS = 10_000;
const PER_BLOCK = 20;
const DAY = 86_400;
const PEOPLE = 8;
const [HOLDERS, MODULE, GUARDIAN, TREASURY] = [5, 5, 6, 7];
const EXCLUDED = PEOPLE;
const EXCLUDED_ADDRESS = "0x000000000000000000000000000000000000dEaD";
const SUPPLY = 10n ** 24n;
const FLOOR = 10n ** 22n;
const CLAIM_TEXT = "Decide the claim against what silence would decide";
const seed = BigInt(process.env.FUZZ_SEED ?? "0x5eed") & (2n ** 64n - 1n);
const puppetsAbi = parseAbi([
  "struct Act { uint256 who; address target; bytes data; }",
  "function run(Act[] acts)",
  "function look(address[] targets, bytes[] datas) view returns (bytes[] results)",
  "function puppets(uint256 index) view returns (address)",
  "event Acted(bool ok, bytes result)",
]);
const boxAbi = parseAbi([
  "function set(uint256)",
  "function pause()",
  "function spend(uint256)",
  "function refuse()",
  "error Box__Refused()",
]);

type Act = {
  readonly who: number;
  readonly target: Address;
  readonly data: Hex;
  readonly name: string;
  readonly expected: Outcome;
  readonly then?: (result: Hex) => void;
};
type View = { readonly target: Address; readonly data: Hex; readonly check: (result: Hex) => void };
type Contract = { readonly address: Address; readonly abi: Abi };
type Look = (contract: Contract, name: string, args: readonly unknown[], check: (result: unknown) => void) => void;
type Equal = (contract: Contract, name: string, args: readonly unknown[], expected: unknown) => void;
type Actions = { readonly targets: Address[]; readonly values: bigint[]; readonly calldatas: Hex[]; text: string };

describe("the DAO beside its model", async () => {
  const connection = await network.create();
  after(() => connection.close());
  const { viem, provider } = connection;
  const [deployer] = await viem.getWalletClients();
  const me = deployer.account.address;
  const people = await viem.deployContract("Puppets", [BigInt(PEOPLE)]);
  const accounts: Address[] = [];
  for (let index = 0; index < PEOPLE; index++) {
    accounts.push((await people.read.puppets([BigInt(index)])) as Address);
  }
  const addressOf = (account: number): Address => accounts[account] ?? EXCLUDED_ADDRESS;
  const factory = await viem.deployContract("TimelockFactory");
  const timelock = await factory.read.timelock();
  const token = await viem.deployContract("MillToken", [timelock, me, SUPPLY, 0n]);
  const reward = await viem.deployContract("RewardToken");
  const staking = await viem.deployContract("VoteStaking", [token.address, reward.address]);
  const box = await viem.deployContract("Box");
  const selectors = ["pause", "set", "spend"] as const;
  const table = selectors.map((functionName, index) => ({
    target: box.address,
    selector: encode(boxAbi, functionName, functionName === "pause" ? [] : [0n]).slice(0, 10) as Hex,
    class: index,
  }));
  const mild = await viem.deployContract("ProposalPolicy", [table, [timelock]]);
  const strict = await viem.deployContract("ProposalPolicy", [[], [timelock]]);
  const governor = await viem.deployContract("MillGovernor", [
    {
      ...{ token: token.address, staking: staking.address, timelock, policy: mild.address },
      ...{ guardian: addressOf(GUARDIAN), quorumFloor: FLOOR, proposalThreshold: 10n ** 21n },
      ...{ votingDelay: DAY, votingPeriod: 5 * DAY, lateQuorumExtension: 2 * DAY, daoURI: "" },
      claimsModules: [],
    },
  ]);
  await factory.write.deploy([governor.address]);
  const errors = [...governor.abi, ...staking.abi, ...token.abi, ...boxAbi].filter(({ type }) => type === "error");

  const random = createRandom(seed);
  const client = await viem.getPublicClient();
  const latest = async (): Promise<number> => Number((await client.getBlock()).timestamp);
  const model = createModel(await latest());
  const proposals = new Map<bigint, Actions>();
  const done = new Map<string, number>();
  const seen = new Set<State>();
  let [now, notified, paid, touches, texts] = [await latest(), 0n, 0n, 0, 0];

  it("is as it was deployed", async () => {
    for (let account = 0; account < PEOPLE; account++) {
      // The treasury has a quarter, the guardian nothing, the others the rest.
      const units = account === TREASURY ? SUPPLY / 4n : account === GUARDIAN ? 0n : SUPPLY / 8n;
      await token.write.transfer([addressOf(account), units]);
      setUnits(model.token, account, units, 0);
    }
    await reward.write.mint([addressOf(0), 10n ** 30n]);
    now = await latest();
    model.guardianUntil = Number(await governor.read.guardianUntil());
    const open = Array.from({ length: PEOPLE }, (_, who) => act(who, token, "approve", [staking.address, 2n ** 255n]));
    const claims = governed(governor, "setClaimsModule", [addressOf(MODULE), true]);
    await block([...open, act(0, reward, "approve", [staking.address, 2n ** 255n])], 1);
    await block([tokenDelegate(TREASURY, EXCLUDED), ...[0, 1, 2, 3, 4].map((who) => tokenDelegate(who, who))], 1);
    const { id, acts } = proposeActions(0, claims, [{ kind: "module", allowed: true }], now + 1);
    await block(acts, 1);
    await block([voteFor(0, id), voteFor(1, id), voteFor(2, id)], DAY + 1);
    await block([queueIt(id)], 5 * DAY);
    await block([executeIt(id)], 7 * DAY);
    assert.equal(await governor.read.isClaimsModule([addressOf(MODULE)]), true);
    await compare();
  });

  it(`G3 G5 G9 does what the model does, over ${OPERATIONS} operations`, async () => {
    const began = performance.now();
    for (let made = 0; made < OPERATIONS; made += PER_BLOCK) {
      const step = nextStep();
      const later = now + step;
      await block(
        Array.from({ length: PER_BLOCK }, () => randomAct(later)),
        step,
      );
      await compare();
      if ((made + PER_BLOCK) % 2_000 === 0) {
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        console.log(`    ${made + PER_BLOCK} operations, ${proposals.size} proposals, ${seconds} s`);
      }
    }
    const summary = [...done].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `${name} ${count}`);
    console.log(`    seed 0x${seed.toString(16)}: ${summary.join(" · ")}`);
  });

  it("reached every state, every act and the errors that matter", () => {
    assert.deepEqual([...seen].sort(), [...states].sort());
    const acts = ["transfer", "stake", "lock", "requestUnstake", "withdraw", "claim", "notifyReward", "delegateSplit"];
    const governed = [
      "propose",
      "proposeClaim",
      "castVote",
      "castVoteWithReasonAndParams",
      "queue",
      "execute",
      "cancel",
    ];
    const failures = [
      ...["MillGovernor__BeforeEta", "MillGovernor__ProposalLive", "GovernorUnableToCancel", "GovernorAlreadyCastVote"],
      ...["GovernorUnexpectedProposalState", "GovernorExceedRemainingWeight", "GovernorInsufficientProposerVotes"],
      ...["VoteStaking__NotReady", "VoteStaking__NoRequest", "VoteStaking__LockNotLonger", "Box__Refused"],
    ];
    for (const name of [...acts, ...governed, ...failures]) assert.ok(done.get(name), `never reached: ${name}`);
  });

  /* THE CHAIN */

  /** Lets people act, all in one second, `step` seconds after the last block. */
  async function block(acts: readonly Act[], step: number): Promise<void> {
    now += step;
    await provider.request({ method: "evm_setNextBlockTimestamp", params: [toHex(now)] });
    const data = encode(puppetsAbi, "run", [acts.map(({ who, target, data }) => ({ who: BigInt(who), target, data }))]);
    const fees = { maxFeePerGas: toHex(100_000_000_000), maxPriorityFeePerGas: toHex(0) };
    const transaction = { from: me, to: people.address, data, gas: toHex(16_000_000), ...fees };
    const hash = await provider.request({ method: "eth_sendTransaction", params: [transaction] });
    const receipt = (await provider.request({ method: "eth_getTransactionReceipt", params: [hash] })) as {
      status: Hex;
      logs: { address: Address; topics: [Hex, ...Hex[]]; data: Hex }[];
    };
    assert.equal(receipt.status, "0x1", "the block ran out of gas");
    const outcomes = receipt.logs
      .filter(({ address }) => address.toLowerCase() === people.address.toLowerCase())
      .map((log) => decodeEventLog({ abi: puppetsAbi, ...log }).args);
    assert.equal(outcomes.length, acts.length);
    for (const [index, { name, expected, then }] of acts.entries()) {
      const { ok, result } = outcomes[index];
      const outcome = ok ? undefined : decodeErrorResult({ abi: errors as Abi, data: result }).errorName;
      assert.equal(outcome, expected, `${name} at ${now}`);
      done.set(outcome ?? name, (done.get(outcome ?? name) ?? 0) + 1);
      if (ok) then?.(result);
    }
  }

  /** Everything that can be read, against the model, in one call. */
  async function compare(): Promise<void> {
    const views: View[] = [];
    const view: Look = ({ address, abi }, functionName, args, check) => {
      const decode = (data: Hex) => check(decodeFunctionResult({ abi, functionName, data }));
      views.push({ target: address, data: encode(abi, functionName, args), check: decode });
    };
    const equal: Equal = (contract, functionName, args, expected) =>
      view(contract, functionName, args, (result) =>
        assert.deepEqual(result, expected, `${functionName}(${args.join(", ")}) at ${now}`),
      );
    equal(governor, "clock", [], now);
    equal(governor, "votingDelay", [], BigInt(model.delay));
    equal(governor, "votingPeriod", [], BigInt(model.period));
    equal(governor, "lateQuorumVoteExtension", [], model.late);
    equal(governor, "proposalThreshold", [], model.threshold);
    equal(governor, "proposalGuardian", [], addressOf(model.guardian));
    equal(governor, "guardianUntil", [], BigInt(model.guardianUntil));
    equal(staking, "totalWeight", [], totalWeight(model.staking));
    equal(token, "balanceOf", [staking.address], total(model.staking.votes.units) + waiting());
    equal(reward, "balanceOf", [staking.address], notified - paid);
    for (let account = 0; account <= PEOPLE; account++) compareAccount(account, equal, view);
    for (const proposal of recent()) compareProposal(proposal, equal);
    const args = [views.map(({ target }) => target), views.map(({ data }) => data)];
    const call = { to: people.address, data: encode(puppetsAbi, "look", args) };
    const data = (await provider.request({ method: "eth_call", params: [call, "latest"] })) as Hex;
    const results = decodeFunctionResult({ abi: puppetsAbi, functionName: "look", data });
    for (const [index, { check }] of views.entries()) check(results[index]);
  }

  function compareAccount(account: number, equal: Equal, view: Look): void {
    const address = addressOf(account);
    const { votes } = model.staking;
    equal(token, "getVotes", [address], votesAt(model.token, account, now));
    equal(staking, "getVotes", [address], votesAt(votes, account, now));
    if (account === EXCLUDED) return;
    const past = now - 1 - Number(random(30n)) * DAY;
    equal(governor, "getVotes", [address, BigInt(past)], weightAt(model, account, past));
    equal(token, "balanceOf", [address], model.token.units[account]);
    equal(staking, "stakeOf", [address], votes.units[account]);
    equal(staking, "lockOf", [address], model.staking.lock[account]);
    equal(staking, "weightOf", [address], weightOf(model.staking, account));
    equal(governor, "liveUntil", [address], BigInt(model.live.get(account)?.until ?? 0));
    view(staking, "claimable", [address], (claimable) => near(claimable as bigint, account));
  }

  function compareProposal(proposal: Proposal, equal: Equal): void {
    const state = stateOf(model, proposal, now);
    seen.add(state);
    equal(governor, "state", [proposal.id], states.indexOf(state));
    equal(governor, "proposalDeadline", [proposal.id], BigInt(deadlineOf(proposal)));
    equal(governor, "proposalEta", [proposal.id], BigInt(proposal.eta));
    equal(governor, "proposalVotes", [proposal.id], [...proposal.tally]);
    if (now > proposal.snapshot) equal(governor, "proposalQuorum", [proposal.id], quorumOf(model, proposal));
  }

  /** The exact reward within a wei for each time that anything was rounded. */
  function near(actual: bigint, account: number): void {
    const exact = wei(claimableOf(model.staking, account, now));
    const difference = actual > exact ? actual - exact : exact - actual;
    assert.ok(difference <= BigInt(touches) + 1n, `claimable of ${account}: ${actual}, exactly ${exact}, at ${now}`);
  }

  /* ACTS */

  function act(
    who: number,
    contract: Contract,
    name: string,
    args: unknown[],
    expected?: Outcome,
    then?: (result: Hex) => void,
  ): Act {
    return {
      who,
      target: contract.address,
      data: encode(contract.abi, name, args),
      name,
      expected,
      ...(then && { then }),
    };
  }

  function randomAct(at: number): Act {
    const who = pick(PEOPLE);
    const kind = pick(100);
    if (kind < 6) return transfer(who, at);
    if (kind < 11) return tokenDelegate(who, chance(4) ? pick(PEOPLE + 1) : who, at);
    if (kind < 45) return randomStaking(kind, who, at);
    return randomGovernance(kind, who, at);
  }

  function randomStaking(kind: number, who: number, at: number): Act {
    if (kind < 19) return stakeSome(who, at);
    if (kind < 21) return lockSome(who, at);
    if (kind < 26) return unstakeSome(who, at);
    if (kind < 31) return withdrawSome(who, at);
    if (kind < 36) return claimAll(who, at);
    if (kind < 39) return notifySome(at);
    if (kind < 41) {
      const to = chance(6) ? undefined : pick(PEOPLE);
      delegate(model.staking, who, to, at);
      return act(who, staking, "delegate", [to === undefined ? addressZero : addressOf(to)]);
    }
    return splitSome(who, at);
  }

  function randomGovernance(kind: number, who: number, at: number): Act {
    if (kind < 53) return proposeSome(chance(8) ? who : pick(HOLDERS), at);
    if (kind < 54) return proposeClaim(chance(4) ? who : MODULE, at);
    const candidates = recent();
    const open = candidates.filter((proposal) => stateOf(model, proposal, at) === "Active");
    const any = candidates[pick(candidates.length)];
    if (kind < 80) return voteSome(who, (open[pick(open.length || 1)] ?? any).id, at);
    const ready = (state: State) => candidates.find((proposal) => stateOf(model, proposal, at) === state) ?? any;
    if (kind < 86) return queueIt((chance(5) ? any : ready("Succeeded")).id, at);
    if (kind < 94) return executeIt((chance(5) ? any : ready("Queued")).id, at);
    const caller = [GUARDIAN, who, any.proposer][pick(3)];
    return cancelIt(any.id, caller, at);
  }

  function transfer(who: number, at: number): Act {
    const to = pick(PEOPLE);
    const amount = share(model.token.units[who], 4n);
    setUnits(model.token, who, model.token.units[who] - amount, at);
    setUnits(model.token, to, model.token.units[to] + amount, at);
    return act(who, token, "transfer", [addressOf(to), amount]);
  }

  function tokenDelegate(who: number, to: number, at = now + 1): Act {
    setDelegation(model.token, who, [{ to, bps: 10_000n }], at);
    return act(who, token, "delegate", [addressOf(to)]);
  }

  function stakeSome(who: number, at: number): Act {
    const most = model.token.units[who];
    const assets = chance(3) ? min(BigInt(pick(30)), most) : share(most, 2n);
    const to = chance(2) ? who : undefined;
    const outcome = stake(model.staking, who, assets, to, at);
    if (!outcome) setUnits(model.token, who, most - assets, at);
    touches++;
    return act(who, staking, "stake", [assets, to === undefined ? addressZero : addressOf(to)], outcome);
  }

  function lockSome(who: number, at: number): Act {
    const duration = BigInt(pick(380 * DAY));
    touches++;
    return act(who, staking, "lock", [Number(duration)], lengthenLock(model.staking, who, duration, at));
  }

  function unstakeSome(who: number, at: number): Act {
    const staked = model.staking.votes.units[who];
    const assets = chance(4) ? staked : chance(10) ? staked + 1n : share(staked, 1n);
    touches++;
    return act(who, staking, "requestUnstake", [assets], requestUnstake(model.staking, who, assets, at));
  }

  function withdrawSome(who: number, at: number): Act {
    const requests = model.staking.requests[who];
    const ready = requests.findIndex((request) => request !== undefined && request.readyAt <= at);
    const id = ready >= 0 && !chance(4) ? ready : pick(requests.length + 1);
    const result = withdraw(model.staking, who, id, at);
    if (typeof result === "bigint") setUnits(model.token, who, model.token.units[who] + result, at);
    const outcome = typeof result === "string" ? result : undefined;
    return act(who, staking, "withdraw", [BigInt(id), addressOf(who)], outcome);
  }

  function claimAll(who: number, at: number): Act {
    touches++;
    return act(who, staking, "claim", [addressOf(who)], undefined, (result) => {
      const amount = BigInt(result);
      near(amount, who);
      claim(model.staking, who, amount, at);
      paid += amount;
    });
  }

  function notifySome(at: number): Act {
    const amount = chance(3) ? BigInt(pick(5)) : random(10n ** 10n);
    const outcome = notify(model.staking, amount, at);
    if (!outcome) notified += amount;
    touches++;
    return act(0, staking, "notifyReward", [amount], outcome);
  }

  function splitSome(who: number, at: number): Act {
    const count = 2 + pick(3);
    // The contract wants ascending addresses.
    const order = [...accounts.keys()].sort((a, b) => (BigInt(addressOf(a)) < BigInt(addressOf(b)) ? -1 : 1));
    const chosen = order.slice(pick(PEOPLE - count + 1)).slice(0, count);
    let left = 10_000n;
    const parts: Part[] = chosen.map((to, index) => {
      const bps = index === count - 1 ? left : 1n + random(left - BigInt(count - 1 - index));
      left -= bps;
      return { to, bps };
    });
    split(model.staking, who, parts, at);
    const encoded = parts.map(({ to, bps }) => ({ delegatee: addressOf(to), bps: Number(bps) }));
    return act(who, staking, "delegateSplit", [encoded]);
  }

  function proposeSome(who: number, at: number): Act {
    const actions: Actions = { targets: [], values: [], calldatas: [], text: "" };
    const effects: Effect[] = [];
    for (let count = 1 + (chance(4) ? pick(3) : 0); count > 0; count--) {
      const { target, data, effect } = randomEffect();
      actions.targets.push(target);
      actions.values.push(0n);
      actions.calldatas.push(data);
      effects.push(effect);
    }
    return proposeActions(who, actions, effects, at).acts[0];
  }

  function proposeActions(who: number, actions: Actions, effects: readonly Effect[], at: number) {
    const again = chance(30) && texts > 0;
    const text = `proposal ${again ? texts : ++texts}`;
    const id = idOf({ ...actions, text });
    const hatch = effects.every(({ kind }) => kind === "guardian" || kind === "policy");
    const kinds = actions.targets.map((target, index) => classOf(target, actions.calldatas[index]));
    const made = { id, proposer: who, class: hatch ? 3 : Math.max(...kinds), hatch, claim: false, effects };
    const outcome = propose(model, made, at);
    if (!outcome) proposals.set(id, { ...actions, text });
    const acts = [act(who, governor, "propose", [actions.targets, actions.values, actions.calldatas, text], outcome)];
    return { id, acts };
  }

  function proposeClaim(who: number, at: number): Act {
    const claimId = random(12n);
    const data = encode(parseAbi(["function resolveClaim(uint256)"]), "resolveClaim", [claimId]);
    const actions: Actions = { targets: [addressOf(who)], values: [0n], calldatas: [data], text: CLAIM_TEXT };
    const id = idOf(actions);
    const made = { id, proposer: who, class: 1, hatch: false, claim: true, effects: [{ kind: "none" } as const] };
    const outcome = who === MODULE ? propose(model, made, at) : "MillGovernor__NotClaimsModule";
    if (!outcome) proposals.set(id, actions);
    return act(who, governor, "proposeClaim", [claimId], outcome);
  }

  function voteFor(who: number, id: bigint): Act {
    const at = now + DAY + 1;
    return act(who, governor, "castVote", [id, 1], vote(model, { id, voter: who, support: 1 }, at));
  }

  function voteSome(who: number, id: bigint, at: number): Act {
    const proposal = model.proposals.get(id);
    assert.ok(proposal);
    if (chance(4)) {
      const left = weightAt(model, who, proposal.snapshot) - (proposal.used.get(who) ?? 0n);
      const most = chance(6) ? left + 2n : left < 0n ? 0n : left;
      const parts: [bigint, bigint, bigint] = [share(most, 3n), share(most, 3n), share(most, 3n)];
      if (chance(6)) parts[0] += most;
      const params = `0x${parts.map((part) => part.toString(16).padStart(32, "0")).join("")}`;
      const outcome = vote(model, { id, voter: who, support: 255, parts }, at);
      return act(who, governor, "castVoteWithReasonAndParams", [id, 255, "", params], outcome);
    }
    const support = chance(40) ? 3 : chance(4) ? pick(3) : 1;
    return act(who, governor, "castVote", [id, support], vote(model, { id, voter: who, support }, at));
  }

  function queueIt(id: bigint, at = now + 5 * DAY): Act {
    return act(pick(PEOPLE), governor, "queue", argsOf(id), queue(model, id, at));
  }

  function executeIt(id: bigint, at = now + 7 * DAY): Act {
    return act(pick(PEOPLE), governor, "execute", argsOf(id), execute(model, id, at));
  }

  function cancelIt(id: bigint, caller: number, at: number): Act {
    return act(caller, governor, "cancel", argsOf(id), cancel(model, id, caller, at));
  }

  function randomEffect(): { target: Address; data: Hex; effect: Effect } {
    const onBox = (name: string, args: unknown[] = []) => ({ target: box.address, data: encode(boxAbi, name, args) });
    const onGovernor = (name: string, args: unknown[]) => ({
      target: governor.address,
      data: encode(governor.abi, name, args),
    });
    const kind = pick(16);
    if (kind < 3) return { ...onBox("pause"), effect: { kind: "none" } };
    if (kind < 6) return { ...onBox("set", [random(100n)]), effect: { kind: "none" } };
    if (kind < 8) return { ...onBox("spend", [random(100n)]), effect: { kind: "none" } };
    if (kind === 8) return { ...onBox("refuse"), effect: { kind: "fails" } };
    if (kind === 9) {
      const allowed = !chance(4);
      return { ...onGovernor("setClaimsModule", [addressOf(MODULE), allowed]), effect: { kind: "module", allowed } };
    }
    if (kind === 10) {
      const isStrict = chance(3);
      const data = onGovernor("setPolicy", [isStrict ? strict.address : mild.address]);
      return { ...data, effect: { kind: "policy", strict: isStrict } };
    }
    if (kind === 11) {
      const account = chance(2) ? GUARDIAN : pick(PEOPLE);
      return { ...onGovernor("setProposalGuardian", [addressOf(account)]), effect: { kind: "guardian", account } };
    }
    if (kind === 12) {
      const votes = random(10n ** 22n);
      return { ...onGovernor("setProposalThreshold", [votes]), effect: { kind: "threshold", votes } };
    }
    const seconds = pick(kind === 13 ? 60 * 3_600 : kind === 14 ? 8 * DAY : 60 * 3_600);
    const [name, effect] = (
      [
        ["setVotingDelay", "delay"],
        ["setVotingPeriod", "period"],
        ["setLateQuorumVoteExtension", "late"],
      ] as const
    )[kind - 13];
    return { ...onGovernor(name, [seconds]), effect: { kind: effect, seconds } };
  }

  /* HELPERS */

  function governed(contract: Contract, name: string, args: unknown[]): Actions {
    return { targets: [contract.address], values: [0n], calldatas: [encode(contract.abi, name, args)], text: "" };
  }

  function classOf(target: Address, data: Hex): number {
    const entry = table.find(({ selector }) => data.startsWith(selector));
    return target === box.address && entry && !model.strict ? entry.class : classes.length - 1;
  }

  function argsOf(id: bigint): unknown[] {
    const actions = proposals.get(id);
    assert.ok(actions);
    return [actions.targets, actions.values, actions.calldatas, keccak256(stringToHex(actions.text))];
  }

  /** Those that can still change, and the last few. */
  function recent(): Proposal[] {
    return [...model.proposals.values()].slice(-12);
  }

  function waiting(): bigint {
    return total(model.staking.requests.flat().map((request) => request?.assets ?? 0n));
  }

  /** Often to the edge of something in some proposal's life, one second before, at, or after it. */
  function nextStep(): number {
    if (chance(3)) return 1 + pick(6 * 3_600);
    if (chance(25)) return 21 * DAY;
    const { snapshot, eta, ...proposal } = recent()[pick(Math.min(12, model.proposals.size))];
    const end = deadlineOf({ snapshot, eta, ...proposal });
    const edges = [snapshot, end, eta, end + 14 * DAY, eta + 14 * DAY].flatMap((edge) => [edge - 1, edge, edge + 1]);
    const later = edges.filter((edge) => edge > now && edge < now + 20 * DAY);
    return later.length > 0 ? later[pick(later.length)] - now : 1 + pick(2 * DAY);
  }

  function pick(count: number): number {
    return Number(random(BigInt(Math.max(1, count))));
  }

  function chance(oneIn: number): boolean {
    return pick(oneIn) === 0;
  }

  /** Up to an n-th of an amount. */
  function share(amount: bigint, part: bigint): bigint {
    return random(amount / part + 1n);
  }
});

const addressZero = "0x0000000000000000000000000000000000000000";

function createModel(now: number): Governor {
  return {
    ...{
      token: createLedger(PEOPLE + 1),
      supply: SUPPLY,
      staking: createStaking(PEOPLE + 1, now),
      excluded: EXCLUDED,
      floor: FLOOR,
    },
    ...{ proposals: new Map(), live: new Map(), delay: DAY, period: 5 * DAY, late: 2 * DAY, threshold: 10n ** 21n },
    ...{ guardian: GUARDIAN, guardianUntil: now + 365 * DAY, module: false, strict: false },
  };
}

function encode(abi: Abi | readonly unknown[], functionName: string, args: readonly unknown[]): Hex {
  return encodeFunctionData({ abi: abi as Abi, functionName, args });
}

function idOf({ targets, values, calldatas, text }: Actions): bigint {
  const parameters = parseAbiParameters("address[], uint256[], bytes[], bytes32");
  return BigInt(keccak256(encodeAbiParameters(parameters, [targets, values, calldatas, keccak256(stringToHex(text))])));
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

/** SplitMix64, enough of it for any bound. */
function createRandom(start: bigint): (below: bigint) => bigint {
  let state = start;
  const next = () => {
    state = (state + 0x9e3779b97f4a7c15n) & (2n ** 64n - 1n);
    let word = state;
    word = ((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n) & (2n ** 64n - 1n);
    word = ((word ^ (word >> 27n)) * 0x94d049bb133111ebn) & (2n ** 64n - 1n);
    return word ^ (word >> 31n);
  };
  return (below) => ((next() << 64n) | next()) % below;
}
