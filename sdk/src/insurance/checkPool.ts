import type { Address } from "viem";
import { getBlock, getLogs } from "viem/actions";
import { books, checkInvariants, liveOf, modules, totalSupply } from "../abis/UnderwritingPool.ts";
import type { ReadClient } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";
import { type ReplayedBooks, replayPool } from "./replayPool.ts";

/**
 * Rebuilds a pool's books from its events and compares them with the chain's at one block. `differences` names what is not
 * equal to the wei, and is empty if the pool did what it said; `brokenInvariants` is the pool's own check.
 *
 * @example
 * const { differences, replayed } = await checkPool(client, { pool, fromBlock: 20_000_000n });
 * if (differences.length > 0) console.error(differences, replayed);
 */
export async function checkPool(
  client: ReadClient,
  { pool, fromBlock, toBlock, maxBlocks }: checkPool.Parameters,
): Promise<{
  readonly replayed: ReplayedBooks;
  readonly differences: readonly string[];
  readonly brokenInvariants: bigint;
}> {
  const block = await getBlock(client, toBlock === undefined ? {} : { blockNumber: toBlock });
  const last = block.number ?? 0n;
  const at = { blockNumber: last };
  const ofProducts = [0, 1, 2, 3, 4, 5, 6, 7].map((product) => [liveOf, pool, [product]] as const);
  const head = [
    [modules, pool, []],
    [books, pool, []],
    [totalSupply, pool, []],
    [checkInvariants, pool, []],
  ] as const;
  const [[{ manager }, now, supply, brokenInvariants], live] = await Promise.all([
    readMany(client, head, at),
    readMany(client, ofProducts, at),
  ]);
  const span = maxBlocks ?? last - fromBlock + 1n;
  const pages = [];
  for (let start = fromBlock; start <= last; start += span) {
    const end = start + span - 1n;
    const range = { fromBlock: start, toBlock: end < last ? end : last };
    pages.push(...(await getLogs(client, { address: [pool, manager], ...range })));
  }
  const numbers = [...new Set(pages.map(({ blockNumber }) => blockNumber))];
  const blocks = await Promise.all(numbers.map((blockNumber) => getBlock(client, { blockNumber })));
  const seconds = new Map(blocks.map(({ number, timestamp }) => [number, timestamp]));
  const logs = pages.map((log) => ({ ...log, timestamp: seconds.get(log.blockNumber) ?? 0n }));
  const replayed = replayPool(logs, { pool, coverManager: manager, at: block.timestamp });
  const found: Omit<ReplayedBooks, "liveOf"> = { ...now, time: BigInt(now.accruedAt), supply };
  const differences = [
    ...(Object.keys(replayed) as (keyof ReplayedBooks)[]).filter(
      (key) => key !== "liveOf" && replayed[key] !== found[key],
    ),
    ...live.flatMap((amount, product) => (amount === replayed.liveOf[product] ? [] : [`liveOf ${product}`])),
  ];
  return { replayed, differences, brokenInvariants };
}

export declare namespace checkPool {
  type Parameters = {
    pool: Address;
    /** The pool's deployment, or before. */
    fromBlock: bigint;
    /** The latest, if not given. */
    toBlock?: bigint;
    /** Nodes bound how many blocks one request may span. */
    maxBlocks?: bigint;
  };
}
