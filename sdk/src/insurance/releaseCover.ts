import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { release as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Frees the shares of a paid policy, 30 days after the incident was closed, but for what the vault has recovered since: at most
 * what was paid, in shares rounded up. Anyone.
 *
 * Ends in `IncidentModule__StillFrozen`, `CoverManager__NotFrozen` or `__ClaimOpen`.
 *
 * @example
 * const hash = await releaseCover(client, { incidentModule, coverId: 1n });
 */
export function releaseCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: releaseCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareReleaseCover(parameters), parameters);
}

/**
 * Tries {@link releaseCover} and says how many shares the pool keeps, in share wei.
 *
 * @example
 * const { kept, request } = await simulateReleaseCover(client, { incidentModule, coverId: 1n });
 */
export async function simulateReleaseCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareReleaseCover.Parameters & WriteOptions<chain, account>,
): Promise<{ kept: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareReleaseCover(parameters), parameters);
  return { kept: result, request };
}

/**
 * Encodes {@link releaseCover}.
 *
 * @example
 * const call = prepareReleaseCover({ incidentModule, coverId: 1n });
 */
export function prepareReleaseCover({ incidentModule, coverId }: prepareReleaseCover.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [coverId]);
}

export declare namespace prepareReleaseCover {
  type Parameters = {
    incidentModule: Address;
    /** Of the policy. */
    coverId: bigint;
  };
}

export declare namespace releaseCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareReleaseCover.Parameters & WriteOptions<chain, account>;
}
