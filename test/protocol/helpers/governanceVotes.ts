/** Votes as ERC-5805 has them: who delegates how much to whom, and how many votes each had at any past second. */
export type Ledger = {
  readonly units: bigint[];
  /** Whom each account delegates to: nobody, one account with all, or several with parts of 10,000. */
  readonly delegation: (readonly Part[])[];
  readonly history: { at: number; votes: bigint }[][];
};
export type Part = { readonly to: number; readonly bps: bigint };

const BPS = 10_000n;

export function createLedger(accounts: number): Ledger {
  const each = <item>(make: () => item): item[] => Array.from({ length: accounts }, make);
  return { units: each(() => 0n), delegation: each(() => []), history: each(() => []) };
}

/** Part j of a stake is floor(units · bps / 10,000), the last one the rest. */
export function partsOf(parts: readonly Part[], units: bigint): readonly bigint[] {
  const amounts = parts.slice(0, -1).map(({ bps }) => (units * bps) / BPS);
  const rest = amounts.reduce((left, amount) => left - amount, units);
  return parts.length === 0 ? [] : [...amounts, rest];
}

export function setUnits(ledger: Ledger, account: number, units: bigint, now: number): void {
  apply(ledger, account, -1n, now);
  ledger.units[account] = units;
  apply(ledger, account, 1n, now);
}

export function setDelegation(ledger: Ledger, account: number, parts: readonly Part[], now: number): void {
  apply(ledger, account, -1n, now);
  ledger.delegation[account] = parts;
  apply(ledger, account, 1n, now);
}

export function votesAt(ledger: Ledger, account: number, second: number): bigint {
  return lookup(ledger.history[account], second);
}

function apply(ledger: Ledger, account: number, sign: bigint, now: number): void {
  const parts = ledger.delegation[account];
  const amounts = partsOf(parts, ledger.units[account]);
  for (const [index, { to }] of parts.entries()) {
    const history = ledger.history[to];
    write(history, now, (history.at(-1)?.votes ?? 0n) + sign * amounts[index]);
  }
}

function write(history: { at: number; votes: bigint }[], at: number, votes: bigint): void {
  const last = history.at(-1);
  if (last?.at === at) last.votes = votes;
  else history.push({ at, votes });
}

function lookup(history: readonly { at: number; votes: bigint }[], second: number): bigint {
  return history.findLast(({ at }) => at <= second)?.votes ?? 0n;
}
