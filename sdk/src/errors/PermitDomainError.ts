import { type Address, BaseError, type Hex } from "viem";

/**
 * A token checks permits under another domain than it says, so that no signature made from what it says would fit.
 *
 * @example
 * if (error instanceof PermitDomainError) console.error(error.token, error.separator);
 */
export class PermitDomainError extends BaseError {
  declare readonly token: Address;
  declare readonly separator: Hex;

  constructor(token: Address, separator: Hex) {
    super(`${token} says another name or version than it signs with.`, {
      name: "PermitDomainError",
      metaMessages: [`Its separator is ${separator}.`, "Approve the spender instead."],
    });
    Object.assign(this, { token, separator });
  }
}
