import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { depositWithPermit2 as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import type { Permit2 } from "../permit/signPermit2.ts";

/**
 * Deposits what a Permit2 signature of the sender lets the router take once. It works with every token: Permit2 is approved
 * once, and each deposit is signed.
 *
 * @throws VaultRouter__BelowMinShares when the vault would mint less
 * @throws VaultRouter__Expired after the signature's deadline
 * @example
 * const hash = await routeDepositWithPermit2(client, { router, vault, signed: transfer, receiver, minShares: 999_000n * 10n ** 12n });
 */
export function routeDepositWithPermit2<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeDepositWithPermit2.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteDepositWithPermit2(parameters), parameters);
}

/**
 * Tries {@link routeDepositWithPermit2} and says how many shares it would mint.
 *
 * @example
 * const { shares, request } = await simulateRouteDepositWithPermit2(client, { router, vault, signed: transfer, receiver, minShares: 999_000n * 10n ** 12n });
 */
export async function simulateRouteDepositWithPermit2<
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  parameters: routeDepositWithPermit2.Parameters<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteDepositWithPermit2(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link routeDepositWithPermit2}.
 *
 * @example
 * const call = prepareRouteDepositWithPermit2({ router, vault, signed: transfer, receiver, minShares: 999_000n * 10n ** 12n });
 */
export function prepareRouteDepositWithPermit2({
  router,
  vault,
  signed,
  receiver,
  minShares,
}: prepareRouteDepositWithPermit2.Parameters): Call<typeof abi> {
  const { amount, deadline, nonce, signature } = signed;
  return defineCall(abi, router, [vault, amount, receiver, minShares, deadline, nonce, signature]);
}

export declare namespace prepareRouteDepositWithPermit2 {
  type Parameters = {
    router: Address;
    vault: Address;
    /** Signed by the sender with `signPermit2`, for the router: its amount is what is deposited, its deadline the call's. */
    signed: Permit2;
    /** Owner of the new shares; never the router. */
    receiver: Address;
    /** Fewest shares accepted, in share wei. The router itself enforces it. */
    minShares: bigint;
  };
}

export declare namespace routeDepositWithPermit2 {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteDepositWithPermit2.Parameters & WriteOptions<chain, account>;
}
