import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setFeeRecipient as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets who gets a vault's fee. Curators.
 *
 * @example
 * const hash = await setFeeRecipient(client, { vault, recipient });
 */
export function setFeeRecipient<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setFeeRecipient.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetFeeRecipient(parameters), parameters);
}

/**
 * Encodes {@link setFeeRecipient}.
 *
 * @example
 * const call = prepareSetFeeRecipient({ vault, recipient });
 */
export function prepareSetFeeRecipient({ vault, recipient }: prepareSetFeeRecipient.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [recipient]);
}

export declare namespace prepareSetFeeRecipient {
  type Parameters = {
    vault: Address;
    /** Gets the fee, in shares. */
    recipient: Address;
  };
}

export declare namespace setFeeRecipient {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetFeeRecipient.Parameters & WriteOptions<chain, account>;
}
