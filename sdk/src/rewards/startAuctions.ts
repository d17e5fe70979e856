import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { startAll as abi } from "../abis/RewardAuction.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Starts every lot that can start. Anyone may.
 *
 * @example
 * const hash = await startAuctions(client, { auction });
 */
export function startAuctions<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: startAuctions.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStartAuctions(parameters), parameters);
}

/**
 * Encodes {@link startAuctions}.
 *
 * @example
 * const call = prepareStartAuctions({ auction });
 */
export function prepareStartAuctions({ auction }: prepareStartAuctions.Parameters): Call<typeof abi> {
  return defineCall(abi, auction, []);
}

export declare namespace prepareStartAuctions {
  type Parameters = {
    auction: Address;
  };
}

export declare namespace startAuctions {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStartAuctions.Parameters & WriteOptions<chain, account>;
}
