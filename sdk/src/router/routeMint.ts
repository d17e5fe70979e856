import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { mint as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Mints an exact number of shares for assets that the sender has approved for the router. Assets are rounded up by the
 * vault; what it does not take goes back to the sender.
 *
 * @throws VaultRouter__AboveMaxAssets when the shares cost more
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeMint(client, { router, vault, shares: 10n ** 18n, receiver, maxAssets: 1_001_000n, deadline });
 */
export function routeMint<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeMint.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteMint(parameters), parameters);
}

/**
 * Tries {@link routeMint} and says how many assets it would take.
 *
 * @example
 * const { assets, request } = await simulateRouteMint(client, { router, vault, shares: 10n ** 18n, receiver, maxAssets: 1_001_000n, deadline });
 */
export async function simulateRouteMint<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeMint.Parameters<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteMint(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link routeMint}.
 *
 * @example
 * const call = prepareRouteMint({ router, vault, shares: 10n ** 18n, receiver, maxAssets: 1_001_000n, deadline });
 */
export function prepareRouteMint({
  router,
  vault,
  shares,
  receiver,
  maxAssets,
  deadline,
}: prepareRouteMint.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, shares, receiver, maxAssets, deadline]);
}

export declare namespace prepareRouteMint {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Owner of the new shares; never the router. */
    receiver: Address;
    /** Most assets paid, in asset wei. The router itself enforces it. */
    maxAssets: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeMint {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteMint.Parameters & WriteOptions<chain, account>;
}
