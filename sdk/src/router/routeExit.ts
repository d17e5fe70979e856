import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { exit as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Leaves a vault whatever is broken, with shares that the sender has approved for the router: adapters in `skip` are not
 * called and count 0 for this payout. Unlike the vault's own `exit` it has a deadline.
 *
 * @throws CompoundingVault__BelowMinAssets when the shares are worth less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeExit(client, { router, vault, shares: 10n ** 18n, receiver, minAssets: 999_000n, skip: [adapter], deadline });
 */
export function routeExit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeExit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteExit(parameters), parameters);
}

/**
 * Tries {@link routeExit} and says how many assets it would pay.
 *
 * @example
 * const { assets, request } = await simulateRouteExit(client, { router, vault, shares: 10n ** 18n, receiver, minAssets: 999_000n, skip: [adapter], deadline });
 */
export async function simulateRouteExit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeExit.Parameters<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteExit(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link routeExit}.
 *
 * @example
 * const call = prepareRouteExit({ router, vault, shares: 10n ** 18n, receiver, minAssets: 999_000n, skip: [adapter], deadline });
 */
export function prepareRouteExit({
  router,
  vault,
  shares,
  receiver,
  minAssets,
  skip,
  deadline,
}: prepareRouteExit.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, shares, receiver, minAssets, skip, deadline]);
}

export declare namespace prepareRouteExit {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Gets the assets; never the router. */
    receiver: Address;
    /** Fewest assets accepted, in asset wei. The router itself enforces it. */
    minAssets: bigint;
    /** Adapters the holder gives up on: they count 0 for this payout. */
    skip: readonly Address[];
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeExit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteExit.Parameters & WriteOptions<chain, account>;
}
