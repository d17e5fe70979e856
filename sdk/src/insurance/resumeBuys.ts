import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { resumeBuys as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Opens purchases and extensions of cover again. CURATOR.
 *
 * @example
 * const hash = await resumeBuys(client, { coverManager });
 */
export function resumeBuys<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: resumeBuys.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareResumeBuys(parameters), parameters);
}

/**
 * Encodes {@link resumeBuys}.
 *
 * @example
 * const call = prepareResumeBuys({ coverManager });
 */
export function prepareResumeBuys({ coverManager }: prepareResumeBuys.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, []);
}

export declare namespace prepareResumeBuys {
  type Parameters = {
    coverManager: Address;
  };
}

export declare namespace resumeBuys {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareResumeBuys.Parameters & WriteOptions<chain, account>;
}
