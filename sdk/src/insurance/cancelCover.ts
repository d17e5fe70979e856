import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { cancel as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { atLeast } from "../errors/SlippageError.ts";

/**
 * Ends a cover, and the right to claim on it. 90 % of the premium that has not streamed comes back, in the part of the amount
 * that was not paid out, rounded down; worth doing at expiry. Only its owner. `minRefund` is checked against the simulation.
 *
 * Ends in `CoverManager__NotOwner`, `__ClaimOpen`, `__IncidentOpen`, `__Over` or `UnderwritingPool__BucketOver`.
 *
 * @throws {SlippageError} when less than `minRefund` would come back
 * @example
 * const hash = await cancelCover(client, { coverManager, coverId: 1n, minRefund: 1n });
 */
export function cancelCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: cancelCover.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCancelCover(parameters), parameters, (result) =>
    atLeast("minRefund", parameters, result),
  );
}

/**
 * Tries {@link cancelCover} and says what comes back, in asset wei.
 *
 * @example
 * const { refund, request } = await simulateCancelCover(client, { coverManager, coverId: 1n });
 */
export async function simulateCancelCover<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCancelCover.Parameters & WriteOptions<chain, account>,
): Promise<{ refund: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCancelCover(parameters), parameters);
  return { refund: result, request };
}

/**
 * Encodes {@link cancelCover}.
 *
 * @example
 * const call = prepareCancelCover({ coverManager, coverId: 1n });
 */
export function prepareCancelCover({ coverManager, coverId }: prepareCancelCover.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [coverId]);
}

export declare namespace prepareCancelCover {
  type Parameters = {
    coverManager: Address;
    /** Of the policy. */
    coverId: bigint;
  };
}

export declare namespace cancelCover {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCancelCover.Parameters & {
    /** Least that may come back, in asset wei. */
    minRefund: bigint;
  } & WriteOptions<chain, account>;
}
