import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { raiseGroupCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Raises the bounds of a shared risk. Curators.
 *
 * @example
 * const hash = await raiseGroupCap(client, { vault, id, absoluteCap: 10n ** 12n, relativeCapBps: 5_000n });
 */
export function raiseGroupCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: raiseGroupCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRaiseGroupCap(parameters), parameters);
}

/**
 * Encodes {@link raiseGroupCap}.
 *
 * @example
 * const call = prepareRaiseGroupCap({ vault, id, absoluteCap: 10n ** 12n, relativeCapBps: 5_000n });
 */
export function prepareRaiseGroupCap({
  vault,
  id,
  absoluteCap,
  relativeCapBps,
}: prepareRaiseGroupCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [id, absoluteCap, relativeCapBps]);
}

export declare namespace prepareRaiseGroupCap {
  type Parameters = {
    vault: Address;
    /** Risk that several adapters share. */
    id: Hex;
    /** Most assets over all its adapters, in asset wei. */
    absoluteCap: bigint;
    /** Most share of the vault, in basis points. */
    relativeCapBps: bigint;
  };
}

export declare namespace raiseGroupCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRaiseGroupCap.Parameters & WriteOptions<chain, account>;
}
