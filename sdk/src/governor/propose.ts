import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { propose as abi } from "../abis/MillGovernor.ts";
import { type Action, type Call, defineCall } from "../core/call.ts";
import { type Sender, senderOf } from "../core/sender.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { defineProposal } from "./defineProposal.ts";

/**
 * Proposes calls to the DAO. Any prepared call will do: what governance does are ordinary calls of this package.
 *
 * @example
 * const hash = await propose(client, {
 *   governor,
 *   calls: [prepareRaiseDepositCap({ vault, cap: 10n ** 13n })],
 *   description: "Raise the deposit cap",
 * });
 */
export function propose<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: propose.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, preparePropose(withProposer(client, parameters)), parameters);
}

/**
 * Tries {@link propose} and says the id that the proposal would get.
 *
 * @example
 * const { proposalId, request } = await simulatePropose(client, { governor, calls, description: "Raise the deposit cap" });
 */
export async function simulatePropose<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: propose.Parameters<chain, account>,
): Promise<{ proposalId: bigint; request: Simulation<typeof abi>["request"] }> {
  const call = preparePropose(withProposer(client, parameters));
  const { result, request } = await simulate(client, call, parameters);
  return { proposalId: result, request };
}

/**
 * Encodes {@link propose}.
 *
 * @example
 * const call = preparePropose({ governor, calls, description: "Raise the deposit cap", proposer });
 */
export function preparePropose({ governor, ...proposal }: preparePropose.Parameters): Call<typeof abi> {
  const { targets, values, calldatas, description } = defineProposal(proposal);
  return defineCall(abi, governor, [targets, values, calldatas, description]);
}

function withProposer(client: Sender, { governor, calls, description, account }: Unsent): preparePropose.Parameters {
  return { governor, calls, description, proposer: senderOf(client, account) };
}

type Unsent = Omit<preparePropose.Parameters, "proposer"> & { account?: Account | Address | undefined };

export declare namespace preparePropose {
  type Parameters = {
    governor: Address;
  } & defineProposal.Parameters;
}

export declare namespace propose {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = {
    governor: Address;
    /** What the DAO does if the proposal passes, in this order. */
    calls: readonly Action[];
    /** Why. Markdown, by custom with a title in the first line. */
    description: string;
  } & WriteOptions<chain, account>;
}
