import { type Address, type Hex, isAddressEqual, size, slice } from "viem";
import type { Action } from "../core/call.ts";
import { max, mulDiv } from "./integers.ts";

const BPS = 10_000n;
const DAY = 86_400;
const SELECTOR_BYTES = 4;

/** How strictly a proposal is judged, from the fastest to the strictest. */
export type ProposalClass = "emergency" | "routine" | "treasury" | "critical";

/** What a class asks for, in basis points of the votable supply and of For and Against, and how long it waits. */
export type ProposalRules = {
  readonly quorumBps: bigint;
  readonly approvalBps: bigint;
  /** Seconds after the timelock's own day. */
  readonly extraDelay: number;
  /** It passes during the vote, as soon as half of the votable supply is For. */
  readonly isEarly: boolean;
};

/** A line of a policy's table, as its `Classified` events tell. */
export type PolicyEntry = { readonly target: Address; readonly selector: Hex; readonly class: ProposalClass };

const ORDER: readonly ProposalClass[] = ["emergency", "routine", "treasury", "critical"];

/** What each class asks for. A proposal keeps the rules that it was proposed under. */
export const PROPOSAL_RULES: Readonly<Record<ProposalClass, ProposalRules>> = {
  emergency: { quorumBps: 400n, approvalBps: 5_000n, extraDelay: 0, isEarly: true },
  routine: { quorumBps: 400n, approvalBps: 5_000n, extraDelay: DAY, isEarly: false },
  treasury: { quorumBps: 800n, approvalBps: 5_000n, extraDelay: 4 * DAY, isEarly: false },
  critical: { quorumBps: 1_500n, approvalBps: 6_000n, extraDelay: 6 * DAY, isEarly: false },
};

/**
 * Computes the For and Abstain that a proposal needs, rounded up: a part of the votable supply, never below the floor.
 *
 * @example
 * const votes = quorum({ votableSupply: 10n ** 24n, quorumBps: PROPOSAL_RULES.routine.quorumBps, floor: 10n ** 21n });
 */
export function quorum({ votableSupply, quorumBps, floor }: quorum.Parameters): bigint {
  return max(mulDiv(votableSupply, quorumBps, BPS, "up"), floor);
}

/**
 * Computes the class that a policy gives to calls: that of the strictest. What its table doesn't know is critical, what
 * sends value or has no calldata at least treasury.
 *
 * @example
 * const strictness = classify({ table: [], calls: [preparePay({ treasury, token, receiver, amount: 10n ** 18n })] });
 */
export function classify({ table, calls }: classify.Parameters): ProposalClass {
  const ranks = calls.map((call) => classOf(table, call));
  return ORDER[Math.max(0, ...ranks)] as ProposalClass;
}

function classOf(table: readonly PolicyEntry[], { to, data, value = 0n }: Action): number {
  const length = size(data);
  const listed = length < SELECTOR_BYTES ? undefined : find(table, to, slice(data, 0, SELECTOR_BYTES));
  const byCalldata = length === 0 ? 0 : ORDER.indexOf(listed ?? "critical");
  return Math.max(byCalldata, value > 0n || length === 0 ? ORDER.indexOf("treasury") : 0);
}

function find(table: readonly PolicyEntry[], to: Address, selector: Hex): ProposalClass | undefined {
  return table.find((entry) => entry.selector === selector && isAddressEqual(entry.target, to))?.class;
}

export declare namespace quorum {
  type Parameters = {
    /** Supply without the votes that nobody may cast, at the snapshot. */
    votableSupply: bigint;
    quorumBps: bigint;
    /** Votes below which no quorum falls. */
    floor: bigint;
  };
}

export declare namespace classify {
  type Parameters = {
    /** The policy's lines. */
    table: readonly PolicyEntry[];
    calls: readonly Action[];
  };
}
