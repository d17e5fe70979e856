import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { file as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Files a claim that people decide, for a loss that a price can't show. Only the policy's owner, from the start of the cover to
 * 35 days after its expiry, who approved the claims module for the deposit (`claimDeposit`). All that is left is locked.
 *
 * Ends in `ClaimsModule__NotOwner`, `__NotCovered`, `__OutOfBounds`, `__NoEvidence`, `CoverManager__ClaimOpen` or
 * `UnderwritingPool__BucketOver`.
 *
 * @example
 * const hash = await fileClaim(client, { claimsModule, coverId: 1n, amount: 1_000_000_000n, evidence });
 */
export function fileClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: fileClaim.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFileClaim(parameters), parameters);
}

/**
 * Tries {@link fileClaim} and says the number of the claim.
 *
 * @example
 * const { claimId, request } = await simulateFileClaim(client, { claimsModule, coverId: 1n, amount: 1_000_000_000n, evidence });
 */
export async function simulateFileClaim<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareFileClaim.Parameters & WriteOptions<chain, account>,
): Promise<{ claimId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareFileClaim(parameters), parameters);
  return { claimId: result, request };
}

/**
 * Encodes {@link fileClaim}.
 *
 * @example
 * const call = prepareFileClaim({ claimsModule, coverId: 1n, amount: 1_000_000_000n, evidence });
 */
export function prepareFileClaim({
  claimsModule,
  coverId,
  amount,
  evidence,
}: prepareFileClaim.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [coverId, amount, evidence]);
}

export declare namespace prepareFileClaim {
  type Parameters = {
    claimsModule: Address;
    /** Of the policy. */
    coverId: bigint;
    /** What is asked for, in asset wei: at most what is left of the cover. */
    amount: bigint;
    /** What `digestEvidence` makes of the evidence. */
    evidence: Hex;
  };
}

export declare namespace fileClaim {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFileClaim.Parameters & WriteOptions<chain, account>;
}
