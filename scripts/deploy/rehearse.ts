import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, numberToHex, parseEther } from "viem";
import type { Parameters } from "./parameters.ts";
import { perform } from "./perform.ts";

const PLENTY = parseEther("1000000");

/** What a deployment took when it was tried. */
export type Rehearsal = { readonly transactions: number; readonly gas: bigint };

type Options = {
  readonly hre: HardhatRuntimeEnvironment;
  readonly connection: NetworkConnection;
  readonly parameters: Parameters;
  readonly signer: Address;
  /** The journal of a run to go on with. */
  readonly folder?: string;
};

/**
 * Deploys onto a fork of the chain, in this process, as the account that will sign, and checks the result: what would
 * fail fails here first, and costs nothing. A journal is continued in a copy.
 */
export async function rehearse(options: Options): Promise<Rehearsal> {
  const tip = await options.connection.viem.getPublicClient().then((client) => client.getBlockNumber());
  if (options.folder !== undefined) return await rehearseAt(options, tip);
  // Where no reorganisation reaches, answers are kept: hundreds of requests instead of thousands. But what has just
  // happened is not there yet, such as the payment that lets the signer deploy.
  return await rehearseAt(options).catch(() => rehearseAt(options, tip));
}

/** @param at a block; without it, the newest that no reorganisation reaches */
async function rehearseAt({ hre, connection, parameters, signer, folder }: Options, at?: bigint): Promise<Rehearsal> {
  if (connection.networkConfig.type !== "http") throw new Error("Only a chain with a URL can be forked.");
  const client = await connection.viem.getPublicClient();
  const { timestamp } = await client.getBlock();
  const url = await connection.networkConfig.url.getUrl();
  const fork = await hre.network.create({
    network: "default",
    override: {
      chainId: parameters.chainId,
      forking: { url, ...(at === undefined ? {} : { blockNumber: Number(at) }) },
      // A chain whose clock was moved ahead stays ahead.
      initialDate: new Date(Math.max(Date.now(), Number(timestamp + 1n) * 1_000)),
    },
  });
  const copy = await mkdtemp(path.join(tmpdir(), "millrace-rehearsal-"));
  try {
    if (folder !== undefined) await cp(folder, copy, { recursive: true });
    await fork.provider.request({ method: "hardhat_impersonateAccount", params: [signer] });
    // What it costs is found out here; whether the signer has that much is asked afterwards.
    await fork.provider.request({ method: "hardhat_setBalance", params: [signer, numberToHex(PLENTY)] });
    const first = (await fork.viem.getPublicClient().then((forked) => forked.getBlockNumber())) + 1n;
    await perform({ hre, connection: fork, parameters, signer, folder: copy });
    return await costs(fork, first);
  } finally {
    await fork.close();
    await rm(copy, { recursive: true, force: true });
  }
}

async function costs(fork: NetworkConnection, first: bigint): Promise<Rehearsal> {
  const client = await fork.viem.getPublicClient();
  const last = await client.getBlockNumber();
  let gas = 0n;
  let transactions = 0;
  for (let blockNumber = first; blockNumber <= last; blockNumber += 1n) {
    const block = await client.getBlock({ blockNumber });
    gas += block.gasUsed;
    transactions += block.transactions.length;
  }
  return { transactions, gas };
}
