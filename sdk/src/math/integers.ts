/** Which way a division rounds. */
export type Rounding = "down" | "up";

/** @internal Of two that are not negative. */
export function mulDiv(one: bigint, other: bigint, divisor: bigint, rounding: Rounding): bigint {
  const product = one * other;
  return rounding === "up" && product % divisor > 0n ? product / divisor + 1n : product / divisor;
}

/** @internal */
export function min(first: bigint, ...rest: readonly bigint[]): bigint {
  let least = first;
  for (const value of rest) if (value < least) least = value;
  return least;
}

/** @internal */
export function max(first: bigint, ...rest: readonly bigint[]): bigint {
  let most = first;
  for (const value of rest) if (value > most) most = value;
  return most;
}
