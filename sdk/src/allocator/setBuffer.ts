import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { setBuffer as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Sets how much `compound` leaves idle. Allocators.
 *
 * @example
 * const hash = await setBuffer(client, { vault, bufferBps: 500n });
 */
export function setBuffer<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: setBuffer.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSetBuffer(parameters), parameters);
}

/**
 * Encodes {@link setBuffer}.
 *
 * @example
 * const call = prepareSetBuffer({ vault, bufferBps: 500n });
 */
export function prepareSetBuffer({ vault, bufferBps }: prepareSetBuffer.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [bufferBps]);
}

export declare namespace prepareSetBuffer {
  type Parameters = {
    vault: Address;
    /** Share of the vault, in basis points. */
    bufferBps: bigint;
  };
}

export declare namespace setBuffer {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSetBuffer.Parameters & WriteOptions<chain, account>;
}
