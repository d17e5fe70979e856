import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { escalate as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Puts a claim on which the assessors have no valid result before the DAO, after the vote. Anyone.
 *
 * Ends in `ClaimsModule__WrongState` or `__TooEarly`.
 *
 * @example
 * const hash = await escalateClaim(client, { claimsModule, claimId: 1n });
 */
export function escalateClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: escalateClaim.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareEscalateClaim(parameters), parameters);
}

/**
 * Tries {@link escalateClaim} and says the number of the DAO's proposal.
 *
 * @example
 * const { proposalId, request } = await simulateEscalateClaim(client, { claimsModule, claimId: 1n });
 */
export async function simulateEscalateClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareEscalateClaim.Parameters & WriteOptions<chain, account>,
): Promise<{ proposalId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareEscalateClaim(parameters), parameters);
  return { proposalId: result, request };
}

/**
 * Encodes {@link escalateClaim}.
 *
 * @example
 * const call = prepareEscalateClaim({ claimsModule, claimId: 1n });
 */
export function prepareEscalateClaim({ claimsModule, claimId }: prepareEscalateClaim.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [claimId]);
}

export declare namespace prepareEscalateClaim {
  type Parameters = {
    claimsModule: Address;
    /** Of the claim; assessed claims have numbers of their own. */
    claimId: bigint;
  };
}

export declare namespace escalateClaim {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareEscalateClaim.Parameters & WriteOptions<chain, account>;
}
