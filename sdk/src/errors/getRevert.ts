import { type Abi, BaseError, type ContractErrorArgs, type ContractErrorName, decodeErrorResult, type Hex } from "viem";
import type { errors } from "../abis/errors.ts";
import { knownErrors } from "./knownErrors.ts";

/**
 * What a call ended in, by name, with its values in the order they are declared: a custom error of a contract, or what the
 * language has, `Error` with the words of tokens that know no other (USDC) and `Panic` with a code.
 */
export type Revert =
  | {
      [name in ContractErrorName<typeof errors>]: {
        readonly name: name;
        readonly args: ContractErrorArgs<typeof errors, name>;
      };
    }[ContractErrorName<typeof errors>]
  | { readonly name: "Error"; readonly args: readonly [reason: string] }
  | { readonly name: "Panic"; readonly args: readonly [code: bigint] };

/**
 * Finds the error that a call ended in, whichever contract raised it: `undefined` when it was no revert, or one without a name.
 *
 * @example
 * const revert = getRevert(error);
 * if (revert?.name === "CompoundingVault__DepositCapExceeded") console.error("full at", revert.args[1]);
 */
export function getRevert(error: unknown): Revert | undefined {
  return decodeRevert(revertData(error));
}

/** @internal */
export function decodeRevert(data: Hex | undefined): Revert | undefined {
  if (!data) return undefined;
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: knownErrors() as Abi, data });
    return { name: errorName, args } as Revert;
  } catch {
    return undefined;
  }
}

/** The innermost bytes: viem keeps them as `raw` in its own error, nodes answer them as `data`. */
function revertData(error: unknown): Hex | undefined {
  let data: Hex | undefined;
  const look = (inner: unknown) => {
    const { raw, data: own } = inner as { raw?: unknown; data?: unknown };
    data = [raw, own].find((value): value is Hex => typeof value === "string" && value.startsWith("0x")) ?? data;
    return false;
  };
  if (error instanceof BaseError) error.walk(look);
  return data;
}
