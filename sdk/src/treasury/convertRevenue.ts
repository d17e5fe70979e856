import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { convert as abi } from "../abis/RevenueSplitter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Redeems or sells all of one token that the splitter holds, in a transaction with a gas limit above 10 million, of which it
 * uses little. Anyone may.
 *
 * @example
 * const hash = await convertRevenue(client, { splitter, token });
 */
export function convertRevenue<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: convertRevenue.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareConvertRevenue(parameters), parameters);
}

/**
 * Encodes {@link convertRevenue}.
 *
 * @example
 * const call = prepareConvertRevenue({ splitter, token });
 */
export function prepareConvertRevenue({ splitter, token }: prepareConvertRevenue.Parameters): Call<typeof abi> {
  return defineCall(abi, splitter, [token]);
}

export declare namespace prepareConvertRevenue {
  type Parameters = {
    splitter: Address;
    /** Vault shares, or a token that the auction sells. */
    token: Address;
  };
}

export declare namespace convertRevenue {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareConvertRevenue.Parameters & WriteOptions<chain, account>;
}
