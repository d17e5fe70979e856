import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { arm as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Puts more vault shares into a policy. Only its owner, who approved the cover manager for them. The entry price becomes the
 * average, weighted by shares, with the price now where that is lower; rounded down, for the pool.
 *
 * Ends in `CoverManager__NotOwner`, `__ClaimOpen`, `__Frozen`, `__IncidentOpen` or `__Unhealthy`.
 *
 * @example
 * const hash = await armCover(client, { coverManager, coverId: 1n, shares: 10n ** 18n });
 */
export function armCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: armCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareArmCover(parameters), parameters);
}

/**
 * Encodes {@link armCover}.
 *
 * @example
 * const call = prepareArmCover({ coverManager, coverId: 1n, shares: 10n ** 18n });
 */
export function prepareArmCover({ coverManager, coverId, shares }: prepareArmCover.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [coverId, shares]);
}

export declare namespace prepareArmCover {
  type Parameters = {
    coverManager: Address;
    /** Of the policy. */
    coverId: bigint;
    /** Vault shares, in share wei. */
    shares: bigint;
  };
}

export declare namespace armCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareArmCover.Parameters & WriteOptions<chain, account>;
}
