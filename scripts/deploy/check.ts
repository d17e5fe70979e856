import type { Artifact } from "hardhat/types/artifacts";
import {
  type Abi,
  type Address,
  type Hex,
  isAddress,
  isAddressEqual,
  parseUnits,
  size,
  toFunctionSelector,
  zeroAddress,
} from "viem";
import { define } from "./adapters.ts";
import { checkInsurance } from "./checkInsurance.ts";
import { addressOf, type Claim, type Contract, claim, claimAll, type Deployment } from "./claim.ts";
import { groupsOf, listing, seedAssets } from "./modules/Vaults.ts";
import { Problem } from "./Problem.ts";
import type { VaultParameters } from "./parameters.ts";
import { classes, guarded, type Holder, proposalClasses, type RoleName, roles, waitOf } from "./roles.ts";

const GUARDIAN_TERM = 365n * 86_400n;

/** Reads from the chain that the deployment is what it should be and nobody holds more than the table says. */
export async function check(deployment: Deployment): Promise<readonly Claim[]> {
  const claims = (
    await Promise.all([
      checkCode(deployment),
      checkRoles(deployment),
      checkTimelock(deployment),
      checkGovernance(deployment),
      checkPolicy(deployment),
      checkRevenue(deployment),
      checkRouter(deployment),
      ...deployment.parameters.vaults.map((vault) => checkVault(deployment, vault)),
      ...deployment.parameters.insurance.map((pool) => checkInsurance(deployment, pool)),
    ])
  ).flat();
  const wrong = claims.filter(({ expected, found }) => expected !== found);
  if (wrong.length === 0) return claims;
  const lines = wrong.map(({ what, expected, found }) => `${what} is ${found}, and should be ${expected}.`);
  throw new Problem(`The deployment is not what it should be:\n${lines.join("\n")}`);
}

/** Every contract runs the code of this build, apart from what its constructor wrote into it. */
async function checkCode({ hre, connection, contracts }: Deployment): Promise<readonly Claim[]> {
  const client = await connection.viem.getPublicClient();
  return await Promise.all(
    contracts.map(async ({ name, contractName, address }) => {
      const artifact = await hre.artifacts.readArtifact(contractName);
      const found = (await client.getCode({ address })) ?? "0x";
      const same = maskedCode(artifact, found) === maskedCode(artifact, artifact.deployedBytecode as Hex);
      return claim(`the code of ${name}`, "this build's", same ? "this build's" : `other code of ${size(found)} bytes`);
    }),
  );
}

/** Code with nothing where its constructor writes immutables. */
export function maskedCode({ immutableReferences = {} }: Pick<Artifact, "immutableReferences">, code: string): string {
  const digits = [...code.slice(2).toLowerCase()];
  for (const { start, length } of Object.values(immutableReferences).flat())
    digits.fill("0", 2 * start, 2 * (start + length));
  return digits.join("");
}

/** The AccessManager, by every event it ever emitted: roles, delays, guardians, function map, and nothing else. */
async function checkRoles(deployment: Deployment): Promise<readonly Claim[]> {
  const { connection, contracts, startBlock } = deployment;
  const manager = await connection.viem.getContractAt("AccessManager", addressOf(contracts, "AccessManager"));
  const { getEvents: events, read } = manager;
  const range = { fromBlock: startBlock };
  const granted = await events.RoleGranted({}, range);
  const accounts = new Map(granted.map(({ args }) => [`${args.roleId} ${args.account}`, args]));
  const found: string[] = [];
  for (const { roleId = 0n, account = zeroAddress } of accounts.values()) {
    const [since, delay, , changesAt] = await read.getAccess([roleId, account]);
    if (since !== 0)
      found.push(member(roleId, account, BigInt(delay)) + (changesAt === 0 ? "" : ", and another later"));
  }
  const expected = (Object.keys(roles) as RoleName[]).flatMap((name) =>
    roles[name].holders.map((holder) => member(roles[name].id, accountOf(deployment, holder), waitOf(name, holder))),
  );
  const guardians = await Promise.all(
    Object.entries(roles).map(async ([name, { id, guardian }]) =>
      claim(`the guardian of ${name}`, roles[guardian].id, await read.getRoleGuardian([id])),
    ),
  );
  const changes = await Promise.all([
    events.RoleAdminChanged({}, range),
    events.RoleGrantDelayChanged({}, range),
    events.TargetClosed({}, range),
    events.TargetAdminDelayUpdated({}, range),
    events.OperationScheduled({}, range),
  ]);
  const mapped = await events.TargetFunctionRoleUpdated({}, range);
  const map = new Map(mapped.map(({ args: { target, selector, roleId } }) => [`${target} ${selector}`, roleId]));
  return [
    claimAll("the holders of roles", expected, found),
    ...guardians,
    claim("other changes of the AccessManager", 0, changes.flat().length),
    claimAll(
      "the functions that have a role",
      expectedMap(contracts),
      [...map].map(([key, id]) => `${key} ${id}`),
    ),
    ...(await checkAuthorities(deployment)),
  ];
}

