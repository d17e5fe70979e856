import { type ServedReplica, startReplica } from "@millrace/replica";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import {
  type Address,
  createPublicClient,
  createWalletClient,
  type Hash,
  http,
  type PublicClient,
  type TransactionReceipt,
} from "viem";
import { hardhat } from "viem/chains";
import type { Addresses } from "../deploy/addresses.ts";
import { deployTo, type Report } from "../deploy/deploy.ts";
import { Problem } from "../deploy/Problem.ts";
import type { Options } from "./options.ts";

/** In seconds. */
export const DAY = 86_400n;
const DEFAULT_PORT = 8_545;
/** What the deployment needs beside Aave and Uniswap. */
const WITH = ["permit2"] as const;

/** Who plays: positions among the chain's unlocked accounts. Parameters give 1 to 6 their roles and tokens. */
const PLAYERS = {
  deployer: 0,
  curator: 1,
  allocator: 2,
  guardian: 3,
  first: 4,
  second: 5,
  third: 6,
  depositor: 7,
  keeper: 8,
  buyer: 9,
  contributor: 10,
  underwriter: 12,
  insured: 13,
  thief: 14,
} as const;
export type Player = keyof typeof PLAYERS;

/** A chain with the protocol on it, and everyone who plays. */
export type World = {
  readonly replica: ServedReplica;
  readonly client: PublicClient;
  readonly addresses: Addresses;
  /** Where a contract of the deployment is. */
  readonly at: (name: string) => Address;
  readonly who: Readonly<Record<Player, Wallet>>;
  /** The receipt of a transaction; throws where it was reverted. */
  readonly mined: (hash: Hash) => Promise<TransactionReceipt>;
  /** Lets time pass to the second after a time. */
  readonly until: (time: bigint) => Promise<void>;
};
export type Wallet = ReturnType<typeof wallet>;

export async function startChain({ serve, port }: Options, log: (message: string) => void): Promise<ServedReplica> {
  if (!serve) return await startReplica({ serve: true, with: WITH });
  const wanted = port ?? DEFAULT_PORT;
  // One that was asked for by its number is not replaced in silence.
  const taken = (message: string): void => {
    if (port !== undefined)
      throw new Problem(`Port ${port} on 127.0.0.1 is in use: take another one, or leave --port out.`);
    log(message);
  };
  return await startReplica({ serve: { port: wanted, log: taken }, with: WITH });
}

export async function deployOn(hre: HardhatRuntimeEnvironment, replica: ServedReplica, report: Report): Promise<World> {
  const connection = await hre.network.create({ network: "replica", override: { url: replica.url } });
  const addresses = await deployTo({ hre, connection, report });
  await connection.close();
  if (!addresses) throw new Error("Only a dry run deploys nothing.");
  const client = createPublicClient({ chain: hardhat, transport: http(replica.url, { retryCount: 0 }) });
  const players = Object.entries(PLAYERS).map(([name, index]) => [name, wallet(replica, index)] as const);
  return {
    ...{ replica, client, addresses },
    at: (name) => {
      const found = addresses.contracts[name];
      if (!found) throw new Error(`Nothing was deployed as ${name}.`);
      return found.address;
    },
    who: Object.fromEntries(players) as Record<Player, Wallet>,
    mined: async (hash) => {
      const receipt = await client.getTransactionReceipt({ hash });
      if (receipt.status === "reverted") throw new Error(`Transaction ${hash} was reverted.`);
      return receipt;
    },
    until: async (time) => {
      const { timestamp } = await client.getBlock();
      if (timestamp <= time) await replica.increaseTime(time - timestamp + 1n);
    },
  };
}

function wallet({ url, accounts }: ServedReplica, index: number) {
  const account = accounts[index];
  if (!account) throw new Error(`The chain has ${accounts.length} accounts; number ${index} is missing.`);
  return createWalletClient({ account, chain: hardhat, transport: http(url, { retryCount: 0 }) });
}
