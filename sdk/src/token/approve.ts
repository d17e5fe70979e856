import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { approve as abi } from "../abis/MillToken.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Lets a spender take tokens of the sender.
 *
 * @example
 * const hash = await approve(client, { token, spender, amount: 1_000_000n });
 */
export function approve<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: approve.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareApprove(parameters), parameters);
}

/**
 * Encodes {@link approve}.
 *
 * @example
 * const call = prepareApprove({ token, spender, amount: 1_000_000n });
 */
export function prepareApprove({ token, spender, amount }: prepareApprove.Parameters): Call<typeof abi> {
  return defineCall(abi, token, [spender, amount]);
}

export declare namespace prepareApprove {
  type Parameters = {
    token: Address;
    spender: Address;
    /** Most that the spender may take, in token wei; 0 withdraws the approval. */
    amount: bigint;
  };
}

export declare namespace approve {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareApprove.Parameters & WriteOptions<chain, account>;
}
