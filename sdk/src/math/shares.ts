import { mulDiv, type Rounding } from "./integers.ts";

/** Price of one share of an empty vault, 1e18. */
export const PAR: bigint = 10n ** 18n;

/** What a price is made of. `getVault` reads them, {@link accrueTo} brings them up to another second. */
export type Supply = {
  /** Assets that the shares are worth, in asset wei. */
  readonly totalAssets: bigint;
  /** In share wei. */
  readonly totalSupply: bigint;
  readonly assetDecimals: number;
};

/**
 * Computes how many shares assets are worth. Minting rounds down, burning up: both in the vault's favour.
 *
 * @example
 * const shares = toShares({ totalAssets: 1_000n, totalSupply: 10n ** 15n, assetDecimals: 6 }, 5n, "down");
 */
export function toShares(supply: Supply, assets: bigint, rounding: Rounding): bigint {
  return mulDiv(assets, supply.totalSupply + virtualShares(supply), supply.totalAssets + 1n, rounding);
}

/**
 * Computes how many assets shares are worth. Paying rounds down, charging up: both in the vault's favour.
 *
 * @example
 * const assets = toAssets({ totalAssets: 1_000n, totalSupply: 10n ** 15n, assetDecimals: 6 }, 10n ** 18n, "down");
 */
export function toAssets(supply: Supply, shares: bigint, rounding: Rounding): bigint {
  return mulDiv(shares, supply.totalAssets + 1n, supply.totalSupply + virtualShares(supply), rounding);
}

/**
 * Computes the price of a share, rounded down: 1e18 is par, for every asset.
 *
 * @example
 * const pps = pricePerShare({ totalAssets: 1_000n, totalSupply: 10n ** 15n, assetDecimals: 6 });
 */
export function pricePerShare(supply: Supply): bigint {
  const virtual = virtualShares(supply);
  return ((supply.totalAssets + 1n) * PAR * virtual) / (supply.totalSupply + virtual);
}

/**
 * Computes the assets at which the price would be `mark`, rounded down: what is above them counts as gain.
 *
 * @example
 * const assets = assetsAt({ totalSupply: 10n ** 15n, assetDecimals: 6 }, 10n ** 18n);
 */
export function assetsAt(supply: Pick<Supply, "totalSupply" | "assetDecimals">, mark: bigint): bigint {
  const virtual = virtualShares(supply);
  return mulDiv(mark, supply.totalSupply + virtual, PAR * virtual, "down");
}

/** @internal Shares that nobody owns: they make up the digits that the asset lacks. */
export function virtualShares({ assetDecimals }: Pick<Supply, "assetDecimals">): bigint {
  return 10n ** BigInt(18 - assetDecimals);
}
