import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { stopDeposits as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stops deposits and the lending by `compound`, at once; exits stay open. Guardians and allocators.
 *
 * @example
 * const hash = await stopDeposits(client, { vault });
 */
export function stopDeposits<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: stopDeposits.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStopDeposits(parameters), parameters);
}

/**
 * Encodes {@link stopDeposits}.
 *
 * @example
 * const call = prepareStopDeposits({ vault });
 */
export function prepareStopDeposits({ vault }: prepareStopDeposits.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, []);
}

export declare namespace prepareStopDeposits {
  type Parameters = {
    vault: Address;
  };
}

export declare namespace stopDeposits {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStopDeposits.Parameters & WriteOptions<chain, account>;
}
