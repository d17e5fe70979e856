import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { buy as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Buys cover for shares of an insured vault. Anyone, who approved the cover manager for the premium in the asset and for the
 * shares. It starts 3 days later; `quoteCover` says what it costs and until when it is billed.
 *
 * Ends in `CoverManager__Unhealthy` below 99 % of the price mark, `__IncidentOpen`, `__ProductStopped`, `__BuysStopped`,
 * `__OutOfBounds`, `__PremiumTooHigh`, `PremiumModel__AboveCapacity` or `UnderwritingPool__CapacityExceeded`.
 *
 * @example
 * const hash = await buyCover(client, { coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, shares: 10n ** 18n, maxPremium: 50_000_000n, receiver });
 */
export function buyCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: buyCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareBuyCover(parameters), parameters);
}

/**
 * Tries {@link buyCover} and says the number of the policy and the premium, in asset wei, rounded up.
 *
 * @example
 * const { coverId, premium, request } = await simulateBuyCover(client, { coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, shares: 10n ** 18n, maxPremium: 50_000_000n, receiver });
 */
export async function simulateBuyCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareBuyCover.Parameters & WriteOptions<chain, account>,
): Promise<{ coverId: bigint; premium: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareBuyCover(parameters), parameters);
  return { coverId: result[0], premium: result[1], request };
}

/**
 * Encodes {@link buyCover}.
 *
 * @example
 * const call = prepareBuyCover({ coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, shares: 10n ** 18n, maxPremium: 50_000_000n, receiver });
 */
export function prepareBuyCover({
  coverManager,
  product,
  amount,
  period,
  shares,
  maxPremium,
  receiver,
}: prepareBuyCover.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [{ product, amount, period, shares, maxPremium, receiver }]);
}

export declare namespace prepareBuyCover {
  type Parameters = {
    coverManager: Address;
    /** Number of the insured vault, 0 to 7. */
    product: number;
    /** Most that is ever paid, in asset wei. */
    amount: bigint;
    /** In seconds, 7 to 365 days. */
    period: number;
    /** Vault shares of the sender that go into the policy at once, in share wei; may be 0. */
    shares: bigint;
    /** Most asset wei paid. The contract itself enforces it. */
    maxPremium: bigint;
    /** Owns the policy. */
    receiver: Address;
  };
}

export declare namespace buyCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareBuyCover.Parameters & WriteOptions<chain, account>;
}
