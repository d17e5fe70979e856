import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { dispute as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Has the DAO look at an incident before it is closed; 21 days of its silence let it proceed. GUARDIAN, once.
 *
 * Ends in `IncidentModule__NotOpen` or `__AlreadyDisputed`.
 *
 * @example
 * const hash = await disputeIncident(client, { incidentModule, incidentId: 1n });
 */
export function disputeIncident<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: disputeIncident.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDisputeIncident(parameters), parameters);
}

/**
 * Encodes {@link disputeIncident}.
 *
 * @example
 * const call = prepareDisputeIncident({ incidentModule, incidentId: 1n });
 */
export function prepareDisputeIncident({
  incidentModule,
  incidentId,
}: prepareDisputeIncident.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [incidentId]);
}

export declare namespace prepareDisputeIncident {
  type Parameters = {
    incidentModule: Address;
    /** Of the incident. */
    incidentId: bigint;
  };
}

export declare namespace disputeIncident {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDisputeIncident.Parameters & WriteOptions<chain, account>;
}
