import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { resumeDeposits as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Opens the pool for deposits again. CURATOR.
 *
 * @example
 * const hash = await resumeUnderwriting(client, { pool });
 */
export function resumeUnderwriting<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: resumeUnderwriting.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareResumeUnderwriting(parameters), parameters);
}

/**
 * Encodes {@link resumeUnderwriting}.
 *
 * @example
 * const call = prepareResumeUnderwriting({ pool });
 */
export function prepareResumeUnderwriting({ pool }: prepareResumeUnderwriting.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, []);
}

export declare namespace prepareResumeUnderwriting {
  type Parameters = {
    pool: Address;
  };
}

export declare namespace resumeUnderwriting {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareResumeUnderwriting.Parameters & WriteOptions<chain, account>;
}
