import type { Address } from "viem";
import { allowance, balanceOf } from "../abis/MillToken.ts";
import {
  asset,
  claimable,
  delegates,
  lockOf,
  requestCount,
  requestOf,
  splitOf,
  stakeOf,
  totalWeight,
  weightOf,
} from "../abis/VoteStaking.ts";
import type { Result } from "../core/call.ts";
import { answer, element, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";

/** What an account has staked, locked, earned and asked back, and where its votes go. In token wei and seconds. */
export type Stake = {
  /** Of the block. */
  readonly timestamp: bigint;
  readonly staked: bigint;
  readonly lockDuration: bigint;
  /** Of rewards; at most twice what is staked. */
  readonly weight: bigint;
  readonly totalWeight: bigint;
  readonly claimable: bigint;
  /** Gets the votes; the zero address when nobody does or they are split. */
  readonly delegatee: Address;
  /** Not staked. */
  readonly tokenBalance: bigint;
  /** Tokens that the staking contract may take. */
  readonly allowance: bigint;
  /** How the votes are split, if they are. */
  readonly parts: Result<typeof splitOf>;
  /** What was asked back and not yet paid, oldest first. */
  readonly waiting: readonly { readonly requestId: bigint; readonly assets: bigint; readonly readyAt: bigint }[];
};

const REQUESTS = 10;

/**
 * Reads everything about an account's stake at one block, in one `eth_call`.
 *
 * @example
 * const { staked, claimable, waiting } = await getStake(client, { staking, owner });
 */
export async function getStake(
  client: ReadClient,
  { staking, owner, ...options }: getStake.Parameters,
): Promise<Stake> {
  const steps = [
    [asset, staking, []],
    [stakeOf, staking, [owner]],
    [lockOf, staking, [owner]],
    [weightOf, staking, [owner]],
    [totalWeight, staking, []],
    [claimable, staking, [owner]],
    [delegates, staking, [owner]],
    [balanceOf, answer(0), [owner]],
    [allowance, answer(0), [owner, staking]],
    [splitOf, staking, [owner]],
    [requestCount, staking, [owner]],
  ] as const;
  const each = [[requestOf, staking, [owner, BigInt(element())]]] as const;
  const repeat = { list: REQUESTS, stride: 0, steps: each };
  const { timestamp, answers, rounds } = await readLens(client, steps, options, repeat);
  const [, staked, lockDuration, weight, total, earned, delegatee, tokenBalance, approved, parts] = answers;
  return {
    timestamp,
    staked,
    lockDuration,
    weight,
    totalWeight: total,
    claimable: earned,
    delegatee,
    tokenBalance,
    allowance: approved,
    parts,
    // One that was paid answers zeros.
    waiting: rounds
      .map(([{ assets, readyAt } = { assets: 0n, readyAt: 0 }], id) => ({
        requestId: BigInt(id),
        assets,
        readyAt: BigInt(readyAt),
      }))
      .filter(({ assets }) => assets > 0n),
  };
}

export declare namespace getStake {
  type Parameters = {
    staking: Address;
    owner: Address;
  } & ReadOptions;
}
