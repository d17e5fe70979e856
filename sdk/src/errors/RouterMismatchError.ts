import { type Address, BaseError } from "viem";

/**
 * A call that should go through one router was prepared for another contract. Nothing was sent.
 *
 * @example
 * if (error instanceof RouterMismatchError) console.error(error.router, error.target);
 */
export class RouterMismatchError extends BaseError {
  declare readonly router: Address;
  declare readonly target: Address;

  constructor(router: Address, target: Address) {
    super(`A call is for ${target}.`, {
      name: "RouterMismatchError",
      metaMessages: [`The router is ${router}.`, "Prepare the call for the router."],
    });
    Object.assign(this, { router, target });
  }
}
