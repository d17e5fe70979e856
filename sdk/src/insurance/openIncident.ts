import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { open as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Opens an incident of an insured vault, for all of its covers. Anyone. Buying, cancelling and disarming stop on that vault.
 *
 * Ends in `IncidentModule__NoLoss`, `__NotEligible` or `__IncidentOpen`.
 *
 * @example
 * const hash = await openIncident(client, { incidentModule, coverId: 1n });
 */
export function openIncident<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: openIncident.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareOpenIncident(parameters), parameters);
}

/**
 * Tries {@link openIncident} and says the number of the incident.
 *
 * @example
 * const { incidentId, request } = await simulateOpenIncident(client, { incidentModule, coverId: 1n });
 */
export async function simulateOpenIncident<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareOpenIncident.Parameters & WriteOptions<chain, account>,
): Promise<{ incidentId: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareOpenIncident(parameters), parameters);
  return { incidentId: result, request };
}

/**
 * Encodes {@link openIncident}.
 *
 * @example
 * const call = prepareOpenIncident({ incidentModule, coverId: 1n });
 */
export function prepareOpenIncident({ incidentModule, coverId }: prepareOpenIncident.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [coverId]);
}

export declare namespace prepareOpenIncident {
  type Parameters = {
    incidentModule: Address;
    /** Of a cover whose price has fallen below its threshold. */
    coverId: bigint;
  };
}

export declare namespace openIncident {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareOpenIncident.Parameters & WriteOptions<chain, account>;
}
