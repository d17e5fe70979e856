import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { finalizeRedeem as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Pays a request, 21 days after it was made, or as much of it as binds no cover, at least a hundredth. Anyone; but only the
 * receiver while claims are open, since it takes them as lost, or while the shares are worth less than when it was made.
 *
 * Ends in `UnderwritingPool__NoRequest`, `__BeforeCooldown`, `__ClaimsPaused`, `__NotReceiver`, `__CapitalBound` or
 * `__BelowMinAssets`.
 *
 * @example
 * const hash = await finalizeRedeem(client, { pool, requestId: 1n, minAssets: 999_000n });
 */
export function finalizeRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: finalizeRedeem.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFinalizeRedeem(parameters), parameters);
}

/**
 * Tries {@link finalizeRedeem} and says what is paid, in asset wei, rounded down.
 *
 * @example
 * const { assets, request } = await simulateFinalizeRedeem(client, { pool, requestId: 1n, minAssets: 999_000n });
 */
export async function simulateFinalizeRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareFinalizeRedeem.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareFinalizeRedeem(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link finalizeRedeem}.
 *
 * @example
 * const call = prepareFinalizeRedeem({ pool, requestId: 1n, minAssets: 999_000n });
 */
export function prepareFinalizeRedeem({
  pool,
  requestId,
  minAssets,
}: prepareFinalizeRedeem.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, [requestId, minAssets]);
}

export declare namespace prepareFinalizeRedeem {
  type Parameters = {
    pool: Address;
    /** Of the request. */
    requestId: bigint;
    /** Fewest asset wei accepted. The contract itself enforces it. */
    minAssets: bigint;
  };
}

export declare namespace finalizeRedeem {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFinalizeRedeem.Parameters & WriteOptions<chain, account>;
}