function expectedMap(contracts: readonly Contract[]): readonly string[] {
  return contracts.flatMap(({ contractName, address }) =>
    [...guarded(contractName)]
      .filter(([role]) => role !== "ADMIN")
      .flatMap(([role, signatures]) =>
        signatures.map((signature) => `${address} ${toFunctionSelector(signature)} ${roles[role].id}`),
      ),
  );
}

/** Whatever asks an authority asks this one. */
async function checkAuthorities({ hre, connection, contracts }: Deployment): Promise<readonly Claim[]> {
  const client = await connection.viem.getPublicClient();
  const manager = addressOf(contracts, "AccessManager");
  const claims = contracts.map(async ({ name, contractName, address }) => {
    const { abi } = await hre.artifacts.readArtifact(contractName);
    if (!(abi as Abi).some((entry) => entry.type === "function" && entry.name === "authority")) return [];
    const found = await client.readContract({ address, abi: abi as Abi, functionName: "authority" });
    return [claim(`the authority of ${name}`, manager, String(found))];
  });
  return (await Promise.all(claims)).flat();
}

function member(role: bigint, account: Address, delay: bigint): string {
  const name = Object.entries(roles).find(([, { id }]) => id === role)?.[0] ?? `role ${role}`;
  return `${name} ${account} after ${delay} s`;
}

/** The governor proposes, cancels and executes; nobody else does; the timelock is its own admin. */
async function checkTimelock({ connection, contracts, startBlock }: Deployment): Promise<readonly Claim[]> {
  const address = addressOf(contracts, "TimelockController");
  const timelock = await connection.viem.getContractAt("TimelockController", address);
  const governor = addressOf(contracts, "MillGovernor");
  const { getEvents: events, read } = timelock;
  const range = { fromBlock: startBlock };
  const found: string[] = [];
  for (const { args } of await events.RoleGranted({}, range)) {
    const { role = "0x", account = zeroAddress } = args;
    if (await read.hasRole([role, account])) found.push(`${role} ${account}`);
  }
  const names = ["PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"] as const;
  const expected = await Promise.all(names.map(async (name) => `${await read[name]()} ${governor}`));
  const scheduled = await Promise.all([events.CallScheduled({}, range), events.RoleAdminChanged({}, range)]);
  return [
    claimAll("the roles of the timelock", [...expected, `${await read.DEFAULT_ADMIN_ROLE()} ${address}`], found),
    claim("the delay of the timelock", 86_400n, await read.getMinDelay()),
    claim("other changes of the timelock", 0, scheduled.flat().length),
  ];
}

