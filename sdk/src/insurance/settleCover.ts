import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { settle as abi } from "../abis/IncidentModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Pays the owner of a policy that was filed in an incident, once that is over. Anyone.
 *
 * Ends in `IncidentModule__NotFiled`, `__NotClosed` or `UnderwritingPool__ClaimsPaused`.
 *
 * @example
 * const hash = await settleCover(client, { incidentModule, coverId: 1n });
 */
export function settleCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: settleCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareSettleCover(parameters), parameters);
}

/**
 * Tries {@link settleCover} and says what is paid, in asset wei, rounded down.
 *
 * @example
 * const { paid, request } = await simulateSettleCover(client, { incidentModule, coverId: 1n });
 */
export async function simulateSettleCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareSettleCover.Parameters & WriteOptions<chain, account>,
): Promise<{ paid: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareSettleCover(parameters), parameters);
  return { paid: result, request };
}

/**
 * Encodes {@link settleCover}.
 *
 * @example
 * const call = prepareSettleCover({ incidentModule, coverId: 1n });
 */
export function prepareSettleCover({ incidentModule, coverId }: prepareSettleCover.Parameters): Call<typeof abi> {
  return defineCall(abi, incidentModule, [coverId]);
}

export declare namespace prepareSettleCover {
  type Parameters = {
    incidentModule: Address;
    /** Of the policy. */
    coverId: bigint;
  };
}

export declare namespace settleCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareSettleCover.Parameters & WriteOptions<chain, account>;
}
