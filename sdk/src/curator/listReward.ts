import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { list as abi } from "../abis/RewardAuction.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lists a reward for sale, or gives it a new anchor and least lot. Curators.
 *
 * @example
 * const hash = await listReward(client, { auction, token, anchor: 10n ** 24n, minLot: 10n ** 18n });
 */
export function listReward<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: listReward.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareListReward(parameters), parameters);
}

/**
 * Encodes {@link listReward}.
 *
 * @example
 * const call = prepareListReward({ auction, token, anchor: 10n ** 24n, minLot: 10n ** 18n });
 */
export function prepareListReward({ auction, token, anchor, minLot }: prepareListReward.Parameters): Call<typeof abi> {
  return defineCall(abi, auction, [token, anchor, minLot]);
}

export declare namespace prepareListReward {
  type Parameters = {
    auction: Address;
    /** The reward. */
    token: Address;
    /** About what it is worth: asset wei per whole token, times 1e18. Lots start at four times that. */
    anchor: bigint;
    /** Least reward wei that starts a lot. */
    minLot: bigint;
  };
}

export declare namespace listReward {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareListReward.Parameters & WriteOptions<chain, account>;
}
