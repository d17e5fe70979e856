import hre from "hardhat";
import {
  type Abi,
  type Address,
  decodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  parseAbi,
  toFunctionSelector,
  toHex,
} from "viem";
import { CLAIMS, type Curve, NFT, POOL, RESERVE, TREASURY } from "./insurance.ts";

/** What somebody does: the last word that it should return, or the name of the error that it should end with. */
export type Act = {
  readonly who: number;
  readonly to: Target;
  readonly name: string;
  readonly args: readonly (bigint | number)[];
  readonly expected: bigint | string | undefined;
};
export type Target = "pool" | "manager" | "nft" | "incidents" | "claims" | "token" | "vault0" | "vault1";
export type Real = {
  readonly addressOf: (account: number) => bigint;
  readonly models: ReadonlyMap<string, bigint>;
  /** All in one second. What each came to: a word, or the name of an error. */
  readonly run: (acts: readonly Act[], time: bigint) => Promise<readonly (bigint | string)[]>;
  /** The DAO has decided; the name of the error it ended with, if it did. */
  readonly resolveClaim: (claim: bigint, time: bigint) => Promise<string | undefined>;
  readonly look: (accounts: readonly number[], ids: readonly (readonly number[])[]) => Promise<readonly bigint[]>;
  readonly broken: () => Promise<bigint>;
  readonly start: bigint;
  readonly close: () => Promise<void>;
};
export type Setting = {
  readonly decimals: number;
  readonly minPremium: bigint;
  readonly minDeposit: bigint;
  readonly fees: readonly [bigint, bigint];
  readonly curves: readonly Curve[];
  /** what each person begins with */
  readonly wealth: bigint;
  readonly terms: readonly { readonly deductible: bigint; readonly cap: bigint; readonly multiplier: bigint }[];
};

export const PEOPLE = 8;
const DAY = 86_400;
const FAILED = 1n << 255n;
// Given, or two more requests would ask for the price of each block.
const TERMS = { gas: toHex(16_700_000), maxFeePerGas: toHex(100_000_000_000), maxPriorityFeePerGas: toHex(0) };
const MAX = 2n ** 256n - 1n;
const runner = parseAbi([
  "struct Modules { address pool; address manager; address nft; address incidents; address claims; address reserve; }",
  "function look(Modules m, address[] tokens, address[] accounts, uint256[][] ids) view returns (uint256[])",
  "function broken(address pool) view returns (uint256)",
]);

