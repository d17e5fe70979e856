import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { deposit as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Deposits assets behind the cover: shares rounded down earn the premiums, and pay for losses. Anyone, who approved the pool.
 * Leaving takes 21 days, and only what binds no cover can leave.
 *
 * Ends in `UnderwritingPool__DepositsStopped`, `__Retired`, `__IncidentOpen`, `__ZeroShares`, `__BelowMinShares` or `__TooMuch`.
 *
 * @example
 * const hash = await underwrite(client, { pool, assets: 1_000_000n, receiver, minShares: 999_000n * 10n ** 6n });
 */
export function underwrite<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: underwrite.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareUnderwrite(parameters), parameters);
}

/**
 * Tries {@link underwrite} and says how many shares it would mint, in share wei.
 *
 * @example
 * const { shares, request } = await simulateUnderwrite(client, { pool, assets: 1_000_000n, receiver, minShares: 999_000n * 10n ** 6n });
 */
export async function simulateUnderwrite<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareUnderwrite.Parameters & WriteOptions<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareUnderwrite(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link underwrite}.
 *
 * @example
 * const call = prepareUnderwrite({ pool, assets: 1_000_000n, receiver, minShares: 999_000n * 10n ** 6n });
 */
export function prepareUnderwrite({
  pool,
  assets,
  receiver,
  minShares,
}: prepareUnderwrite.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, [assets, receiver, minShares]);
}

export declare namespace prepareUnderwrite {
  type Parameters = {
    pool: Address;
    /** In asset wei. */
    assets: bigint;
    /** Owner of the new shares. */
    receiver: Address;
    /** Fewest shares accepted, in share wei. The contract itself enforces it. */
    minShares: bigint;
  };
}

export declare namespace underwrite {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareUnderwrite.Parameters & WriteOptions<chain, account>;
}
