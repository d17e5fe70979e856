import { prepareApprove } from "@millrace/sdk/token";
import {
  claimStream,
  getStream,
  getStreamClaimedEvent,
  getStreamCreatedEvent,
  prepareCreateStream,
  preparePay,
} from "@millrace/sdk/treasury";
import { type Address, parseEther } from "viem";
import { DAY, type World } from "../world.ts";
import { type Calls, carryOut, type Proposed, type Standing, standingOf, untilExecutable } from "./proposals.ts";

const SALARY = parseEther("120000");

export type Paid = Standing & {
  readonly streamId: bigint;
  /** MILL wei that flow in all, from which second to which. */
  readonly total: bigint;
  readonly start: bigint;
  readonly end: bigint;
  /** What the contributor claimed, and when. */
  readonly claimed: bigint;
  readonly claimedAt: bigint;
};

/**
 * What the DAO does to pay by the second: its treasury hands the whole sum to the timelock, which funds a stream that
 * flows for 90 days. Should the DAO cancel it, the rest goes back to the treasury.
 */
export async function prepareSalary(
  { at, client, who }: World,
  { through: streams }: { readonly through: Address },
): Promise<Calls> {
  const [token, treasury, timelock] = [at("MillToken"), at("Treasury"), at("TimelockController")];
  const { timestamp } = await client.getBlock();
  const start = Number(timestamp + 13n * DAY); // as long as a proposal of this class takes
  const times = { start, cliff: start, end: start + Number(90n * DAY) };
  const recipient = who.contributor.account.address;
  return [
    preparePay({ treasury, token, receiver: timelock, amount: SALARY }),
    prepareApprove({ token, spender: streams, amount: SALARY }),
    prepareCreateStream({ streams, plan: { token, recipient, refundTo: treasury, amount: SALARY, ...times } }),
  ];
}

/** Executed a week after the vote; thirty days later the contributor takes what has flowed. */
export async function paySalary(world: World, { salary }: { readonly salary: Proposed }): Promise<Paid> {
  const { at, client, mined, replica, who } = world;
  const streams = at("PayrollStreams");
  await untilExecutable(world, salary);
  const { id: streamId } = getStreamCreatedEvent(await carryOut(world, salary), { streams });
  await replica.increaseTime(30n * DAY);
  const receiver = who.contributor.account.address;
  const receipt = await mined(await claimStream(who.contributor, { streams, streamId, receiver }));
  const { amount: claimed } = getStreamClaimedEvent(receipt, { streams });
  const { timestamp: claimedAt } = await client.getBlock({ blockNumber: receipt.blockNumber });
  const { total, start, end } = await getStream(client, { streams, streamId });
  const flow = { streamId, total, start: BigInt(start), end: BigInt(end) };
  return { ...(await standingOf(world, salary)), ...flow, claimed, claimedAt };
}
