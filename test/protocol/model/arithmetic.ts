/** Integer arithmetic as the specification states it: each division says its direction. */

export const down = (x: bigint, y: bigint, d: bigint): bigint => (x * y) / d;
export const up = (x: bigint, y: bigint, d: bigint): bigint => (x * y + d - 1n) / d;
export const min = (first: bigint, ...rest: readonly bigint[]): bigint => {
  let least = first;
  for (const value of rest) if (value < least) least = value;
  return least;
};
export const max = (first: bigint, ...rest: readonly bigint[]): bigint => {
  let most = first;
  for (const value of rest) if (value > most) most = value;
  return most;
};
/** `x − y`, or 0. */
export const over = (x: bigint, y: bigint): bigint => (x > y ? x - y : 0n);
/** Largest unsigned integer of that many bits. */
export const bits = (count: bigint): bigint => 2n ** count - 1n;

/** What a call of the model ends with where the contracts revert; the name of their error. */
export type Refusal = Error & { readonly refusal: string };

export function refuse(refusal: string): never {
  throw Object.assign(new Error(refusal), { refusal });
}

export function must(condition: boolean, refusal: string): void {
  if (!condition) refuse(refusal);
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && "refusal" in error;
}
