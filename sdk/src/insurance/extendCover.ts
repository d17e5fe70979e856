import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { extend as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Moves the expiry of a cover, for the premium of the time by which its last billed week moves. Only its owner, before the
 * expiry, who approved the cover manager for the premium.
 *
 * Ends in `CoverManager__Over`, `__ClaimOpen`, `__IncidentOpen`, `__Unhealthy`, `__OutOfBounds`, `__PremiumTooHigh`,
 * `__ProductStopped`, `__BuysStopped`, `__NotOwner` or `UnderwritingPool__CapacityExceeded`.
 *
 * @example
 * const hash = await extendCover(client, { coverManager, coverId: 1n, period: 30 * 86_400, maxPremium: 50_000_000n });
 */
export function extendCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: extendCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareExtendCover(parameters), parameters);
}

/**
 * Tries {@link extendCover} and says the premium, in asset wei, rounded up.
 *
 * @example
 * const { premium, request } = await simulateExtendCover(client, { coverManager, coverId: 1n, period: 30 * 86_400, maxPremium: 50_000_000n });
 */
export async function simulateExtendCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareExtendCover.Parameters & WriteOptions<chain, account>,
): Promise<{ premium: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareExtendCover(parameters), parameters);
  return { premium: result, request };
}

/**
 * Encodes {@link extendCover}.
 *
 * @example
 * const call = prepareExtendCover({ coverManager, coverId: 1n, period: 30 * 86_400, maxPremium: 50_000_000n });
 */
export function prepareExtendCover({
  coverManager,
  coverId,
  period,
  maxPremium,
}: prepareExtendCover.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [coverId, period, maxPremium]);
}

export declare namespace prepareExtendCover {
  type Parameters = {
    coverManager: Address;
    /** Of the policy. */
    coverId: bigint;
    /** How much later it expires, in seconds. */
    period: number;
    /** Most asset wei paid. The contract itself enforces it. */
    maxPremium: bigint;
  };
}

export declare namespace extendCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareExtendCover.Parameters & WriteOptions<chain, account>;
}
