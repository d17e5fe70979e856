import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { exit as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Leaves a vault whatever is broken: adapters in `skip` are not called and count 0 for this payout, nobody else's
 * price moves, and what is forgone stays with the other holders. In a batch put it before other calls to the vault: after
 * them it is refused once an adapter fails or has lost since.
 *
 * @example
 * const hash = await exit(client, { vault, shares: 10n ** 18n, receiver, owner, minAssets: 900_000n, skip: [] });
 */
export function exit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: exit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareExit(parameters), parameters);
}

/**
 * Tries {@link exit} and says how many assets it would pay.
 *
 * @example
 * const { assets, request } = await simulateExit(client, { vault, shares: 10n ** 18n, receiver, owner, minAssets: 900_000n, skip: [] });
 */
export async function simulateExit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareExit.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareExit(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link exit}.
 *
 * @example
 * const call = prepareExit({ vault, shares: 10n ** 18n, receiver, owner, minAssets: 900_000n, skip: [] });
 */
export function prepareExit({
  vault,
  shares,
  receiver,
  owner,
  minAssets,
  skip,
}: prepareExit.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [shares, receiver, owner, minAssets, skip]);
}

export declare namespace prepareExit {
  type Parameters = {
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Gets the assets; never the vault itself. */
    receiver: Address;
    /** Whose shares are burned: the sender's, or those it has an allowance for. */
    owner: Address;
    /** Fewest assets accepted, in asset wei. The vault itself enforces it. */
    minAssets: bigint;
    /** Adapters the holder gives up on: they count 0 for this payout. */
    skip: readonly Address[];
  };
}

export declare namespace exit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareExit.Parameters & WriteOptions<chain, account>;
}
