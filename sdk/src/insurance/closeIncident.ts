import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { close as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Ends an incident: 14 days after it was opened and after the third day with a reading, or without these after 28. Anyone.
 *
 * Ends in `IncidentModule__NotOpen` or `__TooEarly`, which says from when on it can be closed.
 *
 * @example
 * const hash = await closeIncident(client, { incidentModule, incidentId: 1n });
 */
export function closeIncident<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: closeIncident.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCloseIncident(parameters), parameters);
}

/**
 * Encodes {@link closeIncident}.
 *
 * @example
 * const call = prepareCloseIncident({ incidentModule, incidentId: 1n });
 */
export function prepareCloseIncident({
  incidentModule,
  incidentId,
}: prepareCloseIncident.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [incidentId]);
}

export declare namespace prepareCloseIncident {
  type Parameters = {
    incidentModule: Address;
    /** Of the incident. */
    incidentId: bigint;
  };
}

export declare namespace closeIncident {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCloseIncident.Parameters & WriteOptions<chain, account>;
}
