import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { disarm as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Takes vault shares out of a policy: they are not insured any more. Only its owner, at any price, after the cover is over too.
 *
 * Ends in `CoverManager__NotOwner`, `__ClaimOpen`, `__Frozen`, `__IncidentOpen` or `CoverNFT__NotEnoughShares`.
 *
 * @example
 * const hash = await disarmCover(client, { coverManager, coverId: 1n, shares: 10n ** 18n, receiver });
 */
export function disarmCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: disarmCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDisarmCover(parameters), parameters);
}

/**
 * Encodes {@link disarmCover}.
 *
 * @example
 * const call = prepareDisarmCover({ coverManager, coverId: 1n, shares: 10n ** 18n, receiver });
 */
export function prepareDisarmCover({
  coverManager,
  coverId,
  shares,
  receiver,
}: prepareDisarmCover.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [coverId, shares, receiver]);
}

export declare namespace prepareDisarmCover {
  type Parameters = {
    coverManager: Address;
    /** Of the policy. */
    coverId: bigint;
    /** Vault shares, in share wei. */
    shares: bigint;
    /** Gets the shares. */
    receiver: Address;
  };
}

export declare namespace disarmCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDisarmCover.Parameters & WriteOptions<chain, account>;
}
