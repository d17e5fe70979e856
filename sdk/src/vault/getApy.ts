import type { Address } from "viem";
import { getBlock } from "viem/actions";
import { pps as abi } from "../abis/CompoundingVault.ts";
import { type ReadClient, read } from "../core/read.ts";
import { apyBetween, type PricePoint } from "../math/apy.ts";

/** What a vault earned between two blocks. */
export type Apy = {
  /** Yearly, compounded, after fees, as a fraction: 0.05 is 5 %. */
  readonly apy: number;
  readonly from: PricePoint;
  readonly to: PricePoint;
};

/**
 * Reads what a vault earned, as a yearly yield: DeFi Llama's `apyBase`, here as a fraction. It is what every holder got:
 * rewards are sold and reinvested, so they are in the share price and there is nothing to boost.
 *
 * @example
 * const { apy } = await getApy(client, { vault, fromBlock: 20_000_000n });
 */
export async function getApy(client: ReadClient, { vault, fromBlock, toBlock }: getApy.Parameters): Promise<Apy> {
  const [from, to] = await Promise.all([priceAt(client, vault, fromBlock), priceAt(client, vault, toBlock)]);
  return { apy: apyBetween(from, to), from, to };
}

async function priceAt(client: ReadClient, vault: Address, blockNumber: bigint | undefined): Promise<PricePoint> {
  // The price of the very block whose time is taken, the latest one too.
  const { number, timestamp } = await getBlock(client, blockNumber === undefined ? {} : { blockNumber });
  const pps = await read(client, abi, vault, [], { blockNumber: number ?? undefined });
  return { pps, timestamp };
}

export declare namespace getApy {
  type Parameters = {
    vault: Address;
    /** A week ago is usual. The node must still have its state. */
    fromBlock: bigint;
    /** The latest block if it is left out. */
    toBlock?: bigint;
  };
}
