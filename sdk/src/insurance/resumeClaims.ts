import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { resumeClaims as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Ends a pause of claims early. CURATOR.
 *
 * Ends in `UnderwritingPool__NotPaused`.
 *
 * @example
 * const hash = await resumeClaims(client, { pool });
 */
export function resumeClaims<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: resumeClaims.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareResumeClaims(parameters), parameters);
}

/**
 * Encodes {@link resumeClaims}.
 *
 * @example
 * const call = prepareResumeClaims({ pool });
 */
export function prepareResumeClaims({ pool }: prepareResumeClaims.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, []);
}

export declare namespace prepareResumeClaims {
  type Parameters = {
    pool: Address;
  };
}

export declare namespace resumeClaims {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareResumeClaims.Parameters & WriteOptions<chain, account>;
}
