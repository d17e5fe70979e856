import { type Bound, bounds, over } from "./budgets.ts";
import type { Row } from "./row.ts";

const HEAD = `# What each operation costs

<!-- Written by \`npm run gas -- --update\`. Do not edit. -->

Gas of whole transactions: 21,000, calldata and execution less refunds; each in a transaction of its own, every account and
slot cold; solc 0.8.37, cancun. A view is one cold call. The asset is OpenZeppelin's ERC-20 with 18 decimals, the source its
ERC-4626 with a foreign depositor and a share at 1.01; holders keep some of the asset and have approved without limit. Quiet:
12 seconds after the last touch, nothing earned; yield: a day later, 0.01 % earned, and a fee is taken. Aave 3.6 and Morpho
are the genuine contracts with 12 seconds of their own interest; Compound III is a model, since its source isn't published.
The insured vault is the real one; a purchase pays its premium and arms shares.

\`npm run gas\` measures it again and fails above a budget (but for rows marked as over), or more than 1 % from this table. A budget is the design's bound, or
5 % above the first figure; it is never raised. Peer is the cheapest other protocol in the same situation, floor
OpenZeppelin's ERC-4626 without any accounting, both compiled and measured alike (the floors again on each run).

Most peers' contracts come in no package, so their figures stay as they were measured once: yearn/tokenized-strategy 3.1.0
(90514f1; "live" with its live accrual), morpho-org/vault-v2 (bec4dd8), euler-xyz/euler-earn (b2fd6e6), withtally/staker
(2ff8891), NexusMutual/smart-contracts (43a449a), OpenZeppelin 5.7 and Synthetix' StakingRewards (solc 0.5.16).
`;

const TITLES: Readonly<Record<string, string>> = {
  vault: "Vault",
  auction: "Auction",
  router: "Router",
  governor: "Governor",
  token: "Token",
  staking: "Staking",
  streams: "Payroll",
  budget: "Treasury",
  insurance: "Insurance",
};

/** The table for readers, in Markdown. */
export function document(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map(({ name }) => groupOf(name)))];
  const tables = groups.map((group) => {
    const title = TITLES[group] ?? group;
    return `## ${title}\n\n${table(rows.filter(({ name }) => groupOf(name) === group))}`;
  });
  const reasons = rows.filter(({ name }) => over[name]).map(({ name }) => `- \`${name}\`: ${over[name]}.`);
  const missed = `## Over the design's budget\n\nThese may not get dearer.\n\n${reasons.join("\n")}\n`;
  return [HEAD, ...tables, ...(reasons.length > 0 ? [missed] : [])].join("\n");
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, gas }) => {
    const { budget, peer, floor }: Partial<Bound> = bounds[name] ?? {};
    const parts = [name.split(".").slice(1).join("."), count(gas), `${count(budget)}${over[name] ? " (over)" : ""}`];
    const best = peer ? `${peer.name} ${count(peer.gas)}` : "";
    return [...parts, best, ratio(gas, peer?.gas), count(floor), ratio(gas, floor)];
  });
  const all = [["", "gas", "budget", "best peer", "ours / peer", "floor", "ours / floor"], ...cells];
  const widths = (all[0] ?? []).map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const pad = (text: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column === 0 ? text.padEnd(width) : text.padStart(width);
  };
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [head = [], ...body] = all.map((row) => row.map(pad));
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function groupOf(name: string): string {
  return name.split(".")[0] ?? name;
}

function ratio(gas: number, other: number | undefined): string {
  return other ? (gas / other).toFixed(2) : "";
}

function count(gas: number | undefined): string {
  return gas?.toLocaleString("en-US") ?? "";
}
