import { access, constants, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatUnits } from "viem";
import { Problem } from "../deploy/Problem.ts";
import type { Outcome } from "./season.ts";
import type { World } from "./world.ts";

const USDC_DECIMALS = 6;
const PRICE_DECIMALS = 18;
const SHOWN_DIGITS = 8;

/** What came of the season as a table, for a person. */
export function table({ deposit, compound, vote, redeem }: Outcome): string {
  const usdc = (amount: bigint): string => grouped(formatUnits(amount, USDC_DECIMALS));
  const price = (pps: bigint): string => Number(formatUnits(pps, PRICE_DECIMALS)).toFixed(SHOWN_DIGITS);
  const { what, from, to } = vote.changed;
  return lines([
    ["deposit", "USDC in", usdc(deposit.assets)],
    ["", "shares out", grouped(formatUnits(deposit.shares, PRICE_DECIMALS))],
    ["30 days, compound", "price of a share before", price(compound.sharePriceBefore)],
    ["", "after", price(compound.sharePriceAfter)],
    ["vote", vote.state, `${what} ${from} → ${to}`],
    ["redeem", "USDC out", usdc(redeem.assets)],
    ["", "earned", usdc(redeem.assets - deposit.assets)],
  ]);
}

/** Minutes of work are not to end in a file that cannot be written. */
export async function requireWritable(file: string): Promise<void> {
  await access(path.dirname(path.resolve(file)), constants.W_OK).catch(() => {
    throw new Problem(`${file} cannot be written: there is no such folder, or it is not yours.`);
  });
}

/** The same for a program: integers as decimal strings. */
export async function writeJson(file: string, outcome: Outcome, { addresses }: World): Promise<void> {
  const at = Object.entries(addresses.contracts).map(([name, { address }]) => [name, address]);
  const json = JSON.stringify(
    { ...outcome, addresses: Object.fromEntries(at) },
    (_, value) => (typeof value === "bigint" ? value.toString() : value),
    2,
  );
  await writeFile(file, `${json}\n`).catch(({ message }: Error) => {
    throw new Problem(`${file} cannot be written: ${message}.`);
  });
}

/** Accounts that anyone may use on this chain. */
export function accounts({ replica }: World): string {
  const rows = replica.accounts.slice(0, 10).map((account, index) => [String(index), account, ""] as const);
  return lines(rows);
}

function lines(rows: readonly (readonly [string, string, string])[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map(([what, name, value]) =>
      `  ${what.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${value.padStart(widths[2] ?? 0)}`.trimEnd(),
    )
    .join("\n");
}

/** Thousands apart, as people read amounts. */
function grouped(amount: string): string {
  const [whole = "", fraction] = amount.split(".");
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}
