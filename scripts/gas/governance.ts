import { type Address, keccak256, maxUint256, parseAbi, parseEther, toBytes, toHex, zeroAddress } from "viem";
import { type Chain, createChain, DAY, openZeppelin } from "./chain.ts";
import type { Row } from "./row.ts";

const tokenAbi = parseAbi([
  "function transfer(address to, uint256 amount) returns (bool)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function delegate(address delegatee)",
  "function mint(address account, uint256 amount)",
]);
const factoryAbi = parseAbi([
  "function timelock() view returns (address)",
  "function deploy(address governor) returns (address)",
]);
const governorAbi = parseAbi([
  "function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) returns (uint256)",
  "function hashProposal(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) view returns (uint256)",
  "function castVote(uint256 id, uint8 support) returns (uint256)",
  "function queue(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
  "function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) returns (uint256)",
  "function proposalEta(uint256 id) view returns (uint256)",
]);
const stakingAbi = parseAbi([
  "function stake(uint256 assets, address delegatee)",
  "function requestUnstake(uint256 assets) returns (uint256)",
  "function delegateSplit((address delegatee, uint16 bps)[] parts)",
  "function claim(address receiver) returns (uint256)",
  "function notifyReward(uint256 amount) returns (uint256)",
]);
const streamsAbi = parseAbi([
  "function create((address token, address recipient, address refundTo, uint256 total, uint40 start, uint40 cliff, uint40 end) plan) returns (uint256)",
  "function claim(uint256 id, address receiver) returns (uint256)",
]);
const treasuryAbi = parseAbi([
  "function setBudget(bytes32 id, (address token, uint48 window, uint48 expiresAt, address spender, uint208 capacity) terms)",
  "function spend(bytes32 id, address to, uint256 amount)",
]);

type Dao = {
  readonly chain: Chain;
  readonly token: Address;
  readonly reward: Address;
  readonly staking: Address;
  readonly governor: Address;
  readonly box: Address;
};

const SUPPLY = parseEther("1000000000");
const VOTING_DELAY = DAY;
const VOTING_PERIOD = 5n * DAY;
const ROUTINE = 1;
const FOR = 1;
const SET = "0x60fe47b1000000000000000000000000000000000000000000000000000000000000002a"; // set(42)

/** A routine proposal of one action with a description of 256 bytes, from proposing to executing, twice. */
export async function measureVotes(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = (name: string, gas: number) => rows.push({ name, gas });
  const dao = await createDao();
  const { chain, token, governor } = dao;
  const [, proposer, ...voters] = chain.accounts as Address[];
  const [one, two, crossing, whale, newcomer] = voters as [Address, Address, Address, Address, Address];
  const parts = { [one]: 1n, [two]: 1n, [crossing]: 10n, [whale]: 30n, [proposer as Address]: 1n };
  for (const [voter, percent] of Object.entries(parts)) await endow(dao, voter as Address, percent);
  const args = [newcomer, SUPPLY / 100n] as const;
  await chain.send({ to: token, abi: tokenAbi, functionName: "transfer", args });
  add("token.delegate.first", await delegate(dao, newcomer));

  const first = proposal(dao, "a");
  add("governor.propose.first", await propose(dao, proposer as Address, first));
  chain.wait(VOTING_DELAY + 1n);
  add("governor.castVote.first", await vote(dao, one, first));
  add("governor.castVote.later", await vote(dao, two, first));
  add("governor.castVote.crossingQuorum", await vote(dao, crossing, first));
  await vote(dao, whale, first);
  chain.wait(VOTING_PERIOD);
  add("governor.propose.again", await propose(dao, proposer as Address, proposal(dao, "b")));
  const settle = async (functionName: "queue" | "execute"): Promise<number> => {
    const { targets, values, calldatas, description } = first;
    const call = { to: governor, abi: governorAbi, functionName } as const;
    const hash = keccak256(toBytes(description));
    return (await chain.send({ ...call, args: [targets, values, calldatas, hash] })).gasUsed;
  };
  add("governor.queue", await settle("queue"));
  chain.wait(3n * DAY); // the timelock's day and the class's
  add("governor.execute", await settle("execute"));
  await chain.close();
  return rows;
}

