import { BaseError } from "viem";

/**
 * A call would give less, or take more, than its caller accepts. Nothing was sent.
 *
 * @example
 * if (error instanceof SlippageError) console.error(error.parameter, error.limit, error.amount);
 */
export class SlippageError extends BaseError {
  declare readonly parameter: string;
  declare readonly limit: bigint;
  declare readonly amount: bigint;

  constructor(parameter: string, limit: bigint, amount: bigint) {
    super(`${parameter} is ${limit}, and it would be ${amount}.`, {
      name: "SlippageError",
      metaMessages: [`Change ${parameter}.`],
    });
    Object.assign(this, { parameter, limit, amount });
  }
}

/** @internal */
export function atLeast<name extends string>(name: name, limits: Record<name, bigint>, amount: bigint): void {
  if (amount < limits[name]) throw new SlippageError(name, limits[name], amount);
}

/** @internal */
export function atMost<name extends string>(name: name, limits: Record<name, bigint>, amount: bigint): void {
  if (amount > limits[name]) throw new SlippageError(name, limits[name], amount);
}
