import { type Address, type Hex, pad } from "viem";
import { maxAllocate, maxDeallocate, realAssets, riskIds } from "../abis/Adapter.ts";
import {
  asset,
  auction,
  books,
  config,
  decimals,
  entries,
  entryMark,
  lock,
  locked,
  name,
  pps,
  riskGroup,
  symbol,
  totalAssets,
  totalAssetsFloor,
  totalSupply,
  waiting,
} from "../abis/CompoundingVault.ts";
import type { Result } from "../core/call.ts";
import { answer, element, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";

/** A bound that several adapters may share; all 0 where there is none. */
export type Risk = {
  readonly id: Hex;
  /** In asset wei. */
  readonly absoluteCap: bigint;
  /** Of all assets. */
  readonly relativeCapBps: bigint;
};

/** What a vault has in one adapter. Amounts in asset wei; what fails is 0. */
export type Allocation = {
  readonly adapter: Address;
  /** Its view fails, as the vault reads it. */
  readonly isFailing: boolean;
  readonly cap: bigint;
  readonly realAssets: bigint;
  /** Most that the market takes now. */
  readonly maxAllocate: bigint;
  /** Most that the market pays now. */
  readonly maxDeallocate: bigint;
  readonly firstRisk: Risk;
  readonly secondRisk: Risk;
};

/** A vault at one block: what it holds and where, its price, its bounds. Assets in asset wei, shares in share wei. */
export type VaultState = {
  /** Of the block. */
  readonly timestamp: bigint;
  readonly asset: Address;
  readonly assetDecimals: number;
  /**
   * An adapter's view fails: `totalAssets` is then the floor that `exit` reckons with, and the price, the lock and the mark
   * are 0.
   */
  readonly isFailing: boolean;
  readonly name: string;
  readonly symbol: string;
  readonly totalAssets: bigint;
  readonly totalSupply: bigint;
  /** Of a share, 1e18 is par. */
  readonly pps: bigint;
  /** Gains that still stream into the price. */
  readonly locked: bigint;
  /** Price whose 98 % a deposit needs, and all of it while a gain waits. */
  readonly entryMark: bigint;
  readonly auction: Address;
  readonly books: Result<typeof books>;
  readonly lock: Result<typeof lock>;
  /** What markets had reported beyond the price at the last accrual (`books.accruedAt`), and the least NAV since something waits. */
  readonly waiting: Result<typeof waiting>;
  readonly config: Result<typeof config>;
  readonly allocations: readonly Allocation[];
};

const ENTRIES = 15;
const ENTRY_WORDS = 3;

/**
 * Reads everything about a vault at one block, in one `eth_call`. A broken market does not make it fail: `isFailing` says so.
 *
 * @example
 * const { totalAssets, pps, allocations } = await getVault(client, { vault });
 */
export async function getVault(client: ReadClient, { vault, ...options }: getVault.Parameters): Promise<VaultState> {
  const steps = [
    [asset, vault, []],
    [decimals, answer(0), []],
    [totalAssets, vault, [], true],
    [totalAssetsFloor, vault, []],
    [pps, vault, [], true],
    [locked, vault, [], true],
    [entryMark, vault, [], true],
    [name, vault, []],
    [symbol, vault, []],
    [totalSupply, vault, []],
    [auction, vault, []],
    [books, vault, []],
    [lock, vault, []],
    [config, vault, []],
    [waiting, vault, []],
    [entries, vault, []],
  ] as const;
  const adapter = element();
  const ids = steps.length;
  const each = [
    [riskIds, adapter, []],
    [realAssets, adapter, []],
    [maxAllocate, adapter, []],
    [maxDeallocate, adapter, []],
    [riskGroup, vault, [pad(answer(ids, 0))]],
    [riskGroup, vault, [pad(answer(ids, 1))]],
  ] as const;
  const repeat = { list: ENTRIES, stride: ENTRY_WORDS, steps: each };
  const { timestamp, answers, rounds } = await readLens(client, steps, options, repeat);
  const [token, assetDecimals, total, floor, price, streaming, mark, ...rest] = answers;
  const [ownName, ownSymbol, supply, ownAuction, ownBooks, ownLock, ownConfig, ownWaiting, list] = rest;
  const isFailing = total === undefined;
  return {
    timestamp,
    asset: token,
    assetDecimals,
    isFailing,
    name: ownName,
    symbol: ownSymbol,
    totalAssets: total ?? floor,
    totalSupply: supply,
    pps: price ?? 0n,
    locked: streaming ?? 0n,
    entryMark: mark ?? 0n,
    auction: ownAuction,
    books: ownBooks,
    lock: ownLock,
    waiting: ownWaiting,
    config: ownConfig,
    allocations: list.map(({ adapter: at, cap }, index) => {
      const [risks = [], held, room, liquidity, first, second] = rounds[index] ?? [];
      return {
        adapter: at,
        isFailing: held === undefined,
        cap,
        realAssets: held ?? 0n,
        maxAllocate: room ?? 0n,
        maxDeallocate: liquidity ?? 0n,
        firstRisk: riskOf(risks[0], first),
        secondRisk: riskOf(risks[1], second),
      };
    }),
  };
}

function riskOf(id: Hex = pad("0x"), bounds: Result<typeof riskGroup> = { absoluteCap: 0n, relativeCapBps: 0 }): Risk {
  return { id, absoluteCap: bounds.absoluteCap, relativeCapBps: BigInt(bounds.relativeCapBps) };
}

export declare namespace getVault {
  type Parameters = {
    vault: Address;
  } & ReadOptions;
}
