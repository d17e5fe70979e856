import type { Address } from "viem";
import type { Call } from "../core/call.ts";
import type { ReadClient } from "../core/read.ts";
import { allowance } from "./allowance.ts";
import { prepareApprove } from "./approve.ts";

/**
 * Lists the approvals that a spender lacks: none, one, or two where a token refuses to change an approval that is not 0.
 *
 * @example
 * const approvals = await getMissingApproval(client, { token, owner, spender, amount: 1_000_000n });
 */
export async function getMissingApproval(
  client: ReadClient,
  { token, owner, spender, amount, resetsFirst = false }: getMissingApproval.Parameters,
): Promise<readonly Call[]> {
  const approved = await allowance(client, { token, owner, spender });
  if (approved >= amount) return [];
  const resets = resetsFirst && approved > 0n ? [prepareApprove({ token, spender, amount: 0n })] : [];
  return [...resets, prepareApprove({ token, spender, amount })];
}

export declare namespace getMissingApproval {
  type Parameters = {
    token: Address;
    owner: Address;
    spender: Address;
    /** What the spender must be able to take, in token wei. */
    amount: bigint;
    /** The token takes a new approval only when the old one is 0, as USDT on mainnet does. */
    resetsFirst?: boolean;
  };
}
