import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { stake as abi } from "../abis/VoteStaking.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stakes tokens of the sender: they keep their vote and earn rewards.
 *
 * @example
 * const hash = await stake(client, { staking, assets: 10n ** 18n, delegatee });
 */
export function stake<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: stake.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStake(parameters), parameters);
}

/**
 * Encodes {@link stake}.
 *
 * @example
 * const call = prepareStake({ staking, assets: 10n ** 18n, delegatee });
 */
export function prepareStake({ staking, assets, delegatee }: prepareStake.Parameters): Call<typeof abi> {
  return defineCall(abi, staking, [assets, delegatee]);
}

export declare namespace prepareStake {
  type Parameters = {
    staking: Address;
    /** In token wei. */
    assets: bigint;
    /** Gets the sender's votes from now on; the zero address leaves them as they are. */
    delegatee: Address;
  };
}

export declare namespace stake {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStake.Parameters & WriteOptions<chain, account>;
}
