import path from "node:path";
import { startReplica } from "@millrace/replica";
import hre from "hardhat";
import { type Address, type Hex, keccak256, toBytes, toFunctionSelector, zeroAddress } from "viem";
import { addressOf } from "../deploy/claim.ts";
import { readParameters } from "../deploy/parameters.ts";
import { perform } from "../deploy/perform.ts";
import { functions, type RoleName, roles } from "../deploy/roles.ts";
import { print } from "../gas/table.ts";
import { root } from "./gate.ts";

/*
 The shortest path in time to each power, measured on a deployment: the roles, delays, guardians and function map are read
 from its AccessManager; how long the DAO needs is the time from proposing to executing of a real proposal of each class.
 A power can be used by whoever holds its role; by whom the role's admin makes a member; by anyone once ADMIN has moved the
 function to another role or the contract to another authority.
*/
const CLASSES = ["Emergency", "Routine", "Treasury", "Critical"] as const;
const STRANGER: Address = "0x57a46e757a46e757a46e757a46e757a46e757a46";
const DAY = 86_400n;
const NEVER = 2n ** 64n;

type Path = { readonly seconds: bigint; readonly by: string };
type Power = {
  readonly contract: string;
  readonly address: Address;
  readonly signature: string;
  readonly role: RoleName;
};

const connection = await hre.network.create("default");
await startReplica({ connection, with: ["permit2"] });
const parameters = await readParameters(path.join(root, "deployments/replica"));
const [wallet] = await connection.viem.getWalletClients();
const signer = wallet?.account.address ?? zeroAddress;
const { contracts } = await perform({ hre, connection, parameters, signer });
const manager = await connection.viem.getContractAt("AccessManager", addressOf(contracts, "AccessManager"));
const policy = await connection.viem.getContractAt("ProposalPolicy", addressOf(contracts, "ProposalPolicy"));
const governor = await connection.viem.getContractAt("MillGovernor", addressOf(contracts, "MillGovernor"));
const timelock = addressOf(contracts, "TimelockController");

const powers: readonly Power[] = contracts.flatMap(({ contractName, name, address }) =>
  Object.entries(functions[contractName] ?? {}).flatMap(([signature, role]) =>
    typeof role === "string" ? [{ contract: name, address, signature, role }] : [],
  ),
);
// Whoever could turn out to be the caller: people, every contract of the deployment, its maker, and anybody else.
const accounts: readonly (readonly [string, Address])[] = [
  ...Object.entries(parameters.people),
  ...contracts.map(({ name, address }) => [name, address] as const),
  ["the deployer", signer],
  ["a stranger", STRANGER],
];
const classSeconds = await measureClasses();
const admin = await pathsToManager(roles.ADMIN.id, "grantRole(uint64,address,uint32)");
const paths = new Map<Power, readonly Path[]>();
for (const power of powers) paths.set(power, await pathsTo(power));
await connection.close();

print(
  ["the DAO, by class", "days from proposing to executing"],
  CLASSES.map((name) => [name, days(classSeconds.get(name) ?? NEVER)]),
);
console.log();
print(
  ["power", "role", "fastest", "by", "at least"],
  powers.map((power) => {
    const { seconds, by } = fastest(paths.get(power));
    const bound = days(roles[power.role].fastest);
    return [`${power.contract}.${power.signature.replace(/\(.*/, "")}`, power.role, days(seconds), by, bound];
  }),
);
const tooFast = powers.filter((power) => fastest(paths.get(power)).seconds < roles[power.role].fastest);
for (const power of tooFast) {
  const { seconds, by } = fastest(paths.get(power));
  console.error(
    `${power.contract}.${power.signature}: ${by} gets there in ${days(seconds)}, sooner than ${power.role} may`,
  );
}
const roleless = (Object.keys(roles) as RoleName[]).filter((name) => roles[name].fastest > 0n);
const reached = roleless.every((name) => name === "ADMIN" || powers.some(({ role }) => role === name));
console.log(`${powers.length} powers, ${powers.length - tooFast.length} no faster than they may be`);
process.exitCode = tooFast.length === 0 && reached && powers.length > 0 ? 0 : 1;

