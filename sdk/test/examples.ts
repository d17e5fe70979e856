import type { Account, Address, Chain, Client, Hex, TransactionReceipt, Transport } from "viem";
import type { Ballot, Proposal } from "../src/governor/index.ts";
import type { Call } from "../src/index.ts";
import type { Permit } from "../src/permit/index.ts";
import type { BudgetTerms, RevenueSplit, StreamPlan } from "../src/treasury/index.ts";

// What the examples in the comments take as given.
declare global {
  const client: Client<Transport, Chain, Account>;
  const receipt: TransactionReceipt;
  const error: unknown;
  const account: Address;
  const adapter: Address;
  const auction: Address;
  const delegatee: Address;
  const gate: Address;
  const governor: Address;
  const guardian: Address;
  const claimsModule: Address;
  const owner: Address;
  const policy: Address;
  const proposer: Address;
  const receiver: Address;
  const recipient: Address;
  const relay: Address;
  const spender: Address;
  const splitter: Address;
  const staking: Address;
  const streams: Address;
  const token: Address;
  const treasury: Address;
  const vault: Address;
  const id: Hex;
  const deadline: bigint;
  const proposalId: bigint;
  const ballot: Ballot;
  const calls: readonly Call[];
  const plan: StreamPlan;
  const proposal: Proposal;
  const signed: Permit;
  const split: RevenueSplit;
  const terms: BudgetTerms;
}
