import { prepareSetFee } from "@millrace/sdk/curator";
import {
  defineProposal,
  delegate,
  execute,
  getProposal,
  getProposalCreatedEvent,
  propose,
  queue,
  vote,
} from "@millrace/sdk/governor";
import { approve, balanceOf } from "@millrace/sdk/token";
import {
  compound,
  deposit,
  getDepositEvent,
  getVault,
  getWithdrawEvent,
  previewDeposit,
  previewRedeem,
  redeem,
} from "@millrace/sdk/vault";
import type { World } from "./world.ts";

const DAY = 86_400n;
const DEPOSIT = 100_000_000_000n; // 100,000 USDC
const NEW_FEE_BPS = 800n;
/** A second passes between asking and sending, in which interest moves the price: a hundredth of a percent is plenty. */
const slightlyLess = (amount: bigint): bigint => amount - amount / 10_000n;

/** What came of the season; every number was read from the chain. */
export type Outcome = {
  readonly deposit: { readonly assets: bigint; readonly shares: bigint };
  readonly compound: { readonly sharePriceBefore: bigint; readonly sharePriceAfter: bigint };
  readonly vote: {
    readonly proposalId: bigint;
    readonly state: string;
    readonly changed: { readonly what: string; readonly from: bigint; readonly to: bigint };
  };
  readonly redeem: { readonly assets: bigint };
};

/** 100,000 USDC go into the vault that lends on Aave. */
export async function makeDeposit({
  at,
  client,
  mined,
  replica,
  who: { depositor },
}: World): Promise<Outcome["deposit"]> {
  const vault = at("mrUSDC");
  const token = replica.addresses.tokens.usdc;
  const receiver = depositor.account.address;
  await mined(await approve(depositor, { token, spender: vault, amount: DEPOSIT }));
  const minShares = slightlyLess(await previewDeposit(client, { vault, assets: DEPOSIT }));
  const receipt = await mined(await deposit(depositor, { vault, assets: DEPOSIT, receiver, minShares }));
  const { assets, shares } = getDepositEvent(receipt, { vault });
  return { assets, shares };
}

/** Thirty days of what real borrowers pay; then whoever likes brings the books up to date. */
export async function earn({ at, client, mined, replica, who: { keeper } }: World): Promise<Outcome["compound"]> {
  const vault = at("mrUSDC");
  const { pps: sharePriceBefore } = await getVault(client, { vault });
  await replica.increaseTime(30n * DAY);
  await mined(await compound(keeper, { vault }));
  const { pps: sharePriceAfter } = await getVault(client, { vault });
  return { sharePriceBefore, sharePriceAfter };
}

/** A holder proposes a lower fee; it passes, waits its time in the timelock, and holds. */
export async function changeFee({ at, client, mined, replica, who: { holder } }: World): Promise<Outcome["vote"]> {
  const [vault, governor] = [at("mrUSDC"), at("MillGovernor")];
  const feeOf = async (): Promise<bigint> => BigInt((await getVault(client, { vault })).config.feeBps);
  const from = await feeOf();
  const proposer = holder.account.address;
  await mined(await delegate(holder, { token: at("MillToken"), delegatee: proposer }));
  await replica.increaseTime(1n); // votes count from the second after
  const calls = [prepareSetFee({ vault, feeBps: NEW_FEE_BPS })];
  const description = "# Lower the fee of mrUSDC to 8 %";
  const receipt = await mined(await propose(holder, { governor, calls, description }));
  const { proposalId } = getProposalCreatedEvent(receipt, { governor });
  const proposal = defineProposal({ calls, description, proposer });
  const { snapshot, deadline } = await getProposal(client, { governor, proposalId });
  await until(snapshot);
  await mined(await vote(holder, { governor, proposalId, support: "for", reason: "Savers should keep more." }));
  await until(deadline);
  await mined(await queue(holder, { governor, proposal }));
  const { eta } = await getProposal(client, { governor, proposalId });
  await until(eta);
  await mined(await execute(holder, { governor, proposal }));
  const { state } = await getProposal(client, { governor, proposalId });
  return { proposalId, state: capitalised(state), changed: { what: "feeBps", from, to: await feeOf() } };

  async function until(time: bigint): Promise<void> {
    const { timestamp } = await client.getBlock();
    await replica.increaseTime(time - timestamp + 1n);
  }
}

/** The depositor takes everything home. */
export async function takeHome({ at, client, mined, who: { depositor } }: World): Promise<Outcome["redeem"]> {
  const vault = at("mrUSDC");
  const owner = depositor.account.address;
  const shares = await balanceOf(client, { token: vault, owner });
  const minAssets = slightlyLess(await previewRedeem(client, { vault, shares }));
  const receipt = await mined(await redeem(depositor, { vault, shares, receiver: owner, owner, minAssets }));
  const { assets } = getWithdrawEvent(receipt, { vault });
  return { assets };
}

/** As OpenZeppelin's governor names its states: `Executed`. */
function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
