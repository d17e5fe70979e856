import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { requestUnstake as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Takes tokens out of the stake, at once without vote and reward. They can be withdrawn after 7 days, or after the
 * lock if that is longer.
 *
 * @example
 * const hash = await unstake(client, { staking, assets: 10n ** 18n });
 */
export function unstake<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: unstake.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareUnstake(parameters), parameters);
}

/**
 * Tries {@link unstake} and says which request it would be.
 *
 * @example
 * const { requestId, request } = await simulateUnstake(client, { staking, assets: 10n ** 18n });
 */
export async function simulateUnstake<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareUnstake.Parameters & WriteOptions<chain, account>,
): Promise<{ requestId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareUnstake(parameters), parameters);
  return { requestId: result, request };
}

/**
 * Encodes {@link unstake}.
 *
 * @example
 * const call = prepareUnstake({ staking, assets: 10n ** 18n });
 */
export function prepareUnstake({ staking, assets }: prepareUnstake.Parameters): Call<typeof abi> {
  return defineCall(abi, staking, [assets]);
}

export declare namespace prepareUnstake {
  type Parameters = {
    staking: Address;
    /** In token wei. */
    assets: bigint;
  };
}

export declare namespace unstake {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareUnstake.Parameters & WriteOptions<chain, account>;
}
