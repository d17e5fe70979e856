import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { raiseDepositCap as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Raises a vault's deposit cap. Curators.
 *
 * @example
 * const hash = await raiseDepositCap(client, { vault, cap: 10n ** 12n });
 */
export function raiseDepositCap<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: raiseDepositCap.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRaiseDepositCap(parameters), parameters);
}

/**
 * Encodes {@link raiseDepositCap}.
 *
 * @example
 * const call = prepareRaiseDepositCap({ vault, cap: 10n ** 12n });
 */
export function prepareRaiseDepositCap({ vault, cap }: prepareRaiseDepositCap.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [cap]);
}

export declare namespace prepareRaiseDepositCap {
  type Parameters = {
    vault: Address;
    /** Most assets that a deposit may lead to, in asset wei. */
    cap: bigint;
  };
}

export declare namespace raiseDepositCap {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRaiseDepositCap.Parameters & WriteOptions<chain, account>;
}
