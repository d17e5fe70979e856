import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { distribute as abi } from "../abis/RevenueSplitter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Splits the reward token that the splitter holds between stakers, treasury and reserve. Anyone may.
 *
 * @example
 * const hash = await distributeRevenue(client, { splitter });
 */
export function distributeRevenue<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: distributeRevenue.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDistributeRevenue(parameters), parameters);
}

/**
 * Encodes {@link distributeRevenue}.
 *
 * @example
 * const call = prepareDistributeRevenue({ splitter });
 */
export function prepareDistributeRevenue({ splitter }: prepareDistributeRevenue.Parameters): Call<typeof abi> {
  return defineCall(abi, splitter, []);
}

export declare namespace prepareDistributeRevenue {
  type Parameters = {
    splitter: Address;
  };
}

export declare namespace distributeRevenue {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDistributeRevenue.Parameters & WriteOptions<chain, account>;
}
