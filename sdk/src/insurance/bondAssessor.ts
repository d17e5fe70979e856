import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { bond as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Adds to the sender's bond, with which it votes on claims filed from now on; it stays for 14 days. Anyone, who approved the
 * claims module for it.
 *
 * Ends in `ClaimsModule__OutOfBounds`, or `__BondLocked` while votes of it are not settled.
 *
 * @example
 * const hash = await bondAssessor(client, { claimsModule, assets: 1_000_000n });
 */
export function bondAssessor<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: bondAssessor.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareBondAssessor(parameters), parameters);
}

/**
 * Encodes {@link bondAssessor}.
 *
 * @example
 * const call = prepareBondAssessor({ claimsModule, assets: 1_000_000n });
 */
export function prepareBondAssessor({ claimsModule, assets }: prepareBondAssessor.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [assets]);
}

export declare namespace prepareBondAssessor {
  type Parameters = {
    claimsModule: Address;
    /** In asset wei. */
    assets: bigint;
  };
}

export declare namespace bondAssessor {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareBondAssessor.Parameters & WriteOptions<chain, account>;
}
