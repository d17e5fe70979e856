import { type Abi, type Address, encodeFunctionData, parseAbi } from "viem";
import type { Chain } from "./chain.ts";

export type Row = { readonly name: string; readonly gas: number };

const coldCallAbi = parseAbi(["function measure(address target, bytes data) view returns (uint256 spent)"]);

/** Gas of one STATICCALL to a contract that nothing in the transaction has touched yet. */
export async function coldCall(
  chain: Chain,
  { to, ...call }: { to: Address; abi: Abi; functionName: string; args: readonly unknown[] },
): Promise<number> {
  const meter = await chain.deploy("ColdCall");
  const args = [to, encodeFunctionData(call)] as const;
  return Number(await chain.read({ to: meter, abi: coldCallAbi, functionName: "measure", args }));
}
