import hre from "hardhat";
import {
  type Abi,
  type Address,
  decodeErrorResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  getContractAddress,
  type Hex,
  keccak256,
  toHex,
} from "viem";

/** The real vault on a chain of this process, driven by names. */
export type Call = {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly args: readonly unknown[];
};
export type Real = {
  readonly addresses: Readonly<Record<string, Address>>;
  /** One transaction at that second; the name of the error it reverted with, if it did. */
  readonly send: (call: Call, time: bigint) => Promise<string | undefined>;
  /** Calls in one transaction, made by the batch contract. */
  readonly sendAll: (calls: readonly Call[], time: bigint) => Promise<string | undefined>;
  readonly snapshot: () => Promise<readonly bigint[]>;
  /** The risk group of each adapter. */
  readonly risks: Readonly<Record<string, Hex>>;
  readonly start: bigint;
  readonly close: () => Promise<void>;
};

// Given, or two more requests would ask for the price of each of ten thousand transactions.
const TERMS = { gas: toHex(15_000_000), maxFeePerGas: toHex(100_000_000_000), maxPriorityFeePerGas: toHex(0) };
const START = 1_800_000_000n;
const KINDS: Readonly<Record<string, string>> = {
  vault: "CompoundingVault",
  token: "TestToken",
  reporter: "HostileAdapter",
  batch: "Batch",
};
export const people = ["alice", "bob", "carol"];
export const sources = ["source0", "source1", "source2"];
const boss = "boss";

/** Abis of what is called, and of every error that can come up. */
async function loadAbis(): Promise<{
  readonly of: (kind: string) => Abi;
  readonly code: (kind: string) => Hex;
  readonly errors: Abi;
}> {
  const names = ["TestToken", "AccessManager", "VaultFactory", "CompoundingVault", "ERC4626Adapter", "Source4626"];
  names.push("HostileAdapter", "Batch", "VaultSnapshot");
  const artifacts = await Promise.all(names.map((name) => hre.artifacts.readArtifact(name)));
  const found = (kind: string): (typeof artifacts)[number] => {
    const artifact = artifacts[names.indexOf(kind)];
    if (!artifact) throw new Error(`${kind} is not loaded`);
    return artifact;
  };
  return {
    of: (kind) => found(kind).abi as Abi,
    code: (kind) => found(kind).bytecode as Hex,
    errors: artifacts.flatMap(({ abi }) => (abi as Abi).filter(({ type }) => type === "error")),
  };
}

