import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { challenge as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Puts a valid result of the assessors before the DAO, within 2 days, for as much as the deposit, which is lost if the DAO
 * leaves the result as it is. Anyone, who approved the claims module for it.
 *
 * Ends in `ClaimsModule__WrongState`, `__TooEarly` or `__TooLate`.
 *
 * @example
 * const hash = await challengeClaim(client, { claimsModule, claimId: 1n });
 */
export function challengeClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: challengeClaim.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareChallengeClaim(parameters), parameters);
}

/**
 * Tries {@link challengeClaim} and says the number of the DAO's proposal.
 *
 * @example
 * const { proposalId, request } = await simulateChallengeClaim(client, { claimsModule, claimId: 1n });
 */
export async function simulateChallengeClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareChallengeClaim.Parameters & WriteOptions<chain, account>,
): Promise<{ proposalId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareChallengeClaim(parameters), parameters);
  return { proposalId: result, request };
}

/**
 * Encodes {@link challengeClaim}.
 *
 * @example
 * const call = prepareChallengeClaim({ claimsModule, claimId: 1n });
 */
export function prepareChallengeClaim({ claimsModule, claimId }: prepareChallengeClaim.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [claimId]);
}

export declare namespace prepareChallengeClaim {
  type Parameters = {
    claimsModule: Address;
    /** Of the claim; assessed claims have numbers of their own. */
    claimId: bigint;
  };
}

export declare namespace challengeClaim {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareChallengeClaim.Parameters & WriteOptions<chain, account>;
}