async function checkGovernance(deployment: Deployment): Promise<readonly Claim[]> {
  const { connection, contracts, deployer, parameters } = deployment;
  const at = (name: string): Address => addressOf(contracts, name);
  const client = await connection.viem.getPublicClient();
  const { read: governor } = await connection.viem.getContractAt("MillGovernor", at("MillGovernor"));
  const { read: token } = await connection.viem.getContractAt("MillToken", at("MillToken"));
  const { read: staking } = await connection.viem.getContractAt("VoteStaking", at("VoteStaking"));
  const { read: launch } = await connection.viem.getContractAt("Launch", at("Launch"));
  const created = await governor.guardianUntil();
  const { timestamp } = await client.getBlock();
  const {
    governor: wanted,
    staking: { reward },
  } = parameters;
  const held = parameters.token.holders.map(async ([holder, amount]) => {
    const account = holder === "treasury" ? at("Treasury") : holder;
    return claim(`MILL of ${holder}`, amount, await token.balanceOf([account]));
  });
  const isHolder = parameters.token.holders.some(([holder]) => isAddress(holder) && isAddressEqual(holder, deployer));
  return [
    claim("the governor's token", at("MillToken"), await governor.token()),
    claim("the governor's staking", at("VoteStaking"), await governor.staking()),
    claim("the governor's timelock", at("TimelockController"), await governor.timelock()),
    claim("the governor's policy", at("ProposalPolicy"), await governor.policy()),
    claim("the governor's guardian", parameters.people.guardian, await governor.proposalGuardian()),
    claim("the guardian's term ends in a year", true, created > timestamp && created <= timestamp + GUARDIAN_TERM),
    claim("the voting delay", wanted.votingDelay, await governor.votingDelay()),
    claim("the voting period", wanted.votingPeriod, await governor.votingPeriod()),
    claim("the late quorum extension", wanted.lateQuorumExtension, BigInt(await governor.lateQuorumVoteExtension())),
    claim("the proposal threshold", wanted.proposalThreshold, await governor.proposalThreshold()),
    claim("the quorum's floor", wanted.quorumFloor, await governor.quorumFloor()),
    claim("the DAO's metadata", wanted.daoURI, await governor.daoURI()),
    claim("who mints MILL", at("TimelockController"), await token.minter()),
    claim("MILL minted a year at most", parameters.token.mintPerYear, await token.maxMintCap()),
    claim("the supply of MILL", parameters.token.supply, await token.totalSupply()),
    ...(await Promise.all(held)),
    ...(isHolder ? [] : [claim("MILL of the deployer", 0n, await token.balanceOf([deployer]))]),
    claim("what is staked", at("MillToken"), await staking.asset()),
    claim("what stakers earn", reward === "MILL" ? at("MillToken") : reward.address, await staking.reward()),
    claim("launched", true, await launch.launched()),
  ];
}

/** The governor's table of classes, line by line. */
async function checkPolicy({ connection, contracts, startBlock }: Deployment): Promise<readonly Claim[]> {
  const policy = await connection.viem.getContractAt("ProposalPolicy", addressOf(contracts, "ProposalPolicy"));
  const lines = await policy.getEvents.Classified({}, { fromBlock: startBlock });
  const expected = contracts.flatMap(({ contractName, address }) =>
    Object.entries(classes(contractName)).map(
      ([signature, name]) => `${address} ${toFunctionSelector(signature)} ${proposalClasses.indexOf(name)}`,
    ),
  );
  const found = lines.map(({ args }) => `${args.target} ${args.selector} ${args.class}`);
  return [claimAll("the functions below Critical", expected, found)];
}

async function checkRevenue({
  connection,
  contracts,
  parameters: { revenue, staking },
}: Deployment): Promise<readonly Claim[]> {
  const at = (name: string): Address => addressOf(contracts, name);
  const { read } = await connection.viem.getContractAt("RevenueSplitter", at("RevenueSplitter"));
  const { read: auction } = await connection.viem.getContractAt("RewardAuction", at("RevenueAuction"));
  const { treasuryBps, reserveBps } = revenue;
  const reserve = revenue.reserve === "none" ? zeroAddress : revenue.reserve;
  const split = await read.split();
  const decimals = staking.reward === "MILL" ? 18 : staking.reward.decimals;
  const listings = revenue.sells.map(async (sold) => {
    const [token, anchor, minLot] = listing(sold, decimals);
    const found = await auction.listing([sold.token]);
    return claim(`the listing of ${token} for revenue`, `${anchor} ${minLot}`, `${found.anchor} ${found.minLot}`);
  });
  return [
    claim("the staking of revenue", at("VoteStaking"), await read.staking()),
    claim("the treasury of revenue", at("Treasury"), await read.treasury()),
    claim("the auction of revenue", at("RevenueAuction"), await read.auction()),
    claim("the vault of that auction", at("RevenueSplitter"), await auction.vault()),
    claim("what revenue is sold of", revenue.sells.map(({ token }) => token).join(), (await auction.tokens()).join()),
    claim(
      "the split of revenue",
      `${10_000 - treasuryBps - reserveBps} ${treasuryBps} ${reserveBps} ${reserve}`,
      `${split.stakersBps} ${split.treasuryBps} ${split.reserveBps} ${split.reserve}`,
    ),
    ...(await Promise.all(listings)),
  ];
}

