import { formatUnits, numberToHex } from "viem";
import type { Tally } from "./acts/proposals.ts";
import type { Outcome } from "./season.ts";

const USDC_DECIMALS = 6;
const WAD_DECIMALS = 18;
const PRICE_DIGITS = 8;
const SHOWN_DIGITS = 6;
const MILLION = 1_000_000n;
const ANSWERS = ["for", "against", "abstain"] as const;

type Row = readonly [what: string, name: string, value: string];

/** What came of the season, for a person: the money, then the votes. */
export function tables(outcome: Outcome): string {
  const sides = ["left", "left", "right"] as const;
  return `${columns(money(outcome), sides)}\n\n${columns(insurance(outcome), sides)}\n\n${votes(outcome)}`;
}

function money({ deposit, stakes, compound, auction, revenue, vote, payroll, rewards, redeem }: Outcome): Row[] {
  const [first, second, third] = stakes;
  const staked = (stake: Outcome["stakes"][number] | undefined): string => mill(stake?.staked ?? 0n);
  const { from, to } = vote.changed;
  return [
    ["deposit", "USDC in", usdc(deposit.assets)],
    ["", "shares out", mill(deposit.shares)],
    ["stake, MILL", "first holder", staked(first)],
    ["", "second, locked for a year: earns double", staked(second)],
    ["", "third, lends the votes to a contributor", staked(third)],
    ["30 days, compound", "price of a share before", price(compound.sharePriceBefore)],
    ["", "after", price(compound.sharePriceAfter)],
    ["", "AAVE that Aave paid as well", mill(compound.reward)],
    ["auction of it, USDC", "asked in the first second", usdc(auction.askedAtFirst)],
    ["", "worth on Uniswap", usdc(auction.worth)],
    ["", "paid to the vault", usdc(auction.payment)],
    ["", "price of a share then", price(auction.sharePriceBefore)],
    ["", "ten days later", price(auction.sharePriceAfter)],
    ["fee of the vault, USDC", "redeemed", usdc(revenue.redeemed)],
    ["", "to stakers", usdc(revenue.toStakers)],
    ["", "to the treasury", usdc(revenue.toTreasury)],
    ["vote", `${vote.state}: fee of the vault`, `${percent(from)} → ${percent(to)}`],
    ["salary, MILL", "flows in 90 days", mill(payroll.total)],
    ["", "claimed after 30 days", mill(payroll.claimed)],
    ...rewards.map(
      ({ holder, claimed }, at): Row => [at === 0 ? "rewards, USDC" : "", `${holder} holder`, usdc(claimed)],
    ),
    ["redeem", "USDC out", usdc(redeem.assets)],
    ["", "earned", usdc(redeem.assets - deposit.assets)],
  ];
}

/** What the insured and the underwriters had, gave and got: each part adds up to its last line. */
function insurance({ cover, loss, release }: Outcome): Row[] {
  const streamed = cover.toUnderwriters - release.unearned;
  return [
    ["premium, USDC", "to the DAO", usdc(cover.toDao)],
    ["", "to the reserve", usdc(cover.toReserve)],
    ["", "to the underwriters, by the second", usdc(cover.toUnderwriters)],
    ["", "for 90 days of cover of 100,000", usdc(cover.premium)],
    ["loss", "price of a share when insured", sharePrice(cover.entry)],
    ["", "then: the median of three days", sharePrice(loss.lossPrice)],
    ["payout, USDC", "by the reserve", usdc(loss.fromReserve)],
    ["", "by the underwriters", usdc(loss.fromUnderwriters)],
    ["", "loss beyond the first 10 %", usdc(loss.paid)],
    ["insured, USDC", "deposit", usdc(-cover.assets)],
    ["", "premium", usdc(-cover.premium)],
    ["", "payout", usdc(loss.paid)],
    ["", "for the shares", usdc(release.redeemed)],
    ["", "in all", usdc(loss.paid + release.redeemed - cover.assets - cover.premium)],
    ["underwriters, USDC", "put in", usdc(cover.capital)],
    ["", "premium so far", usdc(streamed)],
    ["", "payout", usdc(-loss.fromUnderwriters)],
    ["", "is worth", usdc(release.worth)],
  ];
}

