import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { emergencyExit as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Takes an adapter's position to idle by the plainest path its market has. Guardians and allocators.
 *
 * @example
 * const hash = await emergencyExit(client, { vault, adapter });
 */
export function emergencyExit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: emergencyExit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareEmergencyExit(parameters), parameters);
}

/**
 * Tries {@link emergencyExit} and says how many assets it would bring back.
 *
 * @example
 * const { recovered, request } = await simulateEmergencyExit(client, { vault, adapter });
 */
export async function simulateEmergencyExit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareEmergencyExit.Parameters & WriteOptions<chain, account>,
): Promise<{ recovered: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareEmergencyExit(parameters), parameters);
  return { recovered: result, request };
}

/**
 * Encodes {@link emergencyExit}.
 *
 * @example
 * const call = prepareEmergencyExit({ vault, adapter });
 */
export function prepareEmergencyExit({ vault, adapter }: prepareEmergencyExit.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [adapter]);
}

export declare namespace prepareEmergencyExit {
  type Parameters = {
    vault: Address;
    adapter: Address;
  };
}

export declare namespace emergencyExit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareEmergencyExit.Parameters & WriteOptions<chain, account>;
}
