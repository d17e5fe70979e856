import {
  type BaseError,
  type ContractFunctionExecutionError,
  getContractError,
  type Hex,
  RawContractError,
} from "viem";
import { knownErrors } from "./knownErrors.ts";

/** @internal What viem's error becomes when all errors are known to it; any other error stays as it is. */
export function nameRevert(error: BaseError): Error {
  const {
    name,
    abi: of,
    args,
    contractAddress: address,
    functionName,
    sender,
    walk,
  } = error as ContractFunctionExecutionError;
  const own = of ?? [];
  const abi = [...own, ...knownErrors()];
  // Who prints an error wants to see its name, not all that it might have had.
  const printable = (found: object): Error => Object.assign(found as Error, { abi: own });
  // A lens is called by its code, not by a function.
  if (name === "CallExecutionError") return printable(getContractError(error, { abi, args: [], functionName: "read" }));
  // viem keeps the signature of what it could not decode.
  const undecoded = walk?.call(error, (inner) => (inner as { signature?: Hex }).signature !== undefined);
  if (!undecoded) return error;
  const { raw: data } = undecoded as { raw?: Hex };
  const cause = Object.assign(new RawContractError({ data }), { cause: error });
  return printable(getContractError(cause, { abi, args, address, functionName, sender }));
}
