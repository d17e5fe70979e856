import { type Account, type Address, type Chain, type Client, type Hash, isAddressEqual, type Transport } from "viem";
import { multicall as abi } from "../abis/VaultRouter.ts";
import { type Action, type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import { RouterMismatchError } from "../errors/RouterMismatchError.ts";

/**
 * Makes several calls of one router in one transaction, all or none. The native currency that they need is sent along;
 * what they leave comes back to the sender.
 *
 * @throws {RouterMismatchError} when a call was prepared for another contract
 * @example
 * const calls = [
 *   prepareRoutePermit({ router, token: vault, signed }),
 *   prepareMigrate({ router, fromVault: vault, toVault: nextVault, shares: signed.amount, receiver, minShares: 1n, deadline }),
 * ];
 * const hash = await routeCalls(client, { router, calls });
 */
export function routeCalls<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeCalls.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteCalls(parameters), parameters);
}

/**
 * Encodes {@link routeCalls}.
 *
 * @throws {RouterMismatchError} when a call was prepared for another contract
 * @example
 * const call = prepareRouteCalls({ router, calls: [prepareRoutePermit({ router, token: vault, signed })] });
 */
export function prepareRouteCalls({ router, calls }: prepareRouteCalls.Parameters): Call<typeof abi> {
  // The router would run what was meant for another contract as its own.
  const stranger = calls.find(({ to }) => !isAddressEqual(to, router));
  if (stranger) throw new RouterMismatchError(router, stranger.to);
  const value = calls.reduce((sum, call) => sum + (call.value ?? 0n), 0n);
  return defineCall(abi, router, [calls.map(({ data }) => data)], value);
}

export declare namespace prepareRouteCalls {
  type Parameters = {
    router: Address;
    /** Prepared for this router, in their order. */
    calls: readonly Action[];
  };
}

export declare namespace routeCalls {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteCalls.Parameters & WriteOptions<chain, account>;
}