/** A proposal in each column, so that who voted how stands above what came of it. */
function votes({ stakes, ballots, vote, defeated, payroll, refused }: Outcome): string {
  const voters = [...new Set(Object.values(ballots).flatMap((cast) => cast.map(({ voter }) => voter)))];
  const proposals = [
    { title: "fee of 8 %", cast: ballots.lowerFee, standing: vote, result: vote.state },
    { title: "fee of 20 %", cast: ballots.higherFee, standing: defeated, result: defeated.state },
    { title: "salary", cast: ballots.salary, standing: payroll, result: payroll.state },
    { title: "pay by code that changes", cast: ballots.unsafe, standing: refused, result: "Refused" },
  ];
  const table = [
    ["votes, millions of MILL", ...proposals.map(({ title }) => title)],
    ...voters.map((voter) => [
      stakes.some(({ holder }) => holder === voter) ? `${voter} holder` : voter,
      ...proposals.map(({ cast }) => answers(cast.find((ballot) => ballot.voter === voter))),
    ]),
    ...ANSWERS.map((answer) => [
      `in all ${answer}`,
      ...proposals.map(({ standing }) => millions(standing.tally[answer])),
    ]),
    ["class", ...proposals.map(({ standing }) => standing.class)],
    ["quorum", ...proposals.map(({ standing }) => millions(standing.quorum))],
    ["needed of for and against", ...proposals.map(({ standing }) => `> ${percent(standing.approvalBps)}`)],
    ["outcome", ...proposals.map(({ result }) => result)],
  ];
  const { name, pinned, found } = refused.error;
  return `${columns(table, table[0]?.map(() => "left") ?? [])}

  ${name}: ${short(pinned)} was voted on, ${short(found)} is there`;
}

/** `50 for, 30 against` */
function answers(tally: Tally | undefined): string {
  if (!tally) return "–";
  const given = ANSWERS.filter((answer) => tally[answer] > 0n);
  return given.map((answer) => `${millions(tally[answer])} ${answer}`).join(", ");
}

const usdc = (amount: bigint): string => decimal(amount, USDC_DECIMALS);
/** Of what has 18 decimals: MILL, AAVE, shares. */
const mill = (amount: bigint): string => decimal(amount, WAD_DECIMALS);
const price = (pps: bigint): string => Number(formatUnits(pps, WAD_DECIMALS)).toFixed(PRICE_DIGITS);
/** Prices of insurance are asset wei per share wei, times 1e27: of USDC and shares of 18 decimals, 1e15 is one. */
const sharePrice = (entry: bigint): string => Number(formatUnits(entry, 15)).toFixed(PRICE_DIGITS);
const millions = (amount: bigint): string => mill(amount / MILLION);
const percent = (bps: bigint): string => `${decimal(bps, 2)} %`;
const short = (hash: bigint): string => `${numberToHex(hash).slice(0, 10)}…`;

/** Cells below each other. */
export function columns(rows: readonly (readonly string[])[], sides: readonly ("left" | "right")[]): string {
  const widths = sides.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const cell = (text: string, column: number): string =>
    sides[column] === "right" ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join("  ")}`.trimEnd()).join("\n");
}

/** Six digits after the point unless all of them are 0, those after them cut off; thousands apart. */
function decimal(amount: bigint, decimals: number): string {
  const [whole = "", fraction = ""] = formatUnits(amount, decimals).split(".");
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const digits = fraction.slice(0, SHOWN_DIGITS);
  return /^0*$/.test(digits) ? parts : `${parts}.${digits.padEnd(Math.min(decimals, SHOWN_DIGITS), "0")}`;
}
