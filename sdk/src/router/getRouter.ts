import type { Address } from "viem";
import { permit2, wrappedNative } from "../abis/VaultRouter.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";

/** What a router works with. */
export type Router = {
  /** Checks the signatures of `signPermit2`. */
  readonly permit2: Address;
  /** Only vaults of this token take native currency. */
  readonly wrappedNative: Address;
};

/**
 * Reads which Permit2 and which wrapped token a router works with, in one `eth_call`.
 *
 * @example
 * const { permit2, wrappedNative } = await getRouter(client, { router });
 */
export async function getRouter(client: ReadClient, { router, ...options }: getRouter.Parameters): Promise<Router> {
  const calls = [
    [permit2, router, []],
    [wrappedNative, router, []],
  ] as const;
  const [permits, wrapped] = await readMany(client, calls, options);
  return { permit2: permits, wrappedNative: wrapped };
}

export declare namespace getRouter {
  type Parameters = {
    router: Address;
  } & ReadOptions;
}
