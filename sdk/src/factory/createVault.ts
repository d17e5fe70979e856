import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { createVault as abi } from "../abis/VaultFactory.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/** What a vault is made with. */
export type VaultTerms = {
  /** Token that it takes, 6 to 18 decimals. */
  asset: Address;
  name: string;
  symbol: string;
  /** `AccessManager` that holds its roles. */
  authority: Address;
  /** Gets fee shares; may be the zero address only while `feeBps` is 0. */
  feeRecipient: Address;
  /** Share of gains, in basis points, at most 5,000. */
  feeBps: bigint;
  /** Percent a year by which unmeasured gains may move the price, at most 200. */
  maxRate: bigint;
};

/**
 * Deploys a vault and seeds it with assets of the sender, which stay in it for good.
 *
 * @example
 * const hash = await createVault(client, { vaultFactory, terms: vaultTerms, salt, creationCode });
 */
export function createVault<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: createVault.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareCreateVault(parameters), parameters);
}

/**
 * Tries {@link createVault} and says where it would be.
 *
 * @example
 * const { vault, request } = await simulateCreateVault(client, { vaultFactory, terms: vaultTerms, salt, creationCode });
 */
export async function simulateCreateVault<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareCreateVault.Parameters & WriteOptions<chain, account>,
): Promise<{ vault: Address; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareCreateVault(parameters), parameters);
  return { vault: result, request };
}

/**
 * Encodes {@link createVault}.
 *
 * @example
 * const call = prepareCreateVault({ vaultFactory, terms: vaultTerms, salt, creationCode });
 */
export function prepareCreateVault({
  vaultFactory,
  terms,
  salt,
  creationCode,
}: prepareCreateVault.Parameters): Call<typeof abi> {
  return defineCall(abi, vaultFactory, [terms, salt, creationCode]);
}

export declare namespace prepareCreateVault {
  type Parameters = {
    vaultFactory: Address;
    /** Name, asset, roles and fee. */
    terms: VaultTerms;
    /** Any 32 bytes; another one, another address. */
    salt: Hex;
    /** Of `CompoundingVault`, without constructor arguments. */
    creationCode: Hex;
  };
}

export declare namespace createVault {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareCreateVault.Parameters & WriteOptions<chain, account>;
}
