import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { file as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Files a cover in the incident of its vault, for its owner; all that is left of it is locked. Anyone, for 14 days.
 *
 * Ends in `IncidentModule__NotOpen`, `__FilingOver`, `__NotEligible`, `CoverManager__ClaimOpen` or
 * `UnderwritingPool__BucketOver`.
 *
 * @example
 * const hash = await fileCover(client, { incidentModule, coverId: 1n });
 */
export function fileCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: fileCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareFileCover(parameters), parameters);
}

/**
 * Encodes {@link fileCover}.
 *
 * @example
 * const call = prepareFileCover({ incidentModule, coverId: 1n });
 */
export function prepareFileCover({ incidentModule, coverId }: prepareFileCover.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [coverId]);
}

export declare namespace prepareFileCover {
  type Parameters = {
    incidentModule: Address;
    /** Of the policy. */
    coverId: bigint;
  };
}

export declare namespace fileCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareFileCover.Parameters & WriteOptions<chain, account>;
}
