import type { Account, Address, Chain, Client, Hex, TransactionReceipt, Transport } from "viem";
import type { VaultTerms } from "../src/factory/index.ts";
import type { Ballot, Proposal } from "../src/governor/index.ts";
import type { Call, VaultState } from "../src/index.ts";
import type { PoolLog } from "../src/insurance/index.ts";
import type { PremiumCurve } from "../src/math/index.ts";
import type { Permit, Permit2 } from "../src/permit/index.ts";
import type { BudgetTerms, RevenueSplit, StreamPlan } from "../src/treasury/index.ts";

/** Whether two types are one, which being assignable does not say. */
export type Same<one, other> = (<T>() => T extends one ? 1 : 2) extends <T>() => T extends other ? 1 : 2 ? true : false;

// What the examples in the comments take as given.
declare global {
  const client: Client<Transport, Chain, Account>;
  /** Clients that lack what a write then asks for. */
  const accountless: Client<Transport, Chain, undefined>;
  const chainless: Client<Transport, undefined, Account>;
  const receipt: TransactionReceipt;
  const error: unknown;
  const account: Address;
  const adapter: Address;
  const assessor: Address;
  const auction: Address;
  const coverManager: Address;
  const creator: Address;
  const delegatee: Address;
  const distributor: Address;
  const vaultFactory: Address;
  const gate: Address;
  const governor: Address;
  const guardian: Address;
  const claimsModule: Address;
  const incidentModule: Address;
  const manager: Address;
  const member: Address;
  const owner: Address;
  const policy: Address;
  const pool: Address;
  const premiumModel: Address;
  const proposer: Address;
  const nextVault: Address;
  const permit2: Address;
  const receiver: Address;
  const recipient: Address;
  const relay: Address;
  const router: Address;
  const spender: Address;
  const splitter: Address;
  const staking: Address;
  const streams: Address;
  const token: Address;
  const treasury: Address;
  const upkeep: Address;
  const vault: Address;
  const creationCode: Hex;
  const evidence: Hex;
  const id: Hex;
  const reason: Hex;
  const salt: Hex;
  const proof: readonly Hex[];
  const amount: bigint;
  const deadline: bigint;
  const proposalId: bigint;
  const streamId: bigint;
  const ballot: Ballot;
  const calls: readonly Call[];
  const curve: PremiumCurve;
  const logs: readonly PoolLog[];
  const plan: StreamPlan;
  const proposal: Proposal;
  const signed: Permit;
  const split: RevenueSplit;
  const state: VaultState;
  const terms: BudgetTerms;
  const transfer: Permit2;
  const vaultTerms: VaultTerms;
}
