import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, type Hash, type Hex, slice, toEventSelector } from "viem";
import { Problem } from "./Problem.ts";
import { isLocal } from "./signer.ts";

/** What Ignition wrote down, as far as it is read here. */
export type Message = {
  readonly type: string;
  readonly futureId?: string;
  readonly networkInteractionId?: number;
  readonly nonce?: number;
  readonly from?: Address;
  /** Of a call, or of a contract that was there before. */
  readonly functionName?: string;
  readonly args?: readonly unknown[];
  readonly contractAddress?: Address;
  /** Of a transaction that was sent. */
  readonly transaction?: { readonly hash: Hash };
  /** Of a transaction that was confirmed. */
  readonly hash?: Hash;
  readonly receipt?: {
    readonly blockNumber: number;
    readonly contractAddress?: Address;
    readonly logs: readonly { readonly address: Address; readonly topics?: readonly Hex[] }[];
  };
};
/** A transaction of which nobody heard whether it was sent. */
export type Lost = { readonly futureId: string; readonly nonce: number; readonly from: Address };

const FILE = "journal.jsonl";
const OUTPUTS = [FILE, "deployed_addresses.json", "addresses.json", "artifacts", "build-info"];

export async function readJournal(folder: string): Promise<readonly Message[]> {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line, toBigint) as Message);
}

/** Ignition writes an integer beyond JavaScript's as an object. */
function toBigint(_: string, value: unknown): unknown {
  const { _kind: kind, value: digits } = (value ?? {}) as { readonly _kind?: string; readonly value?: string };
  return kind === "bigint" && digits !== undefined ? BigInt(digits) : value;
}

/** Deletes what a deployment wrote; its parameters stay. */
export async function forget(folder: string): Promise<void> {
  await Promise.all(OUTPUTS.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

/**
 * Whether a journal tells of this chain: `resumes` when it does, `new` when there is none, `stale` when it tells of a
 * local chain that is gone.
 *
 * @throws {Problem} when it tells of another chain that is not local
 */
export async function journalOf(connection: NetworkConnection, folder: string): Promise<"new" | "resumes" | "stale"> {
  const journal = await readJournal(folder);
  if (journal.length === 0) return "new";
  const client = await connection.viem.getPublicClient();
  const local = isLocal(await client.getChainId());
  const confirmed = journal.find(({ type }) => type === "TRANSACTION_CONFIRM")?.hash;
  // Without a confirmed transaction there is nothing that another chain could lack.
  if (confirmed === undefined) return local ? "stale" : "resumes";
  const known = await client.getTransactionReceipt({ hash: confirmed }).catch(() => undefined);
  if (known) return "resumes";
  if (local) return "stale";
  throw new Problem(
    `deployments/${connection.networkName}/${FILE} has transaction ${confirmed}, and the chain does not: it tells of another chain, or of a block that is gone.`,
  );
}

/** The block before a deployment's first transaction. */
export function startOf(journal: readonly Message[]): bigint | undefined {
  const blocks = journal.flatMap(({ receipt }) => (receipt ? [receipt.blockNumber] : []));
  return blocks.length === 0 ? undefined : BigInt(Math.min(...blocks) - 1);
}

const MODULE_DEPLOYED = toEventSelector("ModuleDeployed(uint256,address)");

/** The block in which each contract came to be: the first that a receipt names it in, or one that says that it was made. */
export function blocksOf(journal: readonly Message[]): ReadonlyMap<string, number> {
  const blocks = new Map<string, number>();
  for (const { receipt } of journal) {
    if (!receipt) continue;
    const { blockNumber, contractAddress, logs } = receipt;
    const made = logs.flatMap(({ topics: [event, , module] = [] }) =>
      event === MODULE_DEPLOYED && module ? [slice(module, 12)] : [],
    );
    const named = [...(contractAddress ? [contractAddress] : []), ...made, ...logs.map(({ address }) => address)];
    for (const address of named.map((one) => one.toLowerCase()))
      blocks.set(address, Math.min(blockNumber, blocks.get(address) ?? blockNumber));
  }
  return blocks;
}

/** What was begun, and then nothing: not even a transaction was prepared. */
export function begunFutures(journal: readonly Message[]): readonly string[] {
  const last = new Map<string, string>();
  for (const { type, futureId } of journal) if (futureId !== undefined) last.set(futureId, type);
  return [...last].filter(([, type]) => BEGINNINGS.includes(type)).map(([futureId]) => futureId);
}

/** Those after which Ignition asks the chain something. */
const BEGINNINGS = ["DEPLOYMENT", "CALL", "STATIC_CALL", "SEND_DATA"].map(
  (kind) => `${kind}_EXECUTION_STATE_INITIALIZE`,
);

/** Transactions that were prepared, and then nothing. */
export function lostTransactions(journal: readonly Message[]): readonly Lost[] {
  const senders = new Map<string, Address>();
  const open = new Map<string, Lost>();
  for (const { type, futureId = "", networkInteractionId, nonce = 0, from } of journal) {
    const key = `${futureId} ${networkInteractionId}`;
    if (from !== undefined) senders.set(futureId, from);
    if (type === "TRANSACTION_PREPARE_SEND") open.set(key, { futureId, nonce, from: senders.get(futureId) as Address });
    if (type === "TRANSACTION_SEND" || type === "ONCHAIN_INTERACTION_REPLACED_BY_USER") open.delete(key);
    if (type === "WIPE_APPLY") for (const [other, lost] of open) if (lost.futureId === futureId) open.delete(other);
  }
  return [...open.values()];
}
