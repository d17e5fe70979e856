import { prepareSetFee } from "@millrace/sdk/curator";
import { getVault } from "@millrace/sdk/vault";
import { parseEther } from "viem";
import type { World } from "../world.ts";
import { prepareSalary } from "./payroll.ts";
import { runCodeOf } from "./pin.ts";
import {
  type Ballot,
  type Choices,
  carryOut,
  cast,
  enqueue,
  type Proposed,
  proposeTo,
  type Standing,
  standingOf,
  untilExecutable,
  untilVoted,
  untilVoting,
} from "./proposals.ts";

const LOWER_FEE_BPS = 800n;
const HIGHER_FEE_BPS = 2_000n;

/** What the DAO has before it, each from another proposer: nobody has two at a time. */
export type Agenda = {
  readonly lowerFee: Proposed;
  readonly higherFee: Proposed;
  readonly salary: Proposed;
  readonly unsafe: Proposed;
};
export type FeeChanged = Standing & {
  readonly changed: { readonly what: string; readonly from: bigint; readonly to: bigint };
};

/** Who voted on what, and how. */
export type Ballots = Readonly<Record<keyof Agenda, readonly Ballot[]>>;

/** The votes of the third holder, both ways. */
const split = { for: parseEther("50000000"), against: parseEther("30000000"), abstain: 0n };
const CHOICES: Readonly<Record<keyof Agenda, Choices>> = {
  lowerFee: { first: "for", second: "against", third: split, contributor: "abstain" },
  higherFee: { first: "against", second: "for", third: "abstain" },
  salary: { first: "for", second: "against", third: "for", contributor: "for" },
  unsafe: { first: "for", third: "for" },
};

/** Four proposals in one week. */
export async function proposeAll(world: World): Promise<Agenda> {
  const vault = world.at("mrUSDC");
  const streams = world.at("PayrollStreams");
  return {
    lowerFee: await proposeTo(world, {
      ...{ by: "first", title: "Lower the fee of mrUSDC to 8 %: savers should keep more" },
      calls: [prepareSetFee({ vault, feeBps: LOWER_FEE_BPS })],
    }),
    higherFee: await proposeTo(world, {
      ...{ by: "second", title: "Raise the fee of mrUSDC to 20 %: stakers should earn more" },
      calls: [prepareSetFee({ vault, feeBps: HIGHER_FEE_BPS })],
    }),
    salary: await proposeTo(world, {
      ...{ by: "contributor", title: "Pay a contributor 120,000 MILL over 90 days" },
      calls: await prepareSalary(world, { through: streams }),
    }),
    unsafe: await proposeTo(world, {
      ...{ by: "third", title: "Pay as much through an account that runs the same code today" },
      calls: await prepareSalary(world, { through: await runCodeOf(world, streams) }),
    }),
  };
}

/** One is for, one against, and one both ways. */
export async function voteOnAll(world: World, agenda: Agenda): Promise<Ballots> {
  const { lowerFee, higherFee, salary, unsafe } = agenda;
  await untilVoting(world, unsafe);
  return {
    lowerFee: await cast(world, lowerFee, CHOICES.lowerFee),
    higherFee: await cast(world, higherFee, CHOICES.higherFee),
    salary: await cast(world, salary, CHOICES.salary),
    unsafe: await cast(world, unsafe, CHOICES.unsafe),
  };
}

/** The last proposal ends last: then what has passed is queued, all of it. */
export async function count(world: World, { lowerFee, higherFee, salary, unsafe }: Agenda): Promise<Standing> {
  await untilVoted(world, unsafe);
  for (const passed of [lowerFee, salary, unsafe]) await enqueue(world, passed);
  return await standingOf(world, higherFee);
}

/** It waits its two days in the timelock, and holds. */
export async function changeFee(world: World, { lowerFee }: Agenda): Promise<FeeChanged> {
  const vault = world.at("mrUSDC");
  const feeOf = async (): Promise<bigint> => BigInt((await getVault(world.client, { vault })).config.feeBps);
  const from = await feeOf();
  await untilExecutable(world, lowerFee);
  await carryOut(world, lowerFee);
  return { ...(await standingOf(world, lowerFee)), changed: { what: "feeBps", from, to: await feeOf() } };
}