async function pathsTo({ address, signature, role }: Power): Promise<readonly Path[]> {
  const selector = toFunctionSelector(signature);
  const roleId = await manager.read.getTargetFunctionRole([address, selector]);
  const targetDelay = BigInt(await manager.read.getTargetAdminDelay([address]));
  if (roleId !== roles[role].id) throw new Error(`${signature} has role ${roleId} on the chain, not ${role}'s.`);
  const direct = await Promise.all(
    accounts.map(async ([name, account]): Promise<Path> => {
      const [immediate, delay] = await manager.read.canCall([account, address, selector]);
      const start = await startOf(account, address, selector);
      const wait = immediate ? 0n : delay > 0 ? BigInt(delay) : NEVER;
      return { seconds: start + wait, by: account === timelock ? "the DAO" : name };
    }),
  );
  const grantDelay = BigInt(await manager.read.getRoleGrantDelay([roleId]));
  const granted = await pathsToManager(await manager.read.getRoleAdmin([roleId]), "grantRole(uint64,address,uint32)");
  const moved = await pathsToManager(roles.ADMIN.id, "setTargetFunctionRole(address,bytes4[],uint64)");
  const replaced = await pathsToManager(roles.ADMIN.id, "updateAuthority(address,address)");
  const reAdmined = await pathsToManager(roles.ADMIN.id, "setRoleAdmin(uint64,uint64)");
  return [
    ...direct,
    ...granted.map(({ seconds, by }) => ({ seconds: seconds + grantDelay, by: `${by}, by grantRole` })),
    ...moved.map(({ seconds, by }) => ({ seconds: seconds + targetDelay, by: `${by}, by setTargetFunctionRole` })),
    ...replaced.map(({ seconds, by }) => ({ seconds: seconds + targetDelay, by: `${by}, by updateAuthority` })),
    ...reAdmined.map(({ seconds, by }) => ({ seconds: seconds + grantDelay, by: `${by}, by setRoleAdmin` })),
    ...admin.map(({ seconds, by }) => ({ seconds, by: `${by}, as a new ADMIN` })),
  ];
}

/** Paths to a function of the AccessManager itself, which `roleId` guards. */
async function pathsToManager(roleId: bigint, signature: string): Promise<readonly Path[]> {
  const selector = toFunctionSelector(signature);
  return await Promise.all(
    accounts.map(async ([name, account]): Promise<Path> => {
      const [isMember, delay] = await manager.read.hasRole([roleId, account]);
      const start = await startOf(account, manager.address, selector);
      return { seconds: isMember ? start + BigInt(delay) : NEVER, by: account === timelock ? "the DAO" : name };
    }),
  );
}

/** When an account can begin: people at once, the timelock when a proposal of that action's class is through. */
async function startOf(account: Address, target: Address, selector: Hex): Promise<bigint> {
  if (account !== timelock) return 0n;
  const index = await policy.read.classify([[target], [0n], [selector]]);
  return classSeconds.get(CLASSES[index] ?? "Critical") ?? NEVER;
}

/** Puts one proposal of each class through the governor as fast as it goes. */
async function measureClasses(): Promise<ReadonlyMap<string, bigint>> {
  const helpers = connection.networkHelpers;
  const voters = parameters.token.holders.map(([holder]) => holder).filter((holder) => holder !== "treasury");
  const token = await connection.viem.getContractAt("MillToken", addressOf(contracts, "MillToken"));
  for (const voter of voters) await token.write.delegate([voter], { account: voter });
  await helpers.time.increase(1);
  const measured = new Map<string, bigint>();
  const critical = { address: manager.address, signature: "grantRole(uint64,address,uint32)" };
  for (const { address, signature } of [...powers, critical]) {
    const selector = toFunctionSelector(signature);
    const name = CLASSES[await policy.read.classify([[address], [0n], [selector]])] ?? "Critical";
    if (measured.has(name)) continue;
    const snapshot = await helpers.takeSnapshot();
    measured.set(name, await passFast(address, selector, voters));
    await snapshot.restore();
  }
  return measured;
}

async function passFast(target: Address, selector: Hex, voters: readonly Address[]): Promise<bigint> {
  const { time } = connection.networkHelpers;
  const description = "the fastest way";
  const action = [[target], [0n], [selector]] as const;
  const hashed = [...action, keccak256(toBytes(description))] as const;
  await governor.write.propose([...action, description], { account: voters[0] });
  const proposedAt = BigInt(await time.latest());
  const id = await governor.read.hashProposal(hashed);
  await time.increaseTo((await governor.read.proposalSnapshot([id])) + 1n);
  const active = 1;
  for (const voter of voters) {
    // An Emergency proposal succeeds during the vote.
    if ((await governor.read.state([id])) === active) await governor.write.castVote([id, 1], { account: voter });
  }
  if ((await governor.read.state([id])) === active) {
    await time.increaseTo((await governor.read.proposalDeadline([id])) + 1n);
  }
  await governor.write.queue(hashed);
  return (await governor.read.proposalEta([id])) - proposedAt;
}

function fastest(found: readonly Path[] = []): Path {
  return found.reduce((best, path) => (path.seconds < best.seconds ? path : best), { seconds: NEVER, by: "nobody" });
}

function days(seconds: bigint): string {
  return seconds >= NEVER ? "never" : `${(Number(seconds) / Number(DAY)).toFixed(1)} d`;
}
