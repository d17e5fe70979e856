import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { redeem as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { atLeast } from "../errors/SlippageError.ts";

/**
 * Redeems an exact number of shares for the assets they are worth, after simulating the call.
 *
 * @throws {SlippageError} when less than `minAssets` would be paid
 * @example
 * const hash = await redeem(client, { vault, shares: 10n ** 18n, receiver, owner, minAssets: 999_000n });
 */
export function redeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: redeem.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRedeem(parameters), parameters, (assets) => atLeast("minAssets", parameters, assets));
}

/**
 * Tries {@link redeem} and says how many assets it would pay.
 *
 * @example
 * const { assets, request } = await simulateRedeem(client, { vault, shares: 10n ** 18n, receiver, owner });
 */
export async function simulateRedeem<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareRedeem.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRedeem(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link redeem}.
 *
 * @example
 * const call = prepareRedeem({ vault, shares: 10n ** 18n, receiver, owner });
 */
export function prepareRedeem({ vault, shares, receiver, owner }: prepareRedeem.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [shares, receiver, owner]);
}

export declare namespace prepareRedeem {
  type Parameters = {
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Gets the assets; never the vault itself. */
    receiver: Address;
    /** Whose shares are burned: the sender's, or those it has an allowance for. */
    owner: Address;
  };
}

export declare namespace redeem {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRedeem.Parameters & {
    /** Fewest assets accepted, in asset wei. */
    minAssets: bigint;
  } & WriteOptions<chain, account>;
}
