import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { claimRewards as abi } from "../abis/Adapter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Claims what an adapter's market owes: the asset goes to the vault, rewards to its auction. Anyone may; compounding
 * does it too.
 *
 * @example
 * const hash = await claimRewards(client, { adapter });
 */
export function claimRewards<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: claimRewards.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareClaimRewards(parameters), parameters);
}

/**
 * Encodes {@link claimRewards}.
 *
 * @example
 * const call = prepareClaimRewards({ adapter });
 */
export function prepareClaimRewards({ adapter }: prepareClaimRewards.Parameters): Call<typeof abi> {
  return defineCall(abi, adapter, []);
}

export declare namespace prepareClaimRewards {
  type Parameters = {
    adapter: Address;
  };
}

export declare namespace claimRewards {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareClaimRewards.Parameters & WriteOptions<chain, account>;
}
