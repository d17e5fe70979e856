import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { record as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Reads the vault's price for the day that runs: a day counts its highest reading, and the loss price is the median of three
 * days. Anyone, any number of times.
 *
 * Ends in `IncidentModule__NotOpen` or `__NoSlot`, or as the vault does while its price can't be read; then nothing is
 * recorded.
 *
 * @example
 * const hash = await recordPrice(client, { incidentModule, incidentId: 1n });
 */
export function recordPrice<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: recordPrice.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRecordPrice(parameters), parameters);
}

/**
 * Tries {@link recordPrice} and says the highest reading of the day, in asset wei per share wei times 1e27.
 *
 * @example
 * const { value, request } = await simulateRecordPrice(client, { incidentModule, incidentId: 1n });
 */
export async function simulateRecordPrice<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareRecordPrice.Parameters & WriteOptions<chain, account>,
): Promise<{ value: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRecordPrice(parameters), parameters);
  return { value: result, request };
}

/**
 * Encodes {@link recordPrice}.
 *
 * @example
 * const call = prepareRecordPrice({ incidentModule, incidentId: 1n });
 */
export function prepareRecordPrice({ incidentModule, incidentId }: prepareRecordPrice.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [incidentId]);
}

export declare namespace prepareRecordPrice {
  type Parameters = {
    incidentModule: Address;
    /** Of the incident. */
    incidentId: bigint;
  };
}

export declare namespace recordPrice {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRecordPrice.Parameters & WriteOptions<chain, account>;
}
