import type { Address } from "viem";
import { asset as abi } from "../abis/CompoundingVault.ts";
import type { Call } from "../core/call.ts";
import { type ReadClient, read } from "../core/read.ts";
import { getMissingApproval } from "../token/getMissingApproval.ts";
import { prepareRouteDeposit } from "./routeDeposit.ts";

/**
 * Lists the calls of a routed deposit, for a wallet that sends several at once or one by one: the approval only if the
 * router may not take `assets` of the owner yet.
 *
 * @example
 * const calls = await getRouteDepositCalls(client, {
 *   router,
 *   vault,
 *   assets: 1_000_000n,
 *   receiver,
 *   minShares: 999_000n * 10n ** 12n,
 *   deadline,
 *   owner,
 * });
 */
export async function getRouteDepositCalls(
  client: ReadClient,
  { owner, resetsFirst = false, ...parameters }: getRouteDepositCalls.Parameters,
): Promise<readonly Call[]> {
  const { router: spender, vault, assets: amount } = parameters;
  const token = await read(client, abi, vault, [], {});
  const missing = await getMissingApproval(client, { token, owner, spender, amount, resetsFirst });
  return [...missing, prepareRouteDeposit(parameters)];
}

export declare namespace getRouteDepositCalls {
  type Parameters = prepareRouteDeposit.Parameters & {
    /** Pays the assets: the sender of the calls. */
    owner: Address;
    /** The asset takes a new approval only when the old one is 0, as USDT on mainnet does. */
    resetsFirst?: boolean;
  };
}
