import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { vote as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Casts all of the sender's bond on a claim, once, for 3 days and more while the lead changes late. Who bonded before it was
 * filed.
 *
 * Ends in `ClaimsModule__WrongState`, `__VotingOver`, `__NoWeight`, `__AlreadyVoted` or `__NoEvidence`.
 *
 * @example
 * const hash = await voteOnClaim(client, { claimsModule, claimId: 1n, accept: true, reason });
 */
export function voteOnClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: voteOnClaim.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareVoteOnClaim(parameters), parameters);
}

/**
 * Encodes {@link voteOnClaim}.
 *
 * @example
 * const call = prepareVoteOnClaim({ claimsModule, claimId: 1n, accept: true, reason });
 */
export function prepareVoteOnClaim({
  claimsModule,
  claimId,
  accept,
  reason,
}: prepareVoteOnClaim.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [claimId, accept, reason]);
}

export declare namespace prepareVoteOnClaim {
  type Parameters = {
    claimsModule: Address;
    /** Of the claim; assessed claims have numbers of their own. */
    claimId: bigint;
    /** Or deny. */
    accept: boolean;
    /** Digest of why; not 0. */
    reason: Hex;
  };
}

export declare namespace voteOnClaim {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareVoteOnClaim.Parameters & WriteOptions<chain, account>;
}
