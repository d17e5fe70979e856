import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { claim as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Pays the sender's rewards.
 *
 * @example
 * const hash = await claim(client, { staking, receiver });
 */
export function claim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: claim.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareClaim(parameters), parameters);
}

/**
 * Tries {@link claim} and says how much it would pay.
 *
 * @example
 * const { rewards, request } = await simulateClaim(client, { staking, receiver });
 */
export async function simulateClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareClaim.Parameters & WriteOptions<chain, account>,
): Promise<{ rewards: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareClaim(parameters), parameters);
  return { rewards: result, request };
}

/**
 * Encodes {@link claim}.
 *
 * @example
 * const call = prepareClaim({ staking, receiver });
 */
export function prepareClaim({ staking, receiver }: prepareClaim.Parameters): Call<typeof abi> {
  return defineCall(abi, staking, [receiver]);
}

export declare namespace prepareClaim {
  type Parameters = {
    staking: Address;
    /** Gets the tokens. */
    receiver: Address;
  };
}

export declare namespace claim {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareClaim.Parameters & WriteOptions<chain, account>;
}
