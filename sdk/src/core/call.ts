import {
  type Abi,
  type AbiFunction,
  type AbiStateMutability,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionReturnType,
  encodeFunctionData,
  type Hex,
} from "viem";

/** One function; a view with the errors it can end in. Those of a write are found by signature, among all that there are. */
export type Fragment = readonly [AbiFunction, ...Extract<Abi[number], { type: "error" }>[]];

/** The arguments of a fragment's function. */
export type Args<fragment extends Fragment> = ContractFunctionArgs<fragment, AbiStateMutability>;

/** What a fragment's function returns: nothing, one value, or a tuple. */
export type Result<fragment extends Fragment> = ContractFunctionReturnType<fragment, AbiStateMutability>;

/** What a multisig, a manager or a DAO needs of a call; every {@link Call} has it. */
export type Action = { readonly to: Address; readonly data: Hex; readonly value?: bigint | undefined };

/**
 * A contract call as data, frozen, which every sender understands: `writeContract`, `sendTransaction`, `sendCalls`, a
 * Safe, a user operation.
 */
export type Call<fragment extends Fragment = Fragment> = {
  readonly abi: fragment;
  readonly address: Address;
  readonly functionName: fragment[0]["name"];
  readonly args: Args<fragment>;
  readonly to: Address;
  readonly data: Hex;
  /** Native currency sent along, in wei. */
  readonly value: fragment[0]["stateMutability"] extends "nonpayable" ? undefined : bigint | undefined;
};

/** @internal The fragment's function comes first: viem encodes that one when no name is given. */
export function defineCall<const fragment extends Fragment>(
  abi: fragment,
  address: Address,
  args: Args<fragment>,
  value?: bigint,
): Call<fragment> {
  const data = encodeFunctionData<Abi>({ abi, functionName: abi[0].name, args: args as readonly unknown[] });
  return Object.freeze({
    abi,
    address,
    functionName: abi[0].name,
    args,
    to: address,
    data,
    value: value as Call<fragment>["value"],
  });
}