/** Two addresses that it was made with are all there is to it. */
async function checkRouter({ connection, contracts, parameters }: Deployment): Promise<readonly Claim[]> {
  const { read } = await connection.viem.getContractAt("VaultRouter", addressOf(contracts, "VaultRouter"));
  const { permit2, wrappedNative } = parameters.router;
  return [
    claim("the router's Permit2", permit2, await read.permit2()),
    claim("the router's wrapped native token", wrappedNative.address, await read.wrappedNative()),
  ];
}

async function checkVault(
  { connection, contracts }: Deployment,
  parameters: VaultParameters,
): Promise<readonly Claim[]> {
  const { symbol, asset } = parameters;
  const units = (amount: string): bigint => parseUnits(amount, asset.decimals);
  const { read } = await connection.viem.getContractAt("CompoundingVault", addressOf(contracts, symbol));
  const auctionAddress = addressOf(contracts, `${symbol}_RewardAuction`);
  const { read: auction } = await connection.viem.getContractAt("RewardAuction", auctionAddress);
  const { read: factory } = await connection.viem.getContractAt("VaultFactory", addressOf(contracts, "VaultFactory"));
  const [config, lock, entries] = await Promise.all([read.config(), read.lock(), read.entries()]);
  const about = (what: string): string => `${what} of ${symbol}`;
  const adapters = parameters.adapters.map((adapter) => {
    const address = addressOf(contracts, `${symbol}_${define(adapter, asset.address).contract}`);
    return `${address} ${units(adapter.cap)}`;
  });
  const groups = groupsOf(parameters).map(async ({ risk, cap, shareBps }) => {
    const { absoluteCap, relativeCapBps } = await read.riskGroup([risk]);
    return claim(about(`the group cap of ${risk}`), `${cap} ${shareBps}`, `${absoluteCap} ${relativeCapBps}`);
  });
  const listings = parameters.rewards.map(async (reward) => {
    const [token, anchor, minLot] = listing(reward, asset.decimals);
    const found = await auction.listing([reward.token]);
    return claim(about(`the listing of ${token}`), `${anchor} ${minLot}`, `${found.anchor} ${found.minLot}`);
  });
  const rewards = parameters.rewards.map(({ token }) => token);
  return [
    claim(about("the factory"), true, await factory.isVault([addressOf(contracts, symbol)])),
    claim(about("the name"), parameters.name, await read.name()),
    claim(about("the asset"), asset.address, await read.asset()),
    claim(about("the fee's recipient"), addressOf(contracts, "RevenueSplitter"), config.feeRecipient),
    claim(about("the fee"), parameters.feeBps, config.feeBps),
    claim(about("the most that gains move the price"), parameters.maxRatePercent, lock.maxRate),
    claim(about("the deposit cap"), units(parameters.depositCap), config.depositCap),
    claim(about("the buffer"), parameters.bufferBps, config.bufferBps),
    claim(about("the cap of tips"), units(parameters.tipCap), config.tipCap),
    claim(about("the gate"), zeroAddress, config.gate),
    claim(about("the auction"), auctionAddress, await read.auction()),
    claim(about("the vault of the auction"), addressOf(contracts, symbol), await auction.vault()),
    claim(about("the rewards sold"), rewards.join(), (await auction.tokens()).join()),
    claim(
      about("the adapters and caps"),
      adapters.join(),
      entries.map(({ adapter, cap }) => `${adapter} ${cap}`).join(),
    ),
    ...(await Promise.all([...groups, ...listings])),
    claim(about("the seed"), true, (await read.totalAssets()) >= seedAssets(asset.decimals)),
    claim(about("deposits stopped"), 0, lock.flags & 1),
  ];
}

function accountOf({ contracts, parameters: { people } }: Deployment, holder: Holder): Address {
  return holder === "timelock" ? addressOf(contracts, "TimelockController") : people[holder];
}
