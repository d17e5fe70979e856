import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { deposit as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Deposits assets that the sender has approved for the router, within a bound that holds on chain: what changes between
 * the simulation and the block that takes the call cannot give less than `minShares`. Shares are rounded down by the vault.
 *
 * @throws VaultRouter__BelowMinShares when the vault would mint less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeDeposit(client, { router, vault, assets: 1_000_000n, receiver, minShares: 999_000n * 10n ** 12n, deadline });
 */
export function routeDeposit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeDeposit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteDeposit(parameters), parameters);
}

/**
 * Tries {@link routeDeposit} and says how many shares it would mint.
 *
 * @example
 * const { shares, request } = await simulateRouteDeposit(client, { router, vault, assets: 1_000_000n, receiver, minShares: 999_000n * 10n ** 12n, deadline });
 */
export async function simulateRouteDeposit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeDeposit.Parameters<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteDeposit(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link routeDeposit}.
 *
 * @example
 * const call = prepareRouteDeposit({ router, vault, assets: 1_000_000n, receiver, minShares: 999_000n * 10n ** 12n, deadline });
 */
export function prepareRouteDeposit({
  router,
  vault,
  assets,
  receiver,
  minShares,
  deadline,
}: prepareRouteDeposit.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, assets, receiver, minShares, deadline]);
}

export declare namespace prepareRouteDeposit {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In asset wei. */
    assets: bigint;
    /** Owner of the new shares; never the router. */
    receiver: Address;
    /** Fewest shares accepted, in share wei. The router itself enforces it. */
    minShares: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeDeposit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteDeposit.Parameters & WriteOptions<chain, account>;
}
