import type { Address, Hash } from "viem";
import { getLogs } from "viem/actions";
import { Deposit, Withdraw } from "../abis/CompoundingVault.ts";
import type { ReadClient } from "../core/read.ts";

/** What an account brought to a vault or took from it. */
export type HistoryEntry = {
  readonly kind: "deposit" | "withdraw";
  /** In asset wei. */
  readonly assets: bigint;
  /** In share wei. */
  readonly shares: bigint;
  readonly blockNumber: bigint;
  readonly transactionHash: Hash;
};

/**
 * Lists an account's deposits and withdrawals in a vault, oldest first. Shares that it sent or was sent are not among them.
 *
 * @example
 * const entries = await getHistory(client, { vault, owner, fromBlock: 20_000_000n });
 */
export async function getHistory(
  client: ReadClient,
  { vault: address, owner, fromBlock, toBlock }: getHistory.Parameters,
): Promise<readonly HistoryEntry[]> {
  const range = { address, args: { owner }, strict: true, fromBlock, toBlock } as const;
  const [deposits, withdrawals] = await Promise.all([
    getLogs(client, { ...range, event: Deposit }),
    getLogs(client, { ...range, event: Withdraw }),
  ]);
  return [...deposits, ...withdrawals]
    .sort((one, other) => Number(one.blockNumber - other.blockNumber) || one.logIndex - other.logIndex)
    .map(({ eventName, args: { assets, shares }, blockNumber, transactionHash }) => ({
      kind: eventName === "Deposit" ? "deposit" : "withdraw",
      assets,
      shares,
      blockNumber,
      transactionHash,
    }));
}

export declare namespace getHistory {
  type Parameters = {
    vault: Address;
    owner: Address;
    /** Nodes bound how many blocks one request may span. */
    fromBlock: bigint;
    toBlock?: bigint;
  };
}