export async function createReal(setting: Setting): Promise<Real> {
  const connection = await hre.network.create();
  const { viem, provider } = connection;
  const [deployer] = await viem.getWalletClients();
  const me = deployer.account.address;
  const people = await viem.deployContract("InsuranceRunner", [BigInt(PEOPLE)]);
  const accounts = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, i) => (await people.read.puppets([BigInt(i)])) as Address),
  );
  const treasury: Address = "0x000000000000000000000000000000000000dEaD";
  const token = await viem.deployContract("BlocklistToken", [setting.decimals]);
  const vaults = [
    await viem.deployContract("Source4626", [token.address]),
    await viem.deployContract("Source4626", [token.address]),
  ];
  const authority = await viem.deployContract("AccessManager", [me]);
  const models = new Map<string, bigint>();
  for (const curve of setting.curves)
    models.set(String(curve), BigInt((await viem.deployContract("PremiumModel", [...curve])).address));
  const maker = await viem.deployContract("ModuleDeployer");
  const places = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => maker.read.addressOf([BigInt(i)])));
  const [pool, manager, nft, incidents, reserve, claims] = places as [
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
  ];
  const { governor, timelock } = await deployDao(connection, me, claims);
  const modules = { pool, manager, nft, incidents, claims, reserve };
  const config = {
    ...{
      minPremium: setting.minPremium,
      authority: authority.address,
      model: toHex([...models.values()][0] as bigint, { size: 20 }),
    },
    ...{ treasury, daoFeeBps: Number(setting.fees[0]), reserveFeeBps: Number(setting.fees[1]) },
  };
  const parts: readonly (readonly [name: string, args: readonly unknown[]])[] = [
    ["UnderwritingPool", [token.address, "Pool", "P", authority.address, modules]],
    ["CoverManager", [config, modules]],
    ["CoverNFT", [modules]],
    ["IncidentModule", [authority.address, modules]],
    ["RiskReserve", [token.address, modules]],
    ["ClaimsModule", [modules, governor, setting.minDeposit]],
  ];
  for (const [name, args] of parts) {
    const { abi, bytecode } = await hre.artifacts.readArtifact(name);
    const code = encodeDeployData({ abi: abi as Abi, bytecode: bytecode as Hex, args } as Parameters<
      typeof encodeDeployData
    >[0]);
    await maker.write.deploy([code], { gas: 16_000_000n });
  }
  await (await viem.getContractAt("UnderwritingPool", pool)).write.resumeDeposits(); // it is born closed
  await provider.request({ method: "hardhat_impersonateAccount", params: [timelock] });
  await provider.request({ method: "hardhat_setBalance", params: [timelock, toHex(10n ** 20n)] });
  const theirs = async (to: Address, data: Hex, from: Address): Promise<string | undefined> => {
    try {
      await provider.request({ method: "eth_sendTransaction", params: [{ from, to, data, gas: toHex(10_000_000) }] });
      return undefined;
    } catch (error) {
      const reason = (error as { data?: unknown }).data;
      const data = typeof reason === "object" && reason !== null ? (reason as { data?: unknown }).data : reason;
      const name = typeof data === "string" ? errors.get(BigInt(data.slice(0, 10))) : undefined;
      if (name === undefined) throw error;
      return name;
    }
  };
  const names = [...parts.map(([name]) => name), "BlocklistToken", "Source4626", "MillGovernor", "PremiumModel"];
  const abis = await Promise.all(names.map(async (name) => (await hre.artifacts.readArtifact(name)).abi as Abi));
  const errors = new Map<bigint, string>([[0x4e487b71n, "Panic"]]);
  for (const item of abis.flat())
    if (item.type === "error") errors.set(BigInt(toFunctionSelector(toSignature(item))), item.name);
  const abiOf: Readonly<Record<Target, { readonly abi: Abi; readonly address: Address }>> = {
    pool: { abi: abis[0] as Abi, address: pool },
    manager: { abi: abis[1] as Abi, address: manager },
    nft: { abi: abis[2] as Abi, address: nft },
    incidents: { abi: abis[3] as Abi, address: incidents },
    claims: { abi: abis[5] as Abi, address: claims },
    token: { abi: abis[6] as Abi, address: token.address },
    vault0: { abi: abis[7] as Abi, address: vaults[0]?.address as Address },
    vault1: { abi: abis[7] as Abi, address: vaults[1]?.address as Address },
  };
  const selectors = new Map<string, string>();
  const selectorOf = (to: Target, name: string): string => {
    const key = `${to}.${name}`;
    const known = selectors.get(key);
    if (known) return known;
    const item = abiOf[to].abi.find((one) => one.type === "function" && one.name === name);
    if (item?.type !== "function") throw new Error(`${key} is no function`);
    const found = toFunctionSelector(toSignature(item)).slice(2);
    selectors.set(key, found);
    return found;
  };
  const word = (value: bigint | number): string => BigInt(value).toString(16).padStart(64, "0");
  const encode = ({ who, to, name, args }: Act): string => {
    const data = selectorOf(to, name) + args.map(word).join("");
    const head = who.toString(16).padStart(2, "0") + abiOf[to].address.slice(2);
    return head + (data.length / 2).toString(16).padStart(4, "0") + data;
  };
  const runSelector = toFunctionSelector("run(uint256,bytes)");
  const run: Real["run"] = async (acts, time) => {
    const bytes = acts.map(encode).join("");
    const padded = bytes.padEnd(Math.ceil(bytes.length / 64) * 64, "0");
    const data = `${runSelector}${word(acts.length)}${word(64)}${word(bytes.length / 2)}${padded}`;
    await provider.request({ method: "evm_setNextBlockTimestamp", params: [toHex(time)] });
    const hash = await provider.request({
      method: "eth_sendTransaction",
      params: [{ from: me, to: people.address, data, ...TERMS }],
    });
    const receipt = (await provider.request({ method: "eth_getTransactionReceipt", params: [hash] })) as {
      status: Hex;
      gasUsed: Hex;
      logs: { address: Address; data: Hex }[];
    };
    const log = receipt.logs.findLast(({ address }) => address === people.address.toLowerCase());
    if (receipt.status !== "0x1" || !log) throw new Error(`the block of ${acts.length} acts ran out of gas`);
    return words(log.data).map((found) => {
      if (found < FAILED) return found;
      return errors.get(found - FAILED) ?? `unknown error ${toHex(found - FAILED)}`;
    });
  };
  const addresses: Readonly<Record<number, Address>> = {
    ...accounts,
    ...{ 200: vaults[0]?.address as Address, 201: vaults[1]?.address as Address },
    ...{ [POOL]: pool, [RESERVE]: reserve, [CLAIMS]: claims, [NFT]: nft, [TREASURY]: treasury },
  };
  const addressOf = (account: number): bigint => BigInt(addresses[account] as Address);
  const client = await viem.getPublicClient();
  const call = async (data: Hex): Promise<Hex> =>
    (await provider.request({
      method: "eth_call",
      params: [{ to: people.address, data, gas: toHex(16_700_000) }, "latest"],
    })) as Hex;

  // Everyone is rich and has approved everything; the first of them holds every role.
  const everyone = Array.from({ length: PEOPLE }, (_, who) => who);
  const grant = encodeFunctionData({
    abi: parseAbi(["function grantRole(uint64,address,uint32)"]),
    args: [0n, accounts[0] as Address, 0],
  });
  await theirs(authority.address, grant, me);
  let time: bigint = (await client.getBlock()).timestamp;
  const setUp = async (acts: readonly Omit<Act, "expected">[], wait = 1n): Promise<void> => {
    time += wait;
    const found = await run(
      acts.map((act) => ({ ...act, expected: undefined })),
      time,
    );
    const failed = found.findIndex((outcome) => typeof outcome === "string");
    if (failed >= 0) throw new Error(`${acts[failed]?.name}: ${found[failed]}`);
  };
  for (const who of everyone) {
    const approvals = (["pool", "manager", "claims", "vault0", "vault1"] as const).map(
      (spender) => ({ who, to: "token", name: "approve", args: [BigInt(abiOf[spender].address), MAX] }) as const,
    );
    const armed = (["vault0", "vault1"] as const).map(
      (to) => ({ who, to, name: "approve", args: [BigInt(manager), MAX] }) as const,
    );
    const mint = { who, to: "token", name: "mint", args: [addressOf(who), setting.wealth] } as const;
    await setUp([mint, ...approvals, ...armed]);
  }
  await setUp(
    setting.terms.map(({ deductible, cap, multiplier }, i) => {
      const args = [i, BigInt(vaults[i]?.address as Address), deductible, cap, multiplier];
      return { who: 0, to: "manager", name: "scheduleProduct", args } as const;
    }),
  );
  await setUp(
    [0, 1].map((i) => ({ who: 0, to: "manager", name: "applyProduct", args: [i] }) as const),
    24n * BigInt(DAY),
  );
  const tokens = [token.address, ...vaults.map(({ address }) => address)];
  return {
    ...{ addressOf, models, run, start: time, close: () => connection.close() },
    resolveClaim: async (claim, at) => {
      await provider.request({ method: "evm_setNextBlockTimestamp", params: [toHex(at)] });
      return theirs(claims, `0x${selectorOf("claims", "resolveClaim")}${word(claim)}`, timelock);
    },
    look: async (who, ids) => {
      const shown = who.map((account) => addresses[account] as Address);
      const args = [modules, tokens, shown, ids.map((list) => list.map(BigInt))] as const;
      return words(await call(encodeFunctionData({ abi: runner, functionName: "look", args })));
    },
    broken: async () => {
      const data = encodeFunctionData({ abi: runner, functionName: "broken", args: [pool] });
      return decodeAbiParameters([{ type: "uint256" }], await call(data))[0];
    },
  };
}

