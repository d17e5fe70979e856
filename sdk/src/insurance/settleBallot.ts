import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { settleBallot as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Books an assessor's fee for a final claim, or half of its bond as lost if the DAO overturned its vote. Anyone.
 *
 * Ends in `ClaimsModule__NotSettleable`.
 *
 * @example
 * const hash = await settleBallot(client, { claimsModule, claimId: 1n, assessor });
 */
export function settleBallot<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: settleBallot.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSettleBallot(parameters), parameters);
}

/**
 * Encodes {@link settleBallot}.
 *
 * @example
 * const call = prepareSettleBallot({ claimsModule, claimId: 1n, assessor });
 */
export function prepareSettleBallot({
  claimsModule,
  claimId,
  assessor,
}: prepareSettleBallot.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [claimId, assessor]);
}

export declare namespace prepareSettleBallot {
  type Parameters = {
    claimsModule: Address;
    /** Of the claim; assessed claims have numbers of their own. */
    claimId: bigint;
    /** Who voted. */
    assessor: Address;
  };
}

export declare namespace settleBallot {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSettleBallot.Parameters & WriteOptions<chain, account>;
}
