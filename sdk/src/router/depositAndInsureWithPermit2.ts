import type { Account, Chain, Client, Hash, Transport } from "viem";
import { depositAndInsureWithPermit2 as abi } from "../abis/VaultRouter.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";
import { PermitTooSmallError } from "../errors/PermitTooSmallError.ts";
import type { Permit2 } from "../permit/signPermit2.ts";
import type { prepareDepositAndInsure } from "./depositAndInsure.ts";

/**
 * Deposits and insures in one transaction, by a Permit2 signature of the sender: whatever of it is not the deposit may be
 * spent on the premium, and only as much as that is in the block.
 *
 * Ends in `VaultRouter__BelowMinShares`, `__AboveMaxPremium` or `__Expired` where a bound does not hold, and in the errors
 * of `buyCover`.
 *
 * @throws {PermitTooSmallError} when the signature is for less than `assets`
 * @example
 * const hash = await depositAndInsureWithPermit2(client, { router, vault, assets: 900_000n, signed: transfer, receiver, minShares: 899_000n * 10n ** 12n, coverManager, product: 0, amount: 900_000n, period: 90 * 86_400 });
 */
export function depositAndInsureWithPermit2<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: depositAndInsureWithPermit2.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareDepositAndInsureWithPermit2(parameters), parameters);
}

/**
 * Tries {@link depositAndInsureWithPermit2} and says the shares it would arm, the number of the policy and the premium, in
 * asset wei.
 *
 * @example
 * const { shares, coverId, premium, request } = await simulateDepositAndInsureWithPermit2(client, { router, vault, assets: 900_000n, signed: transfer, receiver, minShares: 899_000n * 10n ** 12n, coverManager, product: 0, amount: 900_000n, period: 90 * 86_400 });
 */
export async function simulateDepositAndInsureWithPermit2<
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  parameters: depositAndInsureWithPermit2.Parameters<chain, account>,
): Promise<{ shares: bigint; coverId: bigint; premium: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareDepositAndInsureWithPermit2(parameters), parameters);
  const [shares, coverId, premium] = result;
  return { shares, coverId, premium, request };
}

/**
 * Encodes {@link depositAndInsureWithPermit2}.
 *
 * @throws {PermitTooSmallError} when the signature is for less than `assets`
 * @example
 * const call = prepareDepositAndInsureWithPermit2({ router, vault, assets: 900_000n, signed: transfer, receiver, minShares: 899_000n * 10n ** 12n, coverManager, product: 0, amount: 900_000n, period: 90 * 86_400 });
 */
export function prepareDepositAndInsureWithPermit2({
  router,
  vault,
  assets,
  signed,
  receiver,
  minShares,
  coverManager: manager,
  product,
  amount,
  period,
}: prepareDepositAndInsureWithPermit2.Parameters): Call<typeof abi> {
  const maxPremium = signed.amount - assets;
  if (maxPremium < 0n) throw new PermitTooSmallError(signed.amount, assets);
  const both = { vault, assets, receiver, minShares, manager, product, amount, period, maxPremium };
  return defineCall(abi, router, [both, signed.deadline, signed.nonce, signed.signature]);
}

export declare namespace prepareDepositAndInsureWithPermit2 {
  type Parameters = Omit<prepareDepositAndInsure.Parameters, "maxPremium" | "deadline"> & {
    /** Signed by the sender with `signPermit2`, for the router: the deposit and the most for the premium, and the deadline. */
    signed: Permit2;
  };
}

export declare namespace depositAndInsureWithPermit2 {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareDepositAndInsureWithPermit2.Parameters & WriteOptions<chain, account>;
}
