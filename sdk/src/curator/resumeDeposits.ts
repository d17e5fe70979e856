import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { resumeDeposits as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Takes deposits again. Curators.
 *
 * @example
 * const hash = await resumeDeposits(client, { vault });
 */
export function resumeDeposits<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: resumeDeposits.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareResumeDeposits(parameters), parameters);
}

/**
 * Encodes {@link resumeDeposits}.
 *
 * @example
 * const call = prepareResumeDeposits({ vault });
 */
export function prepareResumeDeposits({ vault }: prepareResumeDeposits.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, []);
}

export declare namespace prepareResumeDeposits {
  type Parameters = {
    vault: Address;
  };
}

export declare namespace resumeDeposits {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareResumeDeposits.Parameters & WriteOptions<chain, account>;
}
