import hre from "hardhat";
import {
  type AbiFunction,
  type AbiParameter,
  type Address,
  decodeErrorResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  numberToHex,
  pad,
  parseAbi,
  toFunctionSignature,
} from "viem";
import { type Access, functions } from "../deploy/roles.ts";
import { openZeppelin } from "../gas/chain.ts";
import { print } from "../gas/table.ts";
import { type Contract, deployables } from "./artifacts.ts";

/*
 The access walk. Every function that changes state, of every contract that can be deployed, is declared in
 scripts/deploy/roles.ts; and a stranger who calls it meets what is declared there. For that, the runtime code is put on a
 chain as it is, with an AccessManager that knows nobody as its authority.
*/
const STRANGER: Address = "0x57a46e757a46e757a46e757a46e757a46e757a46";
const AT: Address = "0xc0deC0dec0DeC0Dec0dEc0DEC0DEC0DEC0DEC0dE";
const managedErrors = parseAbi(["error AccessManagedUnauthorized(address caller)"]);

type Entry = { readonly signature: string; readonly data: Hex };
type Finding = { readonly contract: string; readonly signature: string; readonly problem: string };

const contracts = (await deployables()).filter(({ abi }) => abi.some(({ type }) => type !== "error"));
const connection = await hre.network.create({ network: "default", override: { allowUnlimitedContractSize: true } });
const request = <result>(method: string, params: readonly unknown[]): Promise<result> =>
  connection.provider.request({ method, params: [...params] }) as Promise<result>;
const authority = await deployAuthority();

const findings: Finding[] = [];
for (const contract of contracts) findings.push(...(await walk(contract)));
for (const name of Object.keys(functions).filter((declared) => !contracts.some(({ name }) => name === declared))) {
  console.log(`${name} is declared but not in the build yet`);
}
await connection.close();

print(
  ["contract", "functions", "open", "one contract's", "a role's"],
  contracts.map((contract) => {
    const declared = entries(contract).map(({ signature }) => functions[contract.name]?.[signature]);
    const count = (kind: (access: Access) => boolean) => declared.filter((access) => access && kind(access)).length;
    return [
      ...[contract.name, declared.length],
      count((access) => typeof access === "object" && "open" in access),
      count((access) => typeof access === "object" && "only" in access),
      count((access) => typeof access === "string"),
    ];
  }),
);
for (const { contract, signature, problem } of findings) console.error(`${contract}.${signature}: ${problem}`);
if (findings.length > 0) console.error("Declare it in scripts/deploy/roles.ts, or mend the contract.");
process.exitCode = findings.length === 0 && contracts.length > 0 ? 0 : 1;

async function walk(contract: Contract): Promise<readonly Finding[]> {
  const { name } = contract;
  const declared = functions[name] ?? {};
  const found = entries(contract);
  await place(contract);
  const problems: Finding[] = [];
  for (const entry of found) {
    const access = declared[entry.signature];
    const problem = access ? await tryAsStranger(contract, entry, access) : "it is not declared";
    if (problem) problems.push({ contract: name, signature: entry.signature, problem });
  }
  const gone = Object.keys(declared).filter((signature) => !found.some((entry) => entry.signature === signature));
  return [...problems, ...gone.map((signature) => ({ contract: name, signature, problem: "declared, but not there" }))];
}

/** What contradicts the declaration, if anything does. */
async function tryAsStranger(contract: Contract, { data }: Entry, access: Access): Promise<string | undefined> {
  const error = await revertOf(contract, data);
  if (typeof access === "string") {
    return error === "AccessManagedUnauthorized" ? undefined : `declared ${access}'s, but a stranger gets ${error}`;
  }
  if ("only" in access) return error === access.error ? undefined : `should refuse with ${access.error}, not ${error}`;
  return error === "AccessManagedUnauthorized" ? "declared open, but it is restricted" : undefined;
}

async function revertOf({ abi }: Contract, data: Hex): Promise<string> {
  try {
    await request("eth_call", [{ from: STRANGER, to: AT, data }, "latest"]);
    return "through";
  } catch (error) {
    const raw = (error as { data?: Hex }).data ?? "0x";
    if (raw.length < 10) return "no named error";
    try {
      return decodeErrorResult({ abi: [...abi, ...managedErrors], data: raw }).errorName;
    } catch {
      return `an unknown error ${raw.slice(0, 10)}`;
    }
  }
}

async function place({ runtime, storage }: Contract): Promise<void> {
  await request("hardhat_setCode", [AT, runtime.replace(/__\$[0-9a-f]{34}\$__/g, "0".repeat(40))]);
  const variable = storage.find(({ name }) => name === "_authority");
  if (!variable) return;
  const word = pad(numberToHex(BigInt(authority) << (8n * BigInt(variable.offset))), { size: 32 });
  await request("hardhat_setStorageAt", [AT, numberToHex(variable.slot), word]);
}

function entries({ abi }: Contract): readonly Entry[] {
  return abi.flatMap((item): readonly Entry[] => {
    if (item.type === "receive") return [{ signature: "receive()", data: "0x" }];
    if (item.type === "fallback") return [{ signature: "fallback()", data: "0x" }];
    if (item.type !== "function" || item.stateMutability === "view" || item.stateMutability === "pure") return [];
    return [{ signature: toFunctionSignature(item).replace(/^function /, ""), data: encode(item) }];
  });
}

function encode(item: AbiFunction): Hex {
  return encodeFunctionData({ abi: [item], functionName: item.name, args: item.inputs.map(plain) });
}

/** The plainest value of a type: 0, empty, or made of such. */
function plain(parameter: AbiParameter): unknown {
  const { type } = parameter;
  const array = type.match(/^(.*)\[(\d*)\]$/);
  if (array) {
    return Array.from({ length: Number(array[2] || 0) }, () => plain({ ...parameter, type: array[1] as string }));
  }
  if (type === "tuple") return (parameter as { components: readonly AbiParameter[] }).components.map(plain);
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type === "bytes") return "0x";
  if (type === "address") return numberToHex(0, { size: 20 });
  const fixed = type.match(/^bytes(\d+)$/);
  if (fixed) return numberToHex(0, { size: Number(fixed[1]) });
  return Number(type.match(/\d+/)?.[0]) <= 48 ? 0 : 0n;
}

async function deployAuthority(): Promise<Address> {
  const { abi, bytecode } = await openZeppelin("AccessManager");
  const [from] = await request<Address[]>("eth_accounts", []);
  const data = encodeDeployData({ abi, bytecode, args: [from] });
  const hash = await request<Hex>("eth_sendTransaction", [{ from, data, gas: numberToHex(8_000_000) }]);
  return (await request<{ contractAddress: Address }>("eth_getTransactionReceipt", [hash])).contractAddress;
}
