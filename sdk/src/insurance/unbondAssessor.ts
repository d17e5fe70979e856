import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { unbond as abi } from "../abis/ClaimsModule.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Takes back a bond, 14 days after it was last added to and after the last claim it voted on was settled. The assessor.
 *
 * Ends in `ClaimsModule__BondLocked` or `__OutOfBounds`.
 *
 * @example
 * const hash = await unbondAssessor(client, { claimsModule, assets: 1_000_000n, receiver });
 */
export function unbondAssessor<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: unbondAssessor.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareUnbondAssessor(parameters), parameters);
}

/**
 * Encodes {@link unbondAssessor}.
 *
 * @example
 * const call = prepareUnbondAssessor({ claimsModule, assets: 1_000_000n, receiver });
 */
export function prepareUnbondAssessor({
  claimsModule,
  assets,
  receiver,
}: prepareUnbondAssessor.Parameters): Call<typeof abi> {
  return defineCall(abi, claimsModule, [assets, receiver]);
}

export declare namespace prepareUnbondAssessor {
  type Parameters = {
    claimsModule: Address;
    /** In asset wei. */
    assets: bigint;
    /** Gets the assets. */
    receiver: Address;
  };
}

export declare namespace unbondAssessor {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareUnbondAssessor.Parameters & WriteOptions<chain, account>;
}
