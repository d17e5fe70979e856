import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { stopDeposits as abi } from "../abis/UnderwritingPool.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stops deposits into the pool. DERISK: the guardian, at once.
 *
 * @example
 * const hash = await stopUnderwriting(client, { pool });
 */
export function stopUnderwriting<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: stopUnderwriting.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStopUnderwriting(parameters), parameters);
}

/**
 * Encodes {@link stopUnderwriting}.
 *
 * @example
 * const call = prepareStopUnderwriting({ pool });
 */
export function prepareStopUnderwriting({ pool }: prepareStopUnderwriting.Parameters): Call<typeof abi> {
  return defineCall(abi, pool, []);
}

export declare namespace prepareStopUnderwriting {
  type Parameters = {
    pool: Address;
  };
}

export declare namespace stopUnderwriting {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStopUnderwriting.Parameters & WriteOptions<chain, account>;
}
