import { createLedger, type Ledger, type Part, setDelegation, setUnits } from "./governanceVotes.ts";

/*
 Staking without rounding: rewards are fractions on a grid of 2^-512, so fine that ten thousand operations stay far below
 a wei. What is exact there is what the contract's wei are compared with.
*/
const GRID = 2n ** 512n;
const WEEK = 604_800;
const MAX_LOCK = 31_536_000n;
const MIN_WEIGHT = 10n ** 18n;
const MIN_COOLDOWN = 604_800;

type Request = { readonly assets: bigint; readonly readyAt: number };
export type Staking = {
  readonly votes: Ledger;
  readonly lock: bigint[];
  readonly requests: (Request | undefined)[][];
  /** On the grid, as everything about rewards. */
  readonly earned: bigint[];
  readonly seen: bigint[];
  index: bigint;
  at: number;
  flowing: bigint;
  queued: bigint;
};
/** What an operation came to: nothing wrong, or the name of the error. */
export type Outcome = string | undefined;

export function createStaking(accounts: number, now: number): Staking {
  const zeros = () => Array.from({ length: accounts }, () => 0n);
  return {
    ...{ votes: createLedger(accounts), lock: zeros(), earned: zeros(), seen: zeros() },
    ...{ requests: Array.from({ length: accounts }, () => []), index: 0n, at: now, flowing: 0n, queued: 0n },
  };
}

export function weightOf(staking: Staking, account: number): bigint {
  const staked = staking.votes.units[account];
  return staked + (staked * staking.lock[account]) / MAX_LOCK;
}

export function totalWeight(staking: Staking): bigint {
  return staking.lock.reduce((total, _, account) => total + weightOf(staking, account), 0n);
}

/** Rewards that are the account's now, as a fraction: [wei, grid]. */
export function claimableOf(staking: Staking, account: number, now: number): bigint {
  advance(staking, now);
  return staking.earned[account] + weightOf(staking, account) * (staking.index - staking.seen[account]);
}

export function wei(fraction: bigint): bigint {
  return fraction / GRID;
}

export function stake(
  staking: Staking,
  account: number,
  assets: bigint,
  delegatee: number | undefined,
  now: number,
): Outcome {
  if (assets === 0n) return "VoteStaking__ZeroAssets";
  if (delegatee !== undefined) delegate(staking, account, delegatee, now);
  setStake(staking, account, staking.votes.units[account] + assets, staking.lock[account], now);
}

export function lengthenLock(staking: Staking, account: number, duration: bigint, now: number): Outcome {
  if (staking.votes.units[account] === 0n) return "VoteStaking__InsufficientStake";
  if (duration <= staking.lock[account]) return "VoteStaking__LockNotLonger";
  if (duration > MAX_LOCK) return "VoteStaking__LockTooLong";
  setStake(staking, account, staking.votes.units[account], duration, now);
}

export function requestUnstake(staking: Staking, account: number, assets: bigint, now: number): Outcome {
  const staked = staking.votes.units[account];
  if (assets === 0n) return "VoteStaking__ZeroAssets";
  if (assets > staked) return "VoteStaking__InsufficientStake";
  const lock = staking.lock[account];
  setStake(staking, account, staked - assets, assets === staked ? 0n : lock, now);
  staking.requests[account].push({ assets, readyAt: now + Math.max(MIN_COOLDOWN, Number(lock)) });
}

/** Pays a request; what it paid, or why not. */
export function withdraw(staking: Staking, account: number, id: number, now: number): bigint | string {
  const request = staking.requests[account][id];
  if (!request) return "VoteStaking__NoRequest";
  if (now < request.readyAt) return "VoteStaking__NotReady";
  staking.requests[account][id] = undefined;
  return request.assets;
}

/** Takes what is claimable: `paid` is what the contract paid, in wei; the fraction that is left of it stays. */
export function claim(staking: Staking, account: number, paid: bigint, now: number): void {
  settle(staking, account, now);
  staking.earned[account] -= paid * GRID;
}

export function notify(staking: Staking, amount: bigint, now: number): Outcome {
  if (amount === 0n) return "VoteStaking__ZeroAssets";
  advance(staking, now);
  staking.queued += amount * GRID;
}

export function delegate(staking: Staking, account: number, delegatee: number | undefined, now: number): void {
  const parts: readonly Part[] = delegatee === undefined ? [] : [{ to: delegatee, bps: 10_000n }];
  setDelegation(staking.votes, account, parts, now);
}

export function split(staking: Staking, account: number, parts: readonly Part[], now: number): void {
  setDelegation(staking.votes, account, parts, now);
}

function setStake(staking: Staking, account: number, staked: bigint, lock: bigint, now: number): void {
  settle(staking, account, now);
  staking.lock[account] = lock;
  setUnits(staking.votes, account, staked, now);
}

function settle(staking: Staking, account: number, now: number): void {
  advance(staking, now);
  staking.earned[account] += weightOf(staking, account) * (staking.index - staking.seen[account]);
  staking.seen[account] = staking.index;
}

/**
 * Lets rewards flow until now: the rest of the week that was seen last, then the week after it. Whatever these could not
 * give because nobody staked waits, with what else is queued, for the week after the present one.
 */
function advance(staking: Staking, now: number): void {
  for (let turns = 0; ; turns++) {
    const end = (Math.floor(staking.at / WEEK) + 1) * WEEK;
    if (now < end) break;
    flow(staking, end);
    if (turns === 1) {
      staking.flowing = 0n;
      staking.at = Math.max(staking.at, Math.floor(now / WEEK) * WEEK);
      break;
    }
    staking.flowing = staking.queued;
    staking.queued = 0n;
  }
  flow(staking, now);
}

function flow(staking: Staking, to: number): void {
  const amount = (staking.flowing * BigInt(to - staking.at)) / BigInt(WEEK);
  const weight = totalWeight(staking);
  staking.at = to;
  if (weight < MIN_WEIGHT) staking.queued += amount;
  else staking.index += amount / weight;
}
