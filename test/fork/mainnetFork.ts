import { rm } from "node:fs/promises";
import path from "node:path";
import { type Provider, type ServedReplica, startReplica } from "@millrace/replica";
import hre from "hardhat";

/** A fork of Ethereum mainnet, or of its replica, at one block. Tests cannot tell which. */
export type Fork = {
  readonly connection: Awaited<ReturnType<typeof openFork>>;
  readonly close: () => Promise<void>;
};
export type Tier = {
  readonly name: string;
  /** Why this tier does not run, where it does not. */
  readonly skip: string | false;
  readonly open: () => Promise<Fork>;
};
type Live = { readonly url: string; readonly block: string | undefined };

const MAINNET = 1;
// A block this deep is final in practice, so EDR keeps what it reads of it between runs.
const DEPTH = 64;
const TIMEOUT = 20_000;

/**
 * Where the fork suite runs: on the replica always, on mainnet when `MAINNET_RPC_URL` names a node. `MAINNET_BLOCK` pins
 * the block; without it the one 64 below the node's newest is taken.
 */
export function mainnetFork({ MAINNET_RPC_URL: url, MAINNET_BLOCK: block }: NodeJS.ProcessEnv): readonly Tier[] {
  const skip = url ? false : "MAINNET_RPC_URL is not set";
  return [
    { name: "the replica", skip: false, open: forkReplica },
    { name: "mainnet", skip, open: () => forkMainnet({ url: url ?? "", block }) },
  ];
}

async function forkReplica(): Promise<Fork> {
  return await forkServed(await startReplica({ chainId: MAINNET, serve: true, with: ["permit2"] }));
}

/** The replica is forked as mainnet is, through a URL and at a block, so that both tiers run the same code. */
export async function forkServed(replica: ServedReplica): Promise<Fork> {
  const block = await blockNumberOf(replica.provider);
  await replica.provider.request({ method: "hardhat_mine", params: [`0x${DEPTH.toString(16)}`] });
  await forget(replica.url);
  const connection = await openFork(replica.url, block);
  const close = async () => {
    await connection.close();
    await replica.close();
    await forget(replica.url);
  };
  return { connection, close };
}

export async function forkMainnet({ url, block }: Live): Promise<Fork> {
  const chainId = Number(await ask(url, "eth_chainId"));
  if (chainId !== MAINNET)
    throw new Error(`MAINNET_RPC_URL is a node of chain ${chainId}; Ethereum mainnet is ${MAINNET}.`);
  const newest = Number(await ask(url, "eth_blockNumber"));
  const pinned = block === undefined ? newest - DEPTH : Number(block);
  if (!Number.isSafeInteger(pinned) || pinned < 1 || pinned > newest)
    throw new Error(`MAINNET_BLOCK must be a block number up to the node's newest, ${newest}; it is ${block}.`);
  console.log(`Forking mainnet at MAINNET_BLOCK=${pinned}`);
  const connection = await openFork(url, pinned);
  return { connection, close: () => connection.close() };
}

function openFork(url: string, blockNumber: number) {
  const override = { forking: { url, blockNumber } };
  return hre.network.create({ network: "mainnetReplica", override });
}

/** The URL may carry a key: no message shows it. */
async function ask(url: string, method: string): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [] });
  const request = { method: "POST", body, headers: { "content-type": "application/json" } };
  let answer: { readonly result?: unknown; readonly error?: { readonly message?: string } };
  try {
    answer = (await (await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT) })).json()) as typeof answer;
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string; message?: string } };
    throw new Error(`MAINNET_RPC_URL does not answer as an Ethereum node: ${cause?.code ?? cause?.message ?? name}.`);
  }
  if (answer.result === undefined)
    throw new Error(`MAINNET_RPC_URL does not answer ${method}: ${answer.error?.message ?? "no result"}.`);
  return answer.result;
}

async function blockNumberOf(provider: Provider): Promise<number> {
  return Number(await provider.request({ method: "eth_blockNumber" }));
}

/** EDR keeps what it reads by host and port: of a node on this machine, the next chain on the port would not be read. */
export async function forget(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const kept = path.join(hre.config.paths.cache, "edr-fork-cache/rpc_cache/v2", `${hostname}_${port}`);
  await rm(kept, { recursive: true, force: true });
}
