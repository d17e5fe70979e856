import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setGate as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets who may enter a vault; exits are never gated. Curators.
 *
 * @example
 * const hash = await setGate(client, { vault, gate });
 */
export function setGate<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setGate.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetGate(parameters), parameters);
}

/**
 * Encodes {@link setGate}.
 *
 * @example
 * const call = prepareSetGate({ vault, gate });
 */
export function prepareSetGate({ vault, gate }: prepareSetGate.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [gate]);
}

export declare namespace prepareSetGate {
  type Parameters = {
    vault: Address;
    /** An `IGate`; the zero address opens the vault to everyone. */
    gate: Address;
  };
}

export declare namespace setGate {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetGate.Parameters & WriteOptions<chain, account>;
}
