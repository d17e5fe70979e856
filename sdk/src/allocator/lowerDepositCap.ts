import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { lowerDepositCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lowers a vault's deposit cap, at once. Guardians and allocators.
 *
 * @example
 * const hash = await lowerDepositCap(client, { vault, cap: 10n ** 12n });
 */
export function lowerDepositCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: lowerDepositCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareLowerDepositCap(parameters), parameters);
}

/**
 * Encodes {@link lowerDepositCap}.
 *
 * @example
 * const call = prepareLowerDepositCap({ vault, cap: 10n ** 12n });
 */
export function prepareLowerDepositCap({ vault, cap }: prepareLowerDepositCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [cap]);
}

export declare namespace prepareLowerDepositCap {
  type Parameters = {
    vault: Address;
    /** Most assets that a deposit may lead to, in asset wei. */
    cap: bigint;
  };
}

export declare namespace lowerDepositCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareLowerDepositCap.Parameters & WriteOptions<chain, account>;
}
