import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { withdraw as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Pays out what was unstaked, once it has waited.
 *
 * @example
 * const hash = await withdrawStake(client, { staking, requestId: 0n, receiver });
 */
export function withdrawStake<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: withdrawStake.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareWithdrawStake(parameters), parameters);
}

/**
 * Tries {@link withdrawStake} and says how much it would pay.
 *
 * @example
 * const { assets, request } = await simulateWithdrawStake(client, { staking, requestId: 0n, receiver });
 */
export async function simulateWithdrawStake<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareWithdrawStake.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareWithdrawStake(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link withdrawStake}.
 *
 * @example
 * const call = prepareWithdrawStake({ staking, requestId: 0n, receiver });
 */
export function prepareWithdrawStake({
  staking,
  requestId,
  receiver,
}: prepareWithdrawStake.Parameters): Call<typeof abi> {
  return defineCall(abi, staking, [requestId, receiver]);
}

export declare namespace prepareWithdrawStake {
  type Parameters = {
    staking: Address;
    /** Of the unstaking. */
    requestId: bigint;
    /** Gets the tokens. */
    receiver: Address;
  };
}

export declare namespace withdrawStake {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareWithdrawStake.Parameters & WriteOptions<chain, account>;
}
