import type { BaseError } from "viem";

/**
 * @internal Gives a revert its name and values. What that takes, the names of all errors of all contracts, weighs more than
 * all that a call needs to go well: it is loaded when a call fails. If it can't be, the revert keeps its signature.
 */
export async function named<result>(attempt: Promise<result>): Promise<result> {
  try {
    return await attempt;
  } catch (error) {
    throw await import("../errors/nameRevert.ts").then(
      (errors) => errors.nameRevert(error as BaseError),
      () => error,
    );
  }
}
