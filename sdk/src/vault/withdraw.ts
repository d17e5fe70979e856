import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { withdraw as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { atMost } from "../errors/SlippageError.ts";

/**
 * Withdraws an exact amount of assets for as many shares as they cost, after simulating the call.
 *
 * @throws {SlippageError} when more than `maxShares` would be burned
 * @example
 * const hash = await withdraw(client, { vault, assets: 1_000_000n, receiver, owner, maxShares: 10n ** 18n });
 */
export function withdraw<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: withdraw.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareWithdraw(parameters), parameters, (shares) => atMost("maxShares", parameters, shares));
}

/**
 * Tries {@link withdraw} and says how many shares it would burn.
 *
 * @example
 * const { shares, request } = await simulateWithdraw(client, { vault, assets: 1_000_000n, receiver, owner });
 */
export async function simulateWithdraw<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareWithdraw.Parameters & WriteOptions<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareWithdraw(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link withdraw}.
 *
 * @example
 * const call = prepareWithdraw({ vault, assets: 1_000_000n, receiver, owner });
 */
export function prepareWithdraw({ vault, assets, receiver, owner }: prepareWithdraw.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [assets, receiver, owner]);
}

export declare namespace prepareWithdraw {
  type Parameters = {
    vault: Address;
    /** In asset wei. */
    assets: bigint;
    /** Gets the assets; never the vault itself. */
    receiver: Address;
    /** Whose shares are burned: the sender's, or those it has an allowance for. */
    owner: Address;
  };
}

export declare namespace withdraw {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareWithdraw.Parameters & {
    /** Most shares burned, in share wei. */
    maxShares: bigint;
  } & WriteOptions<chain, account>;
}
