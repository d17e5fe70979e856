import type { Address } from "viem";
import { asset, decimals, name, pps, symbol, totalAssets, totalSupply } from "../abis/CompoundingVault.ts";
import { vaultCount, vaults } from "../abis/VaultFactory.ts";
import { answer, element, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";

/** A vault of the factory's. */
export type VaultSummary = {
  readonly vault: Address;
  readonly asset: Address;
  readonly name: string;
  readonly symbol: string;
  /** Of the shares: 18. */
  readonly decimals: number;
  /** Shares, in wei of them. */
  readonly totalSupply: bigint;
  /** In asset wei; `undefined` while a market's view fails, as then nobody can say. */
  readonly totalAssets: bigint | undefined;
  /** Price of a share times 1e18, 1e18 at the start whatever the decimals; `undefined` while a market's view fails. */
  readonly pps: bigint | undefined;
};

/**
 * Lists the vaults that a factory made, oldest first, at one block, in one `eth_call`. A vault with a broken market hides no
 * other.
 *
 * @example
 * const listed = await getVaults(client, { vaultFactory });
 * const open = listed.filter(({ pps }) => pps !== undefined);
 */
export async function getVaults(
  client: ReadClient,
  { vaultFactory, ...options }: getVaults.Parameters,
): Promise<readonly VaultSummary[]> {
  const steps = [
    [vaultCount, vaultFactory, []],
    [vaults, vaultFactory, [0n, BigInt(answer(0))]],
  ] as const;
  const vault = element();
  const each = [
    [asset, vault, []],
    [name, vault, []],
    [symbol, vault, []],
    [decimals, vault, []],
    [totalSupply, vault, []],
    [totalAssets, vault, []],
    [pps, vault, []],
  ] as const;
  const { answers, rounds } = await readLens(client, steps, options, { list: 1, stride: 1, steps: each });
  return answers[1].flatMap((made, index) => {
    const [takes, named, short, places, supply, held, price] = rounds[index] ?? [];
    if (takes === undefined || named === undefined || short === undefined || places === undefined) return []; // no vault
    return [
      {
        ...{ vault: made, asset: takes, name: named, symbol: short, decimals: places },
        ...{ totalSupply: supply ?? 0n, totalAssets: held, pps: price },
      },
    ];
  });
}

export declare namespace getVaults {
  type Parameters = {
    vaultFactory: Address;
  } & ReadOptions;
}
