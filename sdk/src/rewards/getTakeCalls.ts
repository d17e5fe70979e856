import type { Address } from "viem";
import { asset as abi } from "../abis/RewardAuction.ts";
import type { Call } from "../core/call.ts";
import { type ReadClient, read } from "../core/read.ts";
import { getMissingApproval } from "../token/getMissingApproval.ts";
import { prepareTakeAuction } from "./takeAuction.ts";

/**
 * Lists the calls of buying out of a lot: the approval only if the auction may not take `maxPayment` of the taker yet.
 *
 * @example
 * const calls = await getTakeCalls(client, {
 *   auction,
 *   token,
 *   amount: 10n ** 18n,
 *   maxPayment: 5_000_000n,
 *   receiver,
 *   deadline,
 *   taker: account,
 * });
 */
export async function getTakeCalls(
  client: ReadClient,
  { taker, ...parameters }: getTakeCalls.Parameters,
): Promise<readonly Call[]> {
  const { auction, maxPayment } = parameters;
  const token = await read(client, abi, auction, [], {});
  const approvals = await getMissingApproval(client, { token, owner: taker, spender: auction, amount: maxPayment });
  return [...approvals, prepareTakeAuction(parameters)];
}

export declare namespace getTakeCalls {
  type Parameters = prepareTakeAuction.Parameters & {
    /** Pays. */
    taker: Address;
  };
}
