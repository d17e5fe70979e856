import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { redeem as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Redeems an exact number of shares that the sender has approved for the router. Assets are rounded down by the vault.
 *
 * @throws VaultRouter__BelowMinAssets when the shares are worth less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeRedeem(client, { router, vault, shares: 10n ** 18n, receiver, minAssets: 999_000n, deadline });
 */
export function routeRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeRedeem.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteRedeem(parameters), parameters);
}

/**
 * Tries {@link routeRedeem} and says how many assets it would pay.
 *
 * @example
 * const { assets, request } = await simulateRouteRedeem(client, { router, vault, shares: 10n ** 18n, receiver, minAssets: 999_000n, deadline });
 */
export async function simulateRouteRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeRedeem.Parameters<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteRedeem(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link routeRedeem}.
 *
 * @example
 * const call = prepareRouteRedeem({ router, vault, shares: 10n ** 18n, receiver, minAssets: 999_000n, deadline });
 */
export function prepareRouteRedeem({
  router,
  vault,
  shares,
  receiver,
  minAssets,
  deadline,
}: prepareRouteRedeem.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, shares, receiver, minAssets, deadline]);
}

export declare namespace prepareRouteRedeem {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Gets the assets; never the router. */
    receiver: Address;
    /** Fewest assets accepted, in asset wei. The router itself enforces it. */
    minAssets: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeRedeem {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteRedeem.Parameters & WriteOptions<chain, account>;
}
