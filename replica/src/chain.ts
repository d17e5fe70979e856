import type { EthereumProvider } from "hardhat/types/providers";
import {
  type Abi,
  type Address,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  numberToHex,
} from "viem";

/** Any EIP-1193 provider of a local node or fork: what it runs must know the `hardhat_*` methods. */
export type Provider = Pick<EthereumProvider, "request">;

type Call<abi extends Abi, name extends ContractFunctionName<abi>> = EncodeFunctionDataParameters<abi, name> & {
  readonly to: Address;
  readonly from?: Address;
};
type Write<abi extends Abi, name extends ContractFunctionName<abi>> = Call<abi, name> & {
  readonly from: Address;
  readonly value?: bigint;
};
type Transaction = {
  readonly from: Address;
  readonly to?: Address;
  readonly data?: Hex;
  readonly value?: bigint;
};

/** A local chain on which anyone can be impersonated. One request per transaction, which is what makes it fast. */
export type Chain = ReturnType<typeof chainOf>;

// Below the cap of 16,777,216 gas that a transaction has since Osaka (EIP-7825).
const gas = numberToHex(16_000_000);
const wealth = numberToHex(10n ** 24n);

export function chainOf(provider: Provider) {
  const acting = new Set<string>();

  async function request<result = unknown>(method: string, params: readonly unknown[] = []): Promise<result> {
    return (await provider.request({ method, params })) as result;
  }

  /** From now on this account, contract or not, sends transactions here and can pay for them. */
  async function act(account: Address): Promise<void> {
    if (acting.has(account)) return;
    await request("hardhat_impersonateAccount", [account]);
    await request("hardhat_setBalance", [account, wealth]);
    acting.add(account);
  }

  async function transact({ from, value, ...transaction }: Transaction): Promise<Hex> {
    await act(from);
    const paid = value === undefined ? {} : { value: numberToHex(value) };
    return await request("eth_sendTransaction", [{ from, gas, ...paid, ...transaction }]);
  }

  async function send<const abi extends Abi, name extends ContractFunctionName<abi>>(
    call: Write<abi, name>,
  ): Promise<Hex> {
    const { from, to, value } = call;
    return await transact({ from, to, data: encode(call), ...(value === undefined ? {} : { value }) });
  }

  async function read<const abi extends Abi, name extends ContractFunctionName<abi>>(
    call: Call<abi, name>,
  ): Promise<ContractFunctionReturnType<abi, "view" | "pure" | "nonpayable", name>> {
    const { from, to } = call;
    const data = await request<Hex>("eth_call", [{ ...(from && { from }), to, data: encode(call) }, "latest"]);
    return decodeFunctionResult({ ...call, data } as never) as never;
  }

  async function now(): Promise<bigint> {
    const { timestamp } = await request<{ timestamp: Hex }>("eth_getBlockByNumber", ["latest", false]);
    return BigInt(timestamp);
  }

  return {
    provider,
    request,
    act,
    transact,
    send,
    read,
    now,
    codeAt: (account: Address) => request<Hex>("eth_getCode", [account, "latest"]),
    /** The time of the next block, to the second. */
    next: (timestamp: bigint) => request("evm_setNextBlockTimestamp", [numberToHex(timestamp)]),
    mine: (blocks = 1) => request("hardhat_mine", [numberToHex(blocks)]),
  };
}

/** The caller's types were checked against its ABI; viem's own parameter type cannot be proved for a generic one. */
function encode(call: unknown): Hex {
  return encodeFunctionData(call as EncodeFunctionDataParameters);
}
