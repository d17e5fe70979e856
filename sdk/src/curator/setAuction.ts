import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setAuction as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets where a vault's reward tokens are sold. Curators.
 *
 * @example
 * const hash = await setAuction(client, { vault, auction });
 */
export function setAuction<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setAuction.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetAuction(parameters), parameters);
}

/**
 * Encodes {@link setAuction}.
 *
 * @example
 * const call = prepareSetAuction({ vault, auction });
 */
export function prepareSetAuction({ vault, auction }: prepareSetAuction.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [auction]);
}

export declare namespace prepareSetAuction {
  type Parameters = {
    vault: Address;
    /** A `RewardAuction` of this vault; the zero address means none. */
    auction: Address;
  };
}

export declare namespace setAuction {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetAuction.Parameters & WriteOptions<chain, account>;
}
