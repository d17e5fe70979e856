import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { delist as abi } from "../abis/RewardAuction.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Ends the running lot of a reward and sells no more of it. Curators.
 *
 * @example
 * const hash = await delistReward(client, { auction, token });
 */
export function delistReward<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: delistReward.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDelistReward(parameters), parameters);
}

/**
 * Encodes {@link delistReward}.
 *
 * @example
 * const call = prepareDelistReward({ auction, token });
 */
export function prepareDelistReward({ auction, token }: prepareDelistReward.Parameters): Call<typeof abi> {
  return defineCall(abi, auction, [token]);
}

export declare namespace prepareDelistReward {
  type Parameters = {
    auction: Address;
    /** The reward. */
    token: Address;
  };
}

export declare namespace delistReward {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDelistReward.Parameters & WriteOptions<chain, account>;
}
