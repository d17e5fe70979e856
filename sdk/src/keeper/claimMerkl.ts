import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { claimMerkl as abi } from "../abis/Adapter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Claims what a Merkl campaign grants an adapter: the asset goes to the vault, other tokens to its auction. Anyone may.
 * Tokens, amounts and proofs are those that Merkl's API answers for the adapter's address.
 *
 * @example
 * const hash = await claimMerkl(client, { adapter, distributor, grants: [{ token, amount, proof }] });
 */
export function claimMerkl<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: claimMerkl.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareClaimMerkl(parameters), parameters);
}

/**
 * Encodes {@link claimMerkl}.
 *
 * @example
 * const call = prepareClaimMerkl({ adapter, distributor, grants: [{ token, amount, proof }] });
 */
export function prepareClaimMerkl({ adapter, distributor, grants }: prepareClaimMerkl.Parameters): Call<typeof abi> {
  return defineCall(abi, adapter, [
    distributor,
    grants.map(({ token }) => token),
    grants.map(({ amount }) => amount),
    grants.map(({ proof }) => proof),
  ]);
}

export declare namespace prepareClaimMerkl {
  type Parameters = {
    adapter: Address;
    /** Merkl's distributor on this network. */
    distributor: Address;
    grants: readonly MerklGrant[];
  };
}

/** One token that Merkl grants: all that was ever granted (`amount`, in the token's wei) and its proof. */
export type MerklGrant = {
  token: Address;
  amount: bigint;
  proof: readonly Hex[];
};

export declare namespace claimMerkl {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareClaimMerkl.Parameters & WriteOptions<chain, account>;
}