export async function createReal(decimals: number, feeBps: bigint, maxRate: bigint): Promise<Real> {
  const connection = await hre.network.create({
    network: "default",
    override: { initialDate: new Date(Number(START) * 1000) },
  });
  const { of, code, errors } = await loadAbis();
  const raw = async <result>(method: string, params: readonly unknown[]): Promise<result> =>
    (await connection.provider.request({ method, params: [...params] })) as result;
  const accounts = (await raw<Address[]>("eth_accounts", [])).map((account) => getAddress(account));
  const addresses: Record<string, Address> = { dead: "0x000000000000000000000000000000000000dEaD" };
  [boss, ...people, "feeRecipient"].forEach((name, i) => {
    addresses[name] = accounts[i] as Address;
  });
  let time = START;

  const abiOf = (to: string): Abi => of(KINDS[to] ?? (sources.includes(to) ? "Source4626" : to));
  const encode = ({ to, name, args }: Omit<Call, "from">): Hex =>
    encodeFunctionData({ abi: abiOf(to), functionName: name, args: args.map((arg) => resolve(arg)) });
  /** Names in arguments stand for addresses. */
  const resolve = (arg: unknown): unknown => {
    if (Array.isArray(arg)) return arg.map(resolve);
    return typeof arg === "string" ? (addresses[arg] ?? arg) : arg;
  };
  const mine = async (
    transaction: { from: Address; to?: Address; data: Hex },
    at: bigint,
  ): Promise<string | undefined> => {
    time = at;
    await raw("evm_setNextBlockTimestamp", [toHex(at)]);
    try {
      await raw("eth_sendTransaction", [{ ...transaction, ...TERMS }]);
      return undefined;
    } catch (error) {
      return nameOf(error, errors);
    }
  };
  const send = ({ from, ...call }: Call, at: bigint): Promise<string | undefined> =>
    mine({ from: addresses[from] as Address, to: addresses[call.to] as Address, data: encode(call) }, at);
  const setUp = async (call: Omit<Call, "from">, from = boss): Promise<void> => {
    const refusal = await send({ from, ...call }, time + 1n);
    if (refusal) throw new Error(`${call.name} on ${call.to}: ${refusal}`);
  };
  const deploy = async (as: string, kind: string, args: readonly unknown[] = []): Promise<void> => {
    const data = encodeDeployData({
      abi: of(kind),
      bytecode: code(kind),
      args: args.map((arg) => resolve(arg)),
    } as Parameters<typeof encodeDeployData>[0]);
    const nonce = await raw<Hex>("eth_getTransactionCount", [addresses[boss], "latest"]);
    const refusal = await mine({ from: addresses[boss] as Address, data }, time + 1n);
    if (refusal) throw new Error(`deploy ${kind}: ${refusal}`);
    addresses[as] = getContractAddress({ from: addresses[boss] as Address, nonce: BigInt(nonce) });
  };
  const read = async (to: string, name: string, args: readonly unknown[] = []): Promise<Hex> =>
    raw<Hex>("eth_call", [{ to: addresses[to], data: encode({ to, name, args }) }, "latest"]);

  const unit = 10n ** BigInt(decimals);
  await deploy("token", "TestToken", [decimals]);
  await deploy("AccessManager", "AccessManager", [boss]);
  await deploy("VaultFactory", "VaultFactory", [keccak256(code("CompoundingVault"))]);
  await deploy("VaultSnapshot", "VaultSnapshot");
  await deploy("batch", "Batch");
  await setUp({ to: "token", name: "mint", args: [boss, 10_000_000n * unit] });
  await setUp({ to: "token", name: "approve", args: ["VaultFactory", 2n ** 256n - 1n] });
  const terms = {
    ...{ asset: addresses["token"], name: "Model", symbol: "MODEL", authority: addresses["AccessManager"] },
    ...{ feeRecipient: addresses["feeRecipient"], feeBps, maxRate },
  };
  const salt = toHex(0, { size: 32 });
  const creation = [terms, salt, code("CompoundingVault")];
  const where = await read("VaultFactory", "vaultAddress", [...creation, boss]);
  addresses["vault"] = getAddress(`0x${where.slice(26)}`);
  await setUp({ to: "VaultFactory", name: "createVault", args: creation });
  // One account holds every role: who may do what is tested elsewhere.
  const selectors = of("CompoundingVault")
    .filter((item) => item.type === "function" && item.stateMutability === "nonpayable" && item.name !== "setAuthority")
    .map((item) =>
      encodeFunctionData({
        abi: [item] as Abi,
        functionName: (item as { name: string }).name,
        args: blank(item),
      }).slice(0, 10),
    );
  await setUp({ to: "AccessManager", name: "setTargetFunctionRole", args: ["vault", selectors, 1n] });
  await setUp({ to: "AccessManager", name: "grantRole", args: [1n, boss, 0] });
  for (const name of sources) {
    await deploy(name, "Source4626", ["token"]);
    await deploy(`${name}Adapter`, "ERC4626Adapter", ["vault", name]);
    await setUp({ to: "token", name: "approve", args: [name, 2n ** 256n - 1n] });
    await setUp({ to: name, name: "deposit", args: [1_000n * unit, "dead"] });
  }
  const ids = encodeFunctionData({ abi: of("ERC4626Adapter"), functionName: "riskIds", args: [] });
  const riskOf = async (adapter: string): Promise<Hex> =>
    (await raw<Hex>("eth_call", [{ to: addresses[adapter], data: ids }, "latest"])).slice(0, 66) as Hex;
  const risks: Record<string, Hex> = {};
  for (const name of sources) risks[`${name}Adapter`] = await riskOf(`${name}Adapter`);
  const shared = risks["source0Adapter"] as Hex; // the reporter is in the first source's group
  risks["reporter"] = shared;
  await deploy("reporter", "HostileAdapter", ["token", "vault", shared, toHex(0, { size: 32 })]);
  for (const [adapter, risk] of Object.entries(risks)) {
    await setUp({ to: "vault", name: "addAdapter", args: [adapter] });
    await setUp({ to: "vault", name: "raiseCap", args: [adapter, 2n ** 88n - 1n] });
    if (adapter !== "reporter")
      await setUp({ to: "vault", name: "raiseGroupCap", args: [risk, 2n ** 128n - 1n, 10_000n] });
  }
  for (const name of [...people, "batch"]) await setUp({ to: "token", name: "mint", args: [name, 50_000n * unit] });
  for (const name of people) await setUp({ to: "token", name: "approve", args: ["vault", 2n ** 256n - 1n] }, name);
  const approve = encode({ to: "token", name: "approve", args: ["vault", 2n ** 256n - 1n] });
  await setUp({ to: "batch", name: "run", args: [[{ target: addresses["token"], data: approve }]] });

  const holders = [
    "vault",
    ...people,
    "batch",
    "dead",
    "feeRecipient",
    boss,
    ...sources.map((name) => `${name}Adapter`),
    "reporter",
  ];
  const view = encode({
    ...{ to: "VaultSnapshot", name: "read" },
    args: ["vault", "token", holders, sources, sources.map((name) => `${name}Adapter`)],
  });
  return {
    ...{ addresses, send, risks, start: time },
    sendAll: (calls, at) => {
      const list = calls.map((call) => ({ target: addresses[call.to], data: encode(call) }));
      return mine(
        {
          from: addresses[boss] as Address,
          to: addresses["batch"] as Address,
          data: encode({ to: "batch", name: "run", args: [list] }),
        },
        at,
      );
    },
    snapshot: async () => words(await raw<Hex>("eth_call", [{ to: addresses["VaultSnapshot"], data: view }, "latest"])),
    close: () => connection.close(),
  };
}

/** The words of an answered `uint256[]`. */
const words = (answer: Hex): readonly bigint[] =>
  Array.from({ length: (answer.length - 2) / 64 - 2 }, (_, i) =>
    BigInt(`0x${answer.slice(2 + 64 * (i + 2), 2 + 64 * (i + 3))}`),
  );

/** Arguments of the right types, to get at a selector. */
function blank(item: Abi[number]): readonly unknown[] {
  const inputs = "inputs" in item ? item.inputs : [];
  return inputs.map(({ type }) => {
    if (type.endsWith("[]")) return [];
    if (type === "address") return "0x000000000000000000000000000000000000dEaD";
    if (type.startsWith("bytes")) return type === "bytes" ? "0x" : toHex(0, { size: Number(type.slice(5)) });
    return type === "bool" ? false : type === "uint8" ? 0 : 0n;
  });
}

function nameOf(error: unknown, errors: Abi): string {
  const data = (error as { data?: unknown }).data;
  const reason = typeof data === "object" && data !== null ? (data as { data?: unknown }).data : data;
  if (typeof reason !== "string" || reason.length < 10) throw error;
  return decodeErrorResult({ abi: errors, data: reason as Hex }).errorName;
}
