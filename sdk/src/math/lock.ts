import { mulDiv } from "./integers.ts";

/** Seconds over which a measured gain enters the price. */
export const LOCK_PERIOD: bigint = 10n * 86_400n;

/** Gains on their way into the price. */
export type GainLock = {
  /** Assets not released at `start`. */
  readonly locked: bigint;
  /** In seconds. */
  readonly start: bigint;
  /** In seconds: by then all of it is released. */
  readonly end: bigint;
};

/**
 * Computes what is still locked at a second, rounded up: the price is never ahead of the release.
 *
 * @example
 * const locked = lockedAt({ locked: 1_000n, start: 0n, end: 864_000n }, 86_400n);
 */
export function lockedAt({ locked, start, end }: GainLock, timestamp: bigint): bigint {
  if (timestamp >= end) return 0n;
  if (timestamp <= start) return locked;
  return mulDiv(locked, end - timestamp, end - start, "up");
}

/**
 * Computes the lock after a gain joined it: its end is the average of both ends weighted by amount, rounded down.
 *
 * @example
 * const lock = lockGain({ locked: 1_000n, start: 0n, end: 864_000n }, { gain: 100n, timestamp: 86_400n });
 */
export function lockGain(lock: GainLock, { gain, timestamp }: { gain: bigint; timestamp: bigint }): GainLock {
  const held = lockedAt(lock, timestamp);
  const left = held === 0n ? 0n : lock.end - timestamp;
  const end = gain === 0n ? lock.end : timestamp + (held * left + gain * LOCK_PERIOD) / (held + gain);
  return { locked: held + gain, start: timestamp, end };
}
