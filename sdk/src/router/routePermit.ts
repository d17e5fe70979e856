import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { permit as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import type { Permit } from "../permit/signPermit.ts";
import { eip2612 } from "./eip2612.ts";

/**
 * Uses an EIP-2612 permit of the sender for the router: mostly the first of several {@link routeCalls}, so that leaving a
 * vault or moving between two takes one transaction.
 *
 * @throws VaultRouter__PermitFailed when the token refuses the signature and the allowance does not suffice
 * @example
 * const hash = await routePermit(client, { router, token: vault, signed });
 */
export function routePermit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routePermit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRoutePermit(parameters), parameters);
}

/**
 * Encodes {@link routePermit}.
 *
 * @example
 * const call = prepareRoutePermit({ router, token: vault, signed });
 */
export function prepareRoutePermit({ router, token, signed }: prepareRoutePermit.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [token, signed.amount, eip2612(signed)]);
}

export declare namespace prepareRoutePermit {
  type Parameters = {
    router: Address;
    /** An asset, or a vault for its shares. */
    token: Address;
    /** Signed by the sender with `signPermit`, for the router. */
    signed: Permit;
  };
}

export declare namespace routePermit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRoutePermit.Parameters & WriteOptions<chain, account>;
}
