import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setTipCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets the most that a caller of `compound` gets. Curators.
 *
 * @example
 * const hash = await setTipCap(client, { vault, tipCap: 5_000_000n });
 */
export function setTipCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setTipCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetTipCap(parameters), parameters);
}

/**
 * Encodes {@link setTipCap}.
 *
 * @example
 * const call = prepareSetTipCap({ vault, tipCap: 5_000_000n });
 */
export function prepareSetTipCap({ vault, tipCap }: prepareSetTipCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [tipCap]);
}

export declare namespace prepareSetTipCap {
  type Parameters = {
    vault: Address;
    /** Most asset wei for one call; rounded down to a millionth of the asset. */
    tipCap: bigint;
  };
}

export declare namespace setTipCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetTipCap.Parameters & WriteOptions<chain, account>;
}