/** Others stake already and rewards flow. Tokens that are not staked are not delegated, as in the peers' measurements. */
export async function measureStaking(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = (name: string, gas: number) => rows.push({ name, gas });
  const dao = await createDao();
  const { chain, token, reward, staking } = dao;
  const [admin, alice, bob, carol] = chain.accounts as [Address, Address, Address, Address];
  for (const user of [alice, bob, carol]) {
    await chain.send({ to: token, abi: tokenAbi, functionName: "transfer", args: [user, SUPPLY / 100n] });
    await approve(chain, { token, spender: staking, user });
  }
  await chain.send({ to: reward, abi: tokenAbi, functionName: "mint", args: [admin, SUPPLY] });
  await approve(chain, { token: reward, spender: staking, user: admin });
  const stake = async (from: Address, assets: bigint, delegatee = from): Promise<number> => {
    const call = { to: staking, abi: stakingAbi, functionName: "stake", args: [assets, delegatee] } as const;
    return (await chain.send({ from, ...call })).gasUsed;
  };
  await stake(bob, parseEther("1000"));
  const notify = { to: staking, abi: stakingAbi, functionName: "notifyReward", args: [10n ** 12n] } as const;
  await chain.send(notify);
  chain.wait(8n * DAY);
  await chain.send(notify);
  chain.wait(DAY);
  add("staking.stake.first", await stake(alice, parseEther("1000")));
  chain.wait(DAY);
  add("staking.stake.more", await stake(alice, parseEther("100")));
  chain.wait(DAY);
  const claim = { to: staking, abi: stakingAbi, functionName: "claim", args: [alice] } as const;
  add("staking.claim", (await chain.send({ from: alice, ...claim })).gasUsed);
  chain.wait(DAY);
  const request = { abi: stakingAbi, functionName: "requestUnstake", args: [parseEther("100")] } as const;
  add("staking.requestUnstake", (await chain.send({ from: alice, to: staking, ...request })).gasUsed);
  await stake(carol, parseEther("1000"), zeroAddress);
  const parts = [3n, 4n, 5n, 6n].map((n) => ({ delegatee: toHex(n, { size: 20 }), bps: 2_500 }));
  const split = { to: staking, abi: stakingAbi, functionName: "delegateSplit", args: [parts] } as const;
  add("staking.delegateSplit.first", (await chain.send({ from: carol, ...split })).gasUsed);
  await chain.close();
  return rows;
}

/** Half of a year's stream has run; the recipient claimed before and holds the token. */
export async function measureStreams(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = (name: string, gas: number) => rows.push({ name, gas });
  const chain = await createChain();
  const [funder, recipient] = chain.accounts as [Address, Address];
  const token = await chain.deploy("PlainToken", ["Pay"]);
  const streams = await chain.deploy("PayrollStreams");
  await chain.send({ to: token, abi: tokenAbi, functionName: "mint", args: [funder, SUPPLY] });
  await approve(chain, { token, spender: streams, user: funder });
  const start = Number(chain.now());
  const times = { start, cliff: start, end: start + Number(365n * DAY) };
  const plan = { token, recipient, refundTo: funder, total: parseEther("1000"), ...times };
  await chain.send({ to: streams, abi: streamsAbi, functionName: "create", args: [plan] });
  const claim = {
    from: recipient,
    to: streams,
    abi: streamsAbi,
    functionName: "claim",
    args: [(BigInt(token) << 96n) + 1n, recipient],
  } as const;
  chain.wait(30n * DAY);
  await chain.send(claim);
  chain.wait(30n * DAY);
  add("streams.claim", (await chain.send(claim)).gasUsed);
  await chain.close();
  return rows;
}

