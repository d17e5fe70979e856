import { network } from "hardhat";
import {
  type Account,
  type Address,
  type Chain,
  type Client,
  createClient,
  custom,
  getAddress,
  type Hash,
  type TransactionReceipt,
  type Transport,
} from "viem";
import { getBlock, getTransactionReceipt, mine, setNextBlockTimestamp } from "viem/actions";
import { hardhat } from "viem/chains";

/** What an app has: a client that reads and sends for one account. */
export type Wallet = Client<Transport, Chain, Account>;

/** A chain in this process. Nothing listens, nothing is retried. */
export async function startChain() {
  const connection = await network.create();
  const transport = custom(connection.provider, { retryCount: 0 });
  const addresses = (await connection.provider.request({ method: "eth_accounts" })) as Address[];
  const wallets: readonly Wallet[] = addresses.map((account) =>
    createClient({ account: getAddress(account), chain: hardhat, transport }),
  );
  const client = createClient({ chain: hardhat, transport });
  return {
    connection,
    client,
    wallets,
    /** A sender out of a destructured list. */
    wallet: (index: number): Wallet => wallets[index] as Wallet,
    deploy: connection.viem.deployContract,
    /** The receipt of what a write sent. */
    receipt: async (hash: Hash | Promise<Hash>): Promise<TransactionReceipt> =>
      getTransactionReceipt(client, { hash: await hash }),
    now: async () => (await getBlock(client)).timestamp,
    /** Mines a block at a later time. */
    travel: async (seconds: bigint) => {
      const test = { ...client, mode: "hardhat" } as never;
      await setNextBlockTimestamp(test, { timestamp: (await getBlock(client)).timestamp + seconds });
      await mine(test, { blocks: 1 });
    },
    stop: () => connection.close(),
  };
}

export type TestChain = Awaited<ReturnType<typeof startChain>>;
