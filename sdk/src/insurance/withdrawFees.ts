import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { withdraw as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Fetches the fees, deposits and rewards that the claims module owes to the sender.
 *
 * Ends in `ClaimsModule__NothingOwed`.
 *
 * @example
 * const hash = await withdrawFees(client, { claimsModule, receiver });
 */
export function withdrawFees<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: withdrawFees.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareWithdrawFees(parameters), parameters);
}

/**
 * Tries {@link withdrawFees} and says how much that is, in asset wei.
 *
 * @example
 * const { assets, request } = await simulateWithdrawFees(client, { claimsModule, receiver });
 */
export async function simulateWithdrawFees<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareWithdrawFees.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareWithdrawFees(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link withdrawFees}.
 *
 * @example
 * const call = prepareWithdrawFees({ claimsModule, receiver });
 */
export function prepareWithdrawFees({ claimsModule, receiver }: prepareWithdrawFees.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [receiver]);
}

export declare namespace prepareWithdrawFees {
  type Parameters = {
    claimsModule: Address;
    /** Gets the assets. */
    receiver: Address;
  };
}

export declare namespace withdrawFees {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareWithdrawFees.Parameters & WriteOptions<chain, account>;
}
