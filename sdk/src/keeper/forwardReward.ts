import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { forward as abi } from "../abis/Adapter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sends on a reward that a distributor paid to an adapter's address: the asset to the vault, any other token to its auction;
 * without an auction it stays. Anyone may. Reverts with `Adapter__ProtectedToken` for a position token.
 *
 * @example
 * const hash = await forwardReward(client, { adapter, token });
 */
export function forwardReward<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: forwardReward.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareForwardReward(parameters), parameters);
}

/**
 * Encodes {@link forwardReward}.
 *
 * @example
 * const call = prepareForwardReward({ adapter, token });
 */
export function prepareForwardReward({ adapter, token }: prepareForwardReward.Parameters): Call<typeof abi> {
  return defineCall(abi, adapter, [token]);
}

export declare namespace prepareForwardReward {
  type Parameters = {
    adapter: Address;
    token: Address;
  };
}

export declare namespace forwardReward {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareForwardReward.Parameters & WriteOptions<chain, account>;
}
