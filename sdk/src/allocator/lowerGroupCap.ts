import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { lowerGroupCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lowers the bounds of a shared risk, at once. Guardians and allocators.
 *
 * @example
 * const hash = await lowerGroupCap(client, { vault, id, absoluteCap: 10n ** 12n, relativeCapBps: 5_000n });
 */
export function lowerGroupCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: lowerGroupCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareLowerGroupCap(parameters), parameters);
}

/**
 * Encodes {@link lowerGroupCap}.
 *
 * @example
 * const call = prepareLowerGroupCap({ vault, id, absoluteCap: 10n ** 12n, relativeCapBps: 5_000n });
 */
export function prepareLowerGroupCap({
  vault,
  id,
  absoluteCap,
  relativeCapBps,
}: prepareLowerGroupCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [id, absoluteCap, relativeCapBps]);
}

export declare namespace prepareLowerGroupCap {
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

export declare namespace lowerGroupCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareLowerGroupCap.Parameters & WriteOptions<chain, account>;
}
