import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { depositNative as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Wraps native currency of the sender and deposits it into a vault of the wrapped token. The call sends `assets` along.
 *
 * @throws VaultRouter__NotWrappedNative when the vault holds another token
 * @throws VaultRouter__BelowMinShares when the vault would mint less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeDepositNative(client, { router, vault, assets: 10n ** 18n, receiver, minShares: 999n * 10n ** 15n, deadline });
 */
export function routeDepositNative<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeDepositNative.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteDepositNative(parameters), parameters);
}

/**
 * Tries {@link routeDepositNative} and says how many shares it would mint.
 *
 * @example
 * const { shares, request } = await simulateRouteDepositNative(client, { router, vault, assets: 10n ** 18n, receiver, minShares: 999n * 10n ** 15n, deadline });
 */
export async function simulateRouteDepositNative<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeDepositNative.Parameters<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteDepositNative(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link routeDepositNative}.
 *
 * @example
 * const call = prepareRouteDepositNative({ router, vault, assets: 10n ** 18n, receiver, minShares: 999n * 10n ** 15n, deadline });
 */
export function prepareRouteDepositNative({
  router,
  vault,
  assets,
  receiver,
  minShares,
  deadline,
}: prepareRouteDepositNative.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, assets, receiver, minShares, deadline], assets);
}

export declare namespace prepareRouteDepositNative {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In wei of the native currency. */
    assets: bigint;
    /** Owner of the new shares; never the router. */
    receiver: Address;
    /** Fewest shares accepted, in share wei. The router itself enforces it. */
    minShares: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeDepositNative {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteDepositNative.Parameters & WriteOptions<chain, account>;
}