/** A DAO that lets `claims` ask for votes. */
async function deployDao(
  { viem }: Awaited<ReturnType<typeof hre.network.create>>,
  me: Address,
  claims: Address,
): Promise<{ readonly governor: Address; readonly timelock: Address }> {
  const factory = await viem.deployContract("TimelockFactory");
  const timelock = (await factory.read.timelock()) as Address;
  const token = await viem.deployContract("MillToken", [timelock, me, 10n ** 24n, 0n]);
  const reward = await viem.deployContract("RewardToken");
  const staking = await viem.deployContract("VoteStaking", [token.address, reward.address]);
  const policy = await viem.deployContract("ProposalPolicy", [[], [timelock]]);
  const governor = await viem.deployContract("MillGovernor", [
    {
      ...{ token: token.address, staking: staking.address, timelock, policy: policy.address, guardian: me },
      ...{ quorumFloor: 10n ** 22n, proposalThreshold: 10n ** 21n, votingDelay: DAY, votingPeriod: 5 * DAY },
      ...{ lateQuorumExtension: 2 * DAY, daoURI: "", claimsModules: [claims] },
    },
  ]);
  await factory.write.deploy([governor.address]);
  return { governor: governor.address, timelock };
}

/** The words of an answered `uint256[]`. */
const words = (answer: Hex): readonly bigint[] =>
  Array.from({ length: (answer.length - 2) / 64 - 2 }, (_, i) =>
    BigInt(`0x${answer.slice(2 + 64 * (i + 2), 2 + 64 * (i + 3))}`),
  );

type Typed = { readonly type: string; readonly components?: readonly Typed[] };
const toType = ({ type, components }: Typed): string =>
  components ? `(${components.map(toType).join(",")})${type.slice(5)}` : type;
const toSignature = ({ name, inputs }: { readonly name: string; readonly inputs: readonly Typed[] }): string =>
  `${name}(${inputs.map(toType).join(",")})`;
