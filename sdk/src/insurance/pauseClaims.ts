import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { pauseClaims as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stops the pool's time, its payouts and exits; every deadline and expiry moves along. DERISK: the guardian, at once. It ends by
 * itself.
 *
 * Ends in `UnderwritingPool__ClaimsPaused` or `__PauseTooLong`.
 *
 * @example
 * const hash = await pauseClaims(client, { pool, duration: 7n * 86_400n });
 */
export function pauseClaims<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: pauseClaims.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, preparePauseClaims(parameters), parameters);
}

/**
 * Encodes {@link pauseClaims}.
 *
 * @example
 * const call = preparePauseClaims({ pool, duration: 7n * 86_400n });
 */
export function preparePauseClaims({ pool, duration }: preparePauseClaims.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, [duration]);
}

export declare namespace preparePauseClaims {
  type Parameters = {
    pool: Address;
    /** In seconds; 14 days in any 90 at most. */
    duration: bigint;
  };
}

export declare namespace pauseClaims {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = preparePauseClaims.Parameters & WriteOptions<chain, account>;
}
