import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { delegate as abi } from "../abis/MillToken.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Gives the sender's votes to an account. Votes count from the next proposal on.
 *
 * @example
 * const hash = await delegate(client, { token, delegatee });
 */
export function delegate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: delegate.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDelegate(parameters), parameters);
}

/**
 * Encodes {@link delegate}.
 *
 * @example
 * const call = prepareDelegate({ token, delegatee });
 */
export function prepareDelegate({ token, delegatee }: prepareDelegate.Parameters): Call<typeof abi> {
  return defineCall(abi, token, [delegatee]);
}

export declare namespace prepareDelegate {
  type Parameters = {
    /** The token, or the staking contract: each has votes of its own. */
    token: Address;
    /** Gets the sender's votes; the sender itself, to vote with them. */
    delegatee: Address;
  };
}

export declare namespace delegate {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDelegate.Parameters & WriteOptions<chain, account>;
}
