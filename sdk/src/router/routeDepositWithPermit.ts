import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { depositWithPermit as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import type { Permit } from "../permit/signPermit.ts";
import { eip2612 } from "./eip2612.ts";

/**
 * Deposits what an EIP-2612 signature of the sender allows the router to take: one transaction, no approval before it. A
 * permit that somebody else has used already does no harm, its allowance is there.
 *
 * @throws VaultRouter__PermitFailed when the token refuses the signature and the allowance does not suffice
 * @throws VaultRouter__BelowMinShares when the vault would mint less
 * @throws VaultRouter__Expired after `deadline`
 * @example
 * const hash = await routeDepositWithPermit(client, { router, vault, signed, receiver, minShares: 999_000n * 10n ** 12n, deadline });
 */
export function routeDepositWithPermit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: routeDepositWithPermit.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareRouteDepositWithPermit(parameters), parameters);
}

/**
 * Tries {@link routeDepositWithPermit} and says how many shares it would mint.
 *
 * @example
 * const { shares, request } = await simulateRouteDepositWithPermit(client, { router, vault, signed, receiver, minShares: 999_000n * 10n ** 12n, deadline });
 */
export async function simulateRouteDepositWithPermit<
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  parameters: routeDepositWithPermit.Parameters<chain, account>,
): Promise<{ shares: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareRouteDepositWithPermit(parameters), parameters);
  return { shares: result, request };
}

/**
 * Encodes {@link routeDepositWithPermit}.
 *
 * @example
 * const call = prepareRouteDepositWithPermit({ router, vault, signed, receiver, minShares: 999_000n * 10n ** 12n, deadline });
 */
export function prepareRouteDepositWithPermit({
  router,
  vault,
  signed,
  receiver,
  minShares,
  deadline,
}: prepareRouteDepositWithPermit.Parameters): Call<typeof abi> {
  return defineCall(abi, router, [vault, signed.amount, receiver, minShares, deadline, eip2612(signed)]);
}

export declare namespace prepareRouteDepositWithPermit {
  type Parameters = {
    router: Address;
    vault: Address;
    /** Signed by the sender with `signPermit`, for the router: its amount is what is deposited. */
    signed: Permit;
    /** Owner of the new shares; never the router. */
    receiver: Address;
    /** Fewest shares accepted, in share wei. The router itself enforces it. */
    minShares: bigint;
    /** Last second at which the call is valid. */
    deadline: bigint;
  };
}

export declare namespace routeDepositWithPermit {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareRouteDepositWithPermit.Parameters & WriteOptions<chain, account>;
}
