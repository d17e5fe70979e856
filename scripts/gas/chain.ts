import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type ReplicaOptions, startReplica } from "@millrace/replica";
import hre from "hardhat";
import {
  type Abi,
  type Address,
  type ContractConstructorArgs,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  hexToBigInt,
  type TransactionReceipt,
  toHex,
} from "viem";

type Code = { readonly abi: Abi; readonly bytecode: Hex };
type Mutability = "payable" | "nonpayable";
type Call<abi extends Abi, name extends ContractFunctionName<abi>> = {
  readonly to: Address;
  readonly abi: abi;
  readonly functionName: name;
  readonly args: ContractFunctionArgs<abi, "pure" | "view" | Mutability, name>;
};
type Protocols = Pick<ReplicaOptions, "aave" | "with">;
type Receipt = Pick<TransactionReceipt, "logs"> & { readonly gasUsed: number; readonly timestamp: bigint };

/** A fresh chain on which each call is a transaction in a block of its own, at a second that is the same in every run. */
export type Chain = {
  readonly accounts: readonly Address[];
  /** Deploys a contract of the build by its name, or any other code. */
  readonly deploy: (contract: string | Code, args?: readonly unknown[]) => Promise<Address>;
  readonly send: <const abi extends Abi, name extends ContractFunctionName<abi, Mutability>>(
    call: Call<abi, name> & { readonly from?: Address },
  ) => Promise<Receipt>;
  readonly read: <const abi extends Abi, name extends ContractFunctionName<abi, "pure" | "view">>(
    call: Call<abi, name>,
  ) => Promise<ContractFunctionReturnType<abi, "pure" | "view", name>>;
  readonly raw: <result>(method: string, params: readonly unknown[]) => Promise<result>;
  /** Lets seconds pass before the next transaction. */
  readonly wait: (seconds: bigint) => void;
  readonly now: () => bigint;
  readonly close: () => Promise<void>;
};

export const DAY = 86_400n;
const BLOCK = 12n;
/** Under the cap of a transaction (EIP-7825); an estimate would be a second run of each. */
const GAS_LIMIT = toHex(16_000_000);
const START = new Date("2026-01-01T00:00:00Z");
const require = createRequire(import.meta.url);

/** @param protocols puts the genuine ones on it, at their mainnet addresses. */
export async function createChain(protocols?: Protocols): Promise<Chain> {
  const connection = await hre.network.create({ network: "default", override: { initialDate: START } });
  const { provider } = connection;
  const raw = async <result>(method: string, params: readonly unknown[]): Promise<result> =>
    (await provider.request({ method, params: [...params] })) as result;
  const accounts = await raw<Address[]>("eth_accounts", []);
  if (protocols) await startReplica({ ...protocols, connection });
  const { timestamp } = await raw<{ timestamp: Hex }>("eth_getBlockByNumber", ["latest", false]);
  let time = hexToBigInt(timestamp) + BLOCK;

  const mine = async (transaction: { readonly from: Address; readonly to?: Address; readonly data: Hex }) => {
    await raw("evm_setNextBlockTimestamp", [toHex(time)]);
    const timestamp = time;
    time += BLOCK;
    const hash = await raw<Hex>("eth_sendTransaction", [{ ...transaction, gas: GAS_LIMIT }]);
    const receipt = await raw<Pick<TransactionReceipt, "logs" | "contractAddress"> & { gasUsed: Hex }>(
      "eth_getTransactionReceipt",
      [hash],
    );
    return { ...receipt, gasUsed: Number(hexToBigInt(receipt.gasUsed)), timestamp };
  };
  return {
    accounts,
    raw,
    now: () => time,
    wait: (seconds) => {
      time += seconds - BLOCK;
    },
    deploy: async (contract, args = []) => {
      const { abi, bytecode } = typeof contract === "string" ? await hre.artifacts.readArtifact(contract) : contract;
      const parameters = { abi: abi as Abi, bytecode: bytecode as Hex, args } as const;
      const data = encodeDeployData(parameters as { abi: Abi; bytecode: Hex; args: ContractConstructorArgs<Abi> });
      const { contractAddress } = await mine({ from: accounts[0] as Address, data });
      return contractAddress as Address;
    },
    send: ({ to, from = accounts[0] as Address, ...call }) =>
      mine({ from, to, data: encodeFunctionData(call as Parameters<typeof encodeFunctionData>[0]) }),
    read: async ({ to, ...call }) => {
      const data = encodeFunctionData(call as Parameters<typeof encodeFunctionData>[0]);
      const result = await raw<Hex>("eth_call", [{ to, data }, "latest"]);
      return decodeFunctionResult({ ...call, data: result } as Parameters<typeof decodeFunctionResult>[0]) as never;
    },
    close: () => connection.close(),
  };
}

/** A contract as OpenZeppelin publishes it. */
export async function openZeppelin(contract: string): Promise<Code> {
  const file = require.resolve(`@openzeppelin/contracts/build/contracts/${contract}.json`);
  return JSON.parse(await readFile(file, "utf8")) as Code;
}
