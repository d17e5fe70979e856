import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { permit as abi } from "../abis/MillToken.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";
import type { Permit } from "./signPermit.ts";

/**
 * Uses a permit that was signed: the spender may then take the tokens. Anyone may send it.
 *
 * @example
 * const hash = await permit(client, { token, signed });
 */
export function permit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: permit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, preparePermit(parameters), parameters);
}

/**
 * Encodes {@link permit}.
 *
 * @example
 * const call = preparePermit({ token, signed });
 */
export function preparePermit({ token, signed }: preparePermit.Parameters): Call<typeof abi> {
  const { owner, spender, amount, deadline, v, r, s } = signed;
  return defineCall(abi, token, [owner, spender, amount, deadline, v, r, s]);
}

export declare namespace preparePermit {
  type Parameters = {
    token: Address;
    /** As {@link signPermit} made it. */
    signed: Permit;
  };
}

export declare namespace permit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = preparePermit.Parameters & WriteOptions<chain, account>;
}
