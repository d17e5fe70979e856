import type { Address, Hex } from "viem";
import { vaultAddress as abi } from "../abis/VaultFactory.ts";
import { type ReadClient, type ReadOptions, read } from "../core/read.ts";
import type { VaultTerms } from "./createVault.ts";

/**
 * Reads where `createVault` would deploy a vault, whether or not it is there already.
 *
 * @example
 * const vault = await getVaultAddress(client, { vaultFactory, terms: vaultTerms, salt, creationCode, creator });
 */
export function getVaultAddress(
  client: ReadClient,
  { vaultFactory, terms, salt, creationCode, creator, ...options }: getVaultAddress.Parameters,
): Promise<Address> {
  return read(client, abi, vaultFactory, [terms, salt, creationCode, creator], options);
}

export declare namespace getVaultAddress {
  type Parameters = {
    vaultFactory: Address;
    /** Name, asset, roles and fee. */
    terms: VaultTerms;
    /** Any 32 bytes; another one, another address. */
    salt: Hex;
    /** Of `CompoundingVault`, without constructor arguments. */
    creationCode: Hex;
    /** Sends the transaction. */
    creator: Address;
  } & ReadOptions;
}
