import { BaseError } from "viem";

/**
 * A signature lets less be taken than is to be deposited, so that nothing would be left for the premium. Nothing was sent.
 *
 * @example
 * if (error instanceof PermitTooSmallError) console.error(error.amount, "signed, to deposit", error.assets);
 */
export class PermitTooSmallError extends BaseError {
  /** What was signed, in asset wei. */
  declare readonly amount: bigint;
  /** What is to be deposited, in asset wei. */
  declare readonly assets: bigint;

  constructor(amount: bigint, assets: bigint) {
    super(`${amount} of ${assets} is signed.`, { name: "PermitTooSmallError" });
    this.amount = amount;
    this.assets = assets;
  }
}
