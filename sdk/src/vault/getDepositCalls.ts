import type { Address } from "viem";
import { asset as abi } from "../abis/CompoundingVault.ts";
import type { Call } from "../core/call.ts";
import { type ReadClient, read } from "../core/read.ts";
import { preparePermit } from "../permit/permit.ts";
import type { Permit } from "../permit/signPermit.ts";
import { getMissingApproval } from "../token/getMissingApproval.ts";
import { prepareDeposit } from "./deposit.ts";

/**
 * Lists the calls of a deposit, for a wallet that sends several at once or one by one: the approval only if the vault
 * may not take `assets` of the owner yet, or the permit that stands for it.
 *
 * @example
 * const calls = await getDepositCalls(client, { vault, assets: 1_000_000n, receiver, owner });
 */
export async function getDepositCalls(
  client: ReadClient,
  { owner, permit, resetsFirst = false, ...parameters }: getDepositCalls.Parameters,
): Promise<readonly Call[]> {
  const { vault: spender, assets: amount } = parameters;
  const token = await read(client, abi, spender, [], {});
  const missing = await getMissingApproval(client, { token, owner, spender, amount, resetsFirst });
  const approvals = permit && missing.length > 0 ? [preparePermit({ token, signed: permit })] : missing;
  return [...approvals, prepareDeposit(parameters)];
}

export declare namespace getDepositCalls {
  type Parameters = prepareDeposit.Parameters & {
    /** Pays the assets. */
    owner: Address;
    /** Signed with `signPermit` for the vault: stands for the approval. */
    permit?: Permit | undefined;
    /** The asset takes a new approval only when the old one is 0, as USDT on mainnet does. */
    resetsFirst?: boolean;
  };
}
