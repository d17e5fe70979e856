import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { mint as abi } from "../abis/CompoundingVault.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { atMost } from "../errors/SlippageError.ts";

/**
 * Mints an exact number of shares for as many assets as they cost, after simulating the call.
 *
 * @throws {SlippageError} when more than `maxAssets` would be taken
 * @example
 * const hash = await mint(client, { vault, shares: 10n ** 18n, receiver, maxAssets: 1_001_000n });
 */
export function mint<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: mint.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareMint(parameters), parameters, (assets) => atMost("maxAssets", parameters, assets));
}

/**
 * Tries {@link mint} and says how many assets it would take.
 *
 * @example
 * const { assets, request } = await simulateMint(client, { vault, shares: 10n ** 18n, receiver });
 */
export async function simulateMint<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareMint.Parameters & WriteOptions<chain, account>,
): Promise<{ assets: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareMint(parameters), parameters);
  return { assets: result, request };
}

/**
 * Encodes {@link mint}.
 *
 * @example
 * const call = prepareMint({ vault, shares: 10n ** 18n, receiver });
 */
export function prepareMint({ vault, shares, receiver }: prepareMint.Parameters): Call<typeof abi> {
  return defineCall(abi, vault, [shares, receiver]);
}

export declare namespace prepareMint {
  type Parameters = {
    vault: Address;
    /** In share wei: 18 decimals, whatever the asset has. */
    shares: bigint;
    /** Owner of the new shares. */
    receiver: Address;
  };
}

export declare namespace mint {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareMint.Parameters & {
    /** Most assets paid, in asset wei. */
    maxAssets: bigint;
  } & WriteOptions<chain, account>;
}
