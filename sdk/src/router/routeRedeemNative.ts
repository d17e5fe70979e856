import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { redeemNative as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Redeems shares of a vault of the wrapped token, which the sender has approved for the router, and pays in native
 * currency. Assets are rounded down by the vault.
 *
 * @throws VaultRouter__NotWrappedNative when the vault holds another token
 * @throws VaultRouter__BelowMinAssets when the shares are worth less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeRedeemNative(client, { router, vault, shares: 10n ** 18n, receiver, minAssets: 10n ** 18n, deadline });
 */
export function routeRedeemNative<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeRedeemNative.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteRedeemNative(parameters), parameters);
}

/**
 * Tries {@link routeRedeemNative} and says how much it would pay, in wei.
 *
 * @example
 * const { assets, request } = await simulateRouteRedeemNative(client, { router, vault, shares: 10n ** 18n, receiver, minAssets: 10n ** 18n, deadline });
 */
export async function simulateRouteRedeemNative<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeRedeemNative.Parameters<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteRedeemNative(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link routeRedeemNative}.
 *
 * @example
 * const call = prepareRouteRedeemNative({ router, vault, shares: 10n ** 18n, receiver, minAssets: 10n ** 18n, deadline });
 */
export function prepareRouteRedeemNative({
  router,
  vault,
  shares,
  receiver,
  minAssets,
  deadline,
}: prepareRouteRedeemNative.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, shares, receiver, minAssets, deadline]);
}

export declare namespace prepareRouteRedeemNative {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Gets the native currency; never the router. */
    receiver: Address;
    /** Fewest assets accepted, in asset wei. The router itself enforces it. */
    minAssets: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeRedeemNative {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteRedeemNative.Parameters & WriteOptions<chain, account>;
}
