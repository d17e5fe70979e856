const YEAR = 365 * 86_400;

/** A share price at a second. */
export type PricePoint = {
  /** 1e18 is par. */
  readonly pps: bigint;
  /** In seconds. */
  readonly timestamp: bigint;
};

/**
 * Computes the yearly yield that two share prices tell, compounded, as a fraction: 0.05 is 5 %. This is what DeFi Llama
 * calls `apyBase` (there in percent): what every holder got, after fees, without boosts.
 *
 * @example
 * const apy = apyBetween({ pps: 10n ** 18n, timestamp: 0n }, { pps: 1_010n * 10n ** 15n, timestamp: 2_592_000n });
 */
export function apyBetween(from: PricePoint, to: PricePoint): number {
  const seconds = Number(to.timestamp - from.timestamp);
  if (seconds <= 0 || from.pps <= 0n) return 0;
  // The quotient is taken in integers: as numbers, two prices a second apart would lose the digits that differ.
  const growth = Number(((to.pps - from.pps) * 10n ** 18n) / from.pps) / 1e18;
  return Math.expm1((Math.log1p(growth) * YEAR) / seconds);
}
