import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  type Client,
  createClient,
  custom,
  getAddress,
  type Hash,
  type Hex,
  type TransactionReceipt,
  type Transport,
} from "viem";
import { deployContract, getBlock, getTransactionReceipt } from "viem/actions";
import { hardhat } from "viem/chains";

/** What an app has: a client that reads and sends for one account. */
export type Wallet = Client<Transport, Chain, Account>;
type Artifact = { readonly abi: Abi; readonly bytecode: Hex };

const root = path.resolve(import.meta.dirname, "../..");
const files = globSync(["artifacts/**/*.sol/*.json"], { cwd: root });
// Without artifacts: a chain that reads them, to explain reverts, takes seconds to start.
const hre = await createHardhatRuntimeEnvironment(
  {
    networks: { default: { type: "edr-simulated", chainType: "l1", chainId: 31_337 } },
    paths: { artifacts: "cache/none" },
  },
  {},
  path.join(root, "sdk"),
);

/** A chain in this process. Nothing listens, nothing is retried. */
export async function startChain() {
  const connection = await hre.network.create();
  const transport = custom(connection.provider, { retryCount: 0 });
  const request = (method: string, params: readonly unknown[] = []) => connection.provider.request({ method, params });
  const addresses = (await request("eth_accounts")) as Address[];
  const wallets: readonly Wallet[] = addresses.map((account) =>
    createClient({ account: getAddress(account), chain: hardhat, transport }),
  );
  const client = createClient({ chain: hardhat, transport });
  return {
    client,
    request,
    wallet: (index: number): Wallet => wallets[index] as Wallet,
    /** Deploys what the build made, by its name. */
    deploy: async (name: string, args: readonly unknown[] = []): Promise<Address> => {
      const hash = await deployContract(wallets[0] as Wallet, { ...artifact(name), args });
      const { contractAddress } = await getTransactionReceipt(client, { hash });
      return getAddress(contractAddress as Address);
    },
    /** The receipt of what a write sent. */
    receipt: async (hash: Hash | Promise<Hash>): Promise<TransactionReceipt> =>
      getTransactionReceipt(client, { hash: await hash }),
    now: async () => (await getBlock(client)).timestamp,
    /** Mines a block at a later time. */
    travel: async (seconds: bigint) => {
      await request("evm_increaseTime", [Number(seconds)]);
      await request("evm_mine");
    },
    stop: () => connection.close(),
  };
}

export type TestChain = Awaited<ReturnType<typeof startChain>>;

export function artifact(name: string): Artifact {
  const file = files.find((candidate) => path.basename(candidate) === `${name}.json`);
  if (!file) throw new Error(`The build made no ${name}.`);
  return JSON.parse(readFileSync(path.join(root, file), "utf8"));
}
