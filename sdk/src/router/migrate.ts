import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { migrate as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Moves an exact number of shares, which the sender has approved for the router, into another vault of the same asset.
 *
 * @throws VaultRouter__AssetMismatch when the vaults hold different tokens
 * @throws VaultRouter__BelowMinShares when the other vault would mint less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await migrate(client, { router, fromVault: vault, toVault: nextVault, shares: 10n ** 18n, receiver, minShares: 999n * 10n ** 15n, deadline });
 */
export function migrate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: migrate.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareMigrate(parameters), parameters);
}

/**
 * Tries {@link migrate} and says how many shares of the other vault it would mint.
 *
 * @example
 * const { shares, request } = await simulateMigrate(client, { router, fromVault: vault, toVault: nextVault, shares: 10n ** 18n, receiver, minShares: 999n * 10n ** 15n, deadline });
 */
export async function simulateMigrate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: migrate.Parameters<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareMigrate(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link migrate}.
 *
 * @example
 * const call = prepareMigrate({ router, fromVault: vault, toVault: nextVault, shares: 10n ** 18n, receiver, minShares: 999n * 10n ** 15n, deadline });
 */
export function prepareMigrate({
  router,
  fromVault,
  toVault,
  shares,
  receiver,
  minShares,
  deadline,
}: prepareMigrate.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [fromVault, toVault, shares, receiver, minShares, deadline]);
}

export declare namespace prepareMigrate {
  type Parameters = {
    router: Address;
    /** Whose shares are redeemed. */
    fromVault: Address;
    /** Gets the assets. */
    toVault: Address;
    /** Of `fromVault`, in share wei. */
    shares: bigint;
    /** Owner of the new shares; never the router. */
    receiver: Address;
    /** Fewest shares of `toVault` accepted, in share wei. The router itself enforces it. */
    minShares: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace migrate {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareMigrate.Parameters & WriteOptions<chain, account>;
}