/** A department spends from its budget again; the payee holds the token. */
export async function measureBudget(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = (name: string, gas: number) => rows.push({ name, gas });
  const chain = await createChain();
  const [admin, spender, payee] = chain.accounts as [Address, Address, Address];
  const token = await chain.deploy("PlainToken", ["Cash"]);
  const mill = await chain.deploy("MillToken", [admin, admin, SUPPLY, SUPPLY]);
  const authority = await chain.deploy(await openZeppelin("AccessManager"), [admin]);
  const treasury = await chain.deploy("Treasury", [authority, mill]);
  await chain.send({ to: token, abi: tokenAbi, functionName: "mint", args: [treasury, SUPPLY] });
  const id = keccak256(toBytes("operations"));
  const expiresAt = Number(chain.now() + 100n * DAY);
  const terms = { token, window: Number(30n * DAY), expiresAt, spender, capacity: parseEther("1000") };
  await chain.send({ to: treasury, abi: treasuryAbi, functionName: "setBudget", args: [id, terms] });
  const args = [id, payee, parseEther("10")] as const;
  const spend = { from: spender, to: treasury, abi: treasuryAbi, functionName: "spend", args } as const;
  await chain.send(spend);
  chain.wait(DAY);
  add("budget.spend", (await chain.send(spend)).gasUsed);
  await chain.close();
  return rows;
}

async function createDao(): Promise<Dao> {
  const chain = await createChain();
  const [admin] = chain.accounts as Address[];
  const factory = await chain.deploy("TimelockFactory");
  const timelock = await chain.read({ to: factory, abi: factoryAbi, functionName: "timelock", args: [] });
  const box = await chain.deploy("Box");
  const reward = await chain.deploy("RewardToken");
  const token = await chain.deploy("MillToken", [timelock, admin, SUPPLY, SUPPLY / 20n]);
  const staking = await chain.deploy("VoteStaking", [token, reward]);
  const policy = await chain.deploy("ProposalPolicy", [
    [{ target: box, selector: SET.slice(0, 10), class: ROUTINE }],
    [],
  ]);
  const governor = await chain.deploy("MillGovernor", [
    {
      ...{ token, staking, timelock, policy, guardian: zeroAddress, daoURI: "", claimsModules: [] },
      ...{ quorumFloor: SUPPLY / 100n, proposalThreshold: SUPPLY / 1_000n },
      ...{ votingDelay: VOTING_DELAY, votingPeriod: VOTING_PERIOD, lateQuorumExtension: 2n * DAY },
    },
  ]);
  await chain.send({ to: factory, abi: factoryAbi, functionName: "deploy", args: [governor] });
  return { chain, token, reward, staking, governor, box };
}

type Proposal = {
  readonly targets: readonly Address[];
  readonly values: readonly bigint[];
  readonly calldatas: readonly `0x${string}`[];
  readonly description: string;
};

function proposal({ box }: Dao, letter: string): Proposal {
  return { targets: [box], values: [0n], calldatas: [SET], description: letter.repeat(256) };
}

async function propose({ chain, governor }: Dao, from: Address, of: Proposal): Promise<number> {
  const args = [of.targets, of.values, of.calldatas, of.description] as const;
  return (await chain.send({ from, to: governor, abi: governorAbi, functionName: "propose", args })).gasUsed;
}

async function vote({ chain, governor }: Dao, from: Address, of: Proposal): Promise<number> {
  const hashed = [of.targets, of.values, of.calldatas, keccak256(toBytes(of.description))] as const;
  const id = await chain.read({ to: governor, abi: governorAbi, functionName: "hashProposal", args: hashed });
  return (await chain.send({ from, to: governor, abi: governorAbi, functionName: "castVote", args: [id, FOR] }))
    .gasUsed;
}

async function delegate({ chain, token }: Dao, from: Address): Promise<number> {
  return (await chain.send({ from, to: token, abi: tokenAbi, functionName: "delegate", args: [from] })).gasUsed;
}

/** Gives a part of the supply, delegated to itself. */
async function endow(dao: Dao, to: Address, percent: bigint): Promise<void> {
  const args = [to, (SUPPLY * percent) / 100n] as const;
  await dao.chain.send({ to: dao.token, abi: tokenAbi, functionName: "transfer", args });
  await delegate(dao, to);
}

async function approve(chain: Chain, on: { token: Address; spender: Address; user: Address }): Promise<void> {
  const call = { to: on.token, abi: tokenAbi, functionName: "approve", args: [on.spender, maxUint256] } as const;
  await chain.send({ from: on.user, ...call });
}
