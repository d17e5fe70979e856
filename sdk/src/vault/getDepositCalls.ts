import type { Address } from "viem";
import { asset as abi } from "../abis/CompoundingVault.ts";
import type { Call } from "../core/call.ts";
import { type ReadClient, read } from "../core/read.ts";
import { allowance } from "../token/allowance.ts";
import { prepareApprove } from "../token/approve.ts";
import { prepareDeposit } from "./deposit.ts";

/**
 * Lists the calls of a deposit, for a wallet that sends several at once or one by one: the approval only if the vault
 * may not take `assets` of the owner yet.
 *
 * @example
 * const calls = await getDepositCalls(client, { vault, assets: 1_000_000n, receiver, owner });
 */
export async function getDepositCalls(
  client: ReadClient,
  { owner, ...parameters }: getDepositCalls.Parameters,
): Promise<readonly Call[]> {
  const { vault, assets } = parameters;
  const token = await read(client, abi, vault, [], {});
  const approved = await allowance(client, { token, owner, spender: vault });
  const approvals = approved < assets ? [prepareApprove({ token, spender: vault, amount: assets })] : [];
  return [...approvals, prepareDeposit(parameters)];
}

export declare namespace getDepositCalls {
  type Parameters = prepareDeposit.Parameters & {
    /** Pays the assets. */
    owner: Address;
  };
}
