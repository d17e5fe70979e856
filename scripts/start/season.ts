import type { ListrTask } from "listr2";
import { type Auctioned, sellReward } from "./acts/auction.ts";
import { type Insured, insure, type Lost, lose, type Released, release } from "./acts/cover.ts";
import { type Paid, paySalary } from "./acts/payroll.ts";
import { type Refused, refuseChangedCode } from "./acts/pin.ts";
import type { Standing } from "./acts/proposals.ts";
import { type Compounded, type Deposited, earn, makeDeposit, type Redeemed, takeHome } from "./acts/savings.ts";
import { claimRewards, type Rewarded, type Shared, type Staked, shareFees, stakeMill } from "./acts/staking.ts";
import { type Agenda, type Ballots, changeFee, count, type FeeChanged, proposeAll, voteOnAll } from "./acts/vote.ts";
import type { World } from "./world.ts";

/** What came of the season; every number was read from the chain. */
export type Outcome = {
  readonly deposit: Deposited;
  readonly stakes: readonly Staked[];
  readonly compound: Compounded;
  readonly auction: Auctioned;
  readonly revenue: Shared;
  /** On the four proposals: a lower fee, a higher one, a salary, and the one that is refused. */
  readonly ballots: Ballots;
  /** The lower fee. */
  readonly vote: FeeChanged;
  /** The higher fee. */
  readonly defeated: Standing;
  readonly refused: Refused;
  readonly payroll: Paid;
  readonly rewards: readonly Rewarded[];
  readonly redeem: Redeemed;
  readonly cover: Insured;
  readonly loss: Lost;
  readonly release: Released;
};

export type Context = { -readonly [name in keyof (World & Outcome)]: (World & Outcome)[name] } & { agenda: Agenda };

/** Of all that the acts know, what came of them. */
export function outcomeOf(context: Context): Outcome {
  const { deposit, stakes, compound, auction, revenue, rewards, redeem } = context;
  const { ballots, vote, defeated, refused, payroll, cover, loss } = context;
  const savings = { deposit, stakes, compound, auction, revenue };
  const dao = { ballots, vote, defeated, refused, payroll, rewards, redeem };
  return { ...savings, ...dao, cover, loss, release: context.release };
}

/** The season, act by act. */
export const acts: readonly ListrTask<Context>[] = [
  {
    title: "Deposit 100,000 USDC into the vault that lends on Aave",
    task: async (context) => {
      context.deposit = await makeDeposit(context);
    },
  },
  {
    title: "Stake MILL: three holders, one of them locked for a year, one of them to vote through another",
    task: async (context) => {
      context.stakes = await stakeMill(context);
    },
  },
  {
    title: "Let 30 days pass, and compound",
    task: async (context) => {
      context.compound = await earn(context);
    },
  },
  {
    title: "Auction the reward from Aave: the price falls until a buyer pays it",
    task: async (context) => {
      context.auction = await sellReward(context);
    },
  },
  {
    title: "Share the vault's fee between stakers and treasury",
    task: async (context) => {
      context.revenue = await shareFees(context);
    },
  },
  {
    title: "Propose: a lower fee, a higher fee, a salary, and a payment through code that can change",
    task: async (context) => {
      context.agenda = await proposeAll(context);
    },
  },
  {
    title: "Vote: one for, one against, one both ways",
    task: async (context) => {
      context.ballots = await voteOnAll(context, context.agenda);
    },
  },
  {
    title: "Count: the higher fee is defeated, what has passed is queued",
    task: async (context) => {
      context.defeated = await count(context, context.agenda);
    },
  },
  {
    title: "Execute the lower fee, two days after the vote",
    task: async (context) => {
      context.vote = await changeFee(context, context.agenda);
    },
  },
  {
    title: "Refuse the payment, a week after the vote: the code that it calls has changed",
    task: async (context) => {
      context.refused = await refuseChangedCode(context, context.agenda);
    },
  },
  {
    title: "Execute the salary: it flows by the second, and is claimed after 30 days",
    task: async (context) => {
      context.payroll = await paySalary(context, context.agenda);
    },
  },
  {
    title: "Claim what the stakers have earned",
    task: async (context) => {
      context.rewards = await claimRewards(context);
    },
  },
  {
    title: "Take everything home",
    task: async (context) => {
      context.redeem = await takeHome(context);
    },
  },
  {
    title: "Insure: 300,000 USDC stand behind the vault; 100,000 are deposited with cover, in one transaction",
    task: async (context) => {
      context.cover = await insure(context);
    },
  },
  {
    title: "Lose half of the vault on Aave: the price says so on three days, and the cover is paid",
    task: async (context) => {
      context.loss = await lose(context, context.cover);
    },
  },
  {
    title: "Free the shares after 30 days and take them home; then the vault lends again, and recovers",
    task: async (context) => {
      context.release = await release(context, context.cover);
    },
  },
];
