import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setMaxRate as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets how fast unmeasured gains may move a vault's share price. Curators.
 *
 * @example
 * const hash = await setMaxRate(client, { vault, maxRate: 30n });
 */
export function setMaxRate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setMaxRate.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetMaxRate(parameters), parameters);
}

/**
 * Encodes {@link setMaxRate}.
 *
 * @example
 * const call = prepareSetMaxRate({ vault, maxRate: 30n });
 */
export function prepareSetMaxRate({ vault, maxRate }: prepareSetMaxRate.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [maxRate]);
}

export declare namespace prepareSetMaxRate {
  type Parameters = {
    vault: Address;
    /** Percent a year, at most 200. */
    maxRate: bigint;
  };
}

export declare namespace setMaxRate {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetMaxRate.Parameters & WriteOptions<chain, account>;
}
