import type { Address } from "viem";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { readPositions } from "./readPositions.ts";

/** What an account has in a vault, what it could withdraw now, and what it could still bring. */
export type Position = {
  readonly vault: Address;
  readonly asset: Address;
  readonly assetDecimals: number;
  /** Of the block. */
  readonly timestamp: bigint;
  /** In share wei. */
  readonly shares: bigint;
  /** What the shares are worth, in asset wei, rounded down; 0 while an adapter's view fails. */
  readonly assets: bigint;
  /** In asset wei. */
  readonly maxDeposit: bigint;
  /** In asset wei; less than `assets` when a market lacks liquidity. */
  readonly maxWithdraw: bigint;
  /** In share wei. */
  readonly maxRedeem: bigint;
  /** Assets outside the vault. */
  readonly assetBalance: bigint;
  /** Assets that the vault may take from the owner. */
  readonly allowance: bigint;
};

/**
 * Reads what an account has in a vault at one block, in one `eth_call`.
 *
 * @example
 * const { shares, assets, maxWithdraw } = await getPosition(client, { vault, owner });
 */
export async function getPosition(
  client: ReadClient,
  { vault, owner, ...options }: getPosition.Parameters,
): Promise<Position> {
  const [position] = await readPositions(client, [vault], owner, options);
  return position as Position;
}

export declare namespace getPosition {
  type Parameters = {
    vault: Address;
    owner: Address;
  } & ReadOptions;
}
