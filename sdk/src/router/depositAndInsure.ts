import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { depositAndInsure as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Deposits and insures in one transaction, for wallets that send one call at a time: the shares are minted into a new
 * policy. The sender has approved `assets + maxPremium` for the router, or signs that much as the first of
 * {@link routeCalls}; no more than the premium of the block is taken. `quoteCover` says what it costs.
 *
 * Ends in `VaultRouter__BelowMinShares`, `__AboveMaxPremium` or `__Expired` where a bound does not hold, and in the errors
 * of `buyCover`.
 *
 * @example
 * const hash = await depositAndInsure(client, { router, vault, assets: 1_000_000_000n, receiver, minShares: 999n * 10n ** 18n, deadline, coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, maxPremium: 50_000_000n });
 */
export function depositAndInsure<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: depositAndInsure.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDepositAndInsure(parameters), parameters);
}

/**
 * Tries {@link depositAndInsure} and says the shares it would arm, the number of the policy and the premium, in asset wei.
 *
 * @example
 * const { shares, coverId, premium, request } = await simulateDepositAndInsure(client, { router, vault, assets: 1_000_000_000n, receiver, minShares: 999n * 10n ** 18n, deadline, coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, maxPremium: 50_000_000n });
 */
export async function simulateDepositAndInsure<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: depositAndInsure.Parameters<chain, account>,
): Promise<{ shares: bigint; coverId: bigint; premium: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareDepositAndInsure(parameters), parameters);
  const [shares, coverId, premium] = result;
  return { shares, coverId, premium, request };
}

/**
 * Encodes {@link depositAndInsure}.
 *
 * @example
 * const call = prepareDepositAndInsure({ router, vault, assets: 1_000_000_000n, receiver, minShares: 999n * 10n ** 18n, deadline, coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, maxPremium: 50_000_000n });
 */
export function prepareDepositAndInsure({
  router,
  deadline,
  coverManager: manager,
  ...terms
}: prepareDepositAndInsure.Parameters): Call<typeof abi> {
  const { vault, assets, receiver, minShares, product, amount, period, maxPremium } = terms;
  const both = { vault, assets, receiver, minShares, manager, product, amount, period, maxPremium };
  return defineCall(abi, router, [both, deadline]);
}

export declare namespace prepareDepositAndInsure {
  type Parameters = {
    router: Address;
    vault: Address;
    /** In asset wei. */
    assets: bigint;
    /** Owns the policy, and with it the shares; never the router. */
    receiver: Address;
    /** Fewest shares accepted, in share wei. The router itself enforces it. */
    minShares: bigint;
    coverManager: Address;
    /** Number that the vault has with the cover manager, 0 to 7. */
    product: number;
    /** Most that the policy ever pays, in asset wei. */
    amount: bigint;
    /** In seconds, 7 to 365 days. */
    period: number;
    /** Most asset wei paid for the policy, beside `assets`. The router itself enforces it. */
    maxPremium: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace depositAndInsure {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDepositAndInsure.Parameters & WriteOptions<chain, account>;
}
