import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { finalize as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Pays or denies a claim that is decided, be it by silence. Anyone.
 *
 * Ends in `ClaimsModule__WrongState`, `__TooEarly` or `UnderwritingPool__ClaimsPaused`.
 *
 * @example
 * const hash = await finalizeClaim(client, { claimsModule, claimId: 1n });
 */
export function finalizeClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: finalizeClaim.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFinalizeClaim(parameters), parameters);
}

/**
 * Encodes {@link finalizeClaim}.
 *
 * @example
 * const call = prepareFinalizeClaim({ claimsModule, claimId: 1n });
 */
export function prepareFinalizeClaim({ claimsModule, claimId }: prepareFinalizeClaim.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [claimId]);
}

export declare namespace prepareFinalizeClaim {
  type Parameters = {
    claimsModule: Address;
    /** Of the claim; assessed claims have numbers of their own. */
    claimId: bigint;
  };
}

export declare namespace finalizeClaim {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFinalizeClaim.Parameters & WriteOptions<chain, account>;
}
