import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { withdraw as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Withdraws an exact amount of assets for shares that the sender has approved for the router. Shares are rounded up by
 * the vault.
 *
 * @throws VaultRouter__AboveMaxShares when the assets cost more
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeWithdraw(client, { router, vault, assets: 1_000_000n, receiver, maxShares: 1_001_000n * 10n ** 12n, deadline });
 */
export function routeWithdraw<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeWithdraw.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteWithdraw(parameters), parameters);
}

/**
 * Tries {@link routeWithdraw} and says how many shares it would burn.
 *
 * @example
 * const { shares, request } = await simulateRouteWithdraw(client, { router, vault, assets: 1_000_000n, receiver, maxShares: 1_001_000n * 10n ** 12n, deadline });
 */
export async function simulateRouteWithdraw<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeWithdraw.Parameters<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteWithdraw(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link routeWithdraw}.
 *
 * @example
 * const call = prepareRouteWithdraw({ router, vault, assets: 1_000_000n, receiver, maxShares: 1_001_000n * 10n ** 12n, deadline });
 */
export function prepareRouteWithdraw({
  router,
  vault,
  assets,
  receiver,
  maxShares,
  deadline,
}: prepareRouteWithdraw.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, assets, receiver, maxShares, deadline]);
}

export declare namespace prepareRouteWithdraw {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In asset wei. */
    assets: bigint;
    /** Gets the assets; never the router. */
    receiver: Address;
    /** Most shares burned, in share wei. The router itself enforces it. */
    maxShares: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeWithdraw {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteWithdraw.Parameters & WriteOptions<chain, account>;
}
