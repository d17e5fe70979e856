import type { Address } from "viem";
import { getStake as abi, code } from "../abis/StakeLens.ts";
import type { Result } from "../core/call.ts";
import { type ReadClient, type ReadOptions, readLens } from "../core/read.ts";

/** What an account has staked, locked, earned and asked back, and where its votes go. */
export type Stake = Result<typeof abi>;

/**
 * Reads everything about an account's stake at one block, in one `eth_call`.
 *
 * @example
 * const { staked, claimable, waiting } = await getStake(client, { staking, owner });
 */
export function getStake(client: ReadClient, { staking, owner, ...options }: getStake.Parameters): Promise<Stake> {
  return readLens(client, abi, code, [staking, owner], options);
}

export declare namespace getStake {
  type Parameters = {
    staking: Address;
    owner: Address;
  } & ReadOptions;
}
