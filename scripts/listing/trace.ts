import type { EthereumProvider } from "hardhat/types/providers";
import { type Address, getAddress, type Hex, numberToHex, pad, slice } from "viem";

/** A word of a contract's storage. */
export type Place = { readonly address: Address; readonly slot: Hex };
export type Provider = Pick<EthereumProvider, "request">;

type Step = { readonly op: string; readonly depth: number; readonly stack: readonly string[] };

/** The storage that a call reads, of every contract that it reaches. */
export async function readsOf(provider: Provider, to: Address, data: Hex): Promise<readonly Place[]> {
  const options = { disableMemory: true, disableStorage: true };
  const trace = (await provider.request({
    method: "debug_traceCall",
    params: [{ to, data }, "latest", options],
  })) as { readonly structLogs: readonly Step[] };
  const places = new Map<string, Place>();
  // Whose storage each frame works on: a delegated one works on that of who calls it.
  const frames: Address[] = [getAddress(to)];
  let last: Step | undefined;
  for (const step of trace.structLogs) {
    const own = frames[(last?.depth ?? 1) - 1] ?? to;
    if (last && step.depth > last.depth) {
      const callee = slice(pad(word(last, 1), { size: 32 }), 12);
      frames[step.depth - 1] = last.op === "DELEGATECALL" || last.op === "CALLCODE" ? own : getAddress(callee);
    }
    if (step.op === "SLOAD") {
      const place = { address: frames[step.depth - 1] ?? to, slot: pad(word(step, 0), { size: 32 }) };
      places.set(`${place.address} ${place.slot}`, place);
    }
    last = step;
  }
  return [...places.values()];
}

export async function write(provider: Provider, { address, slot }: Place, value: bigint): Promise<void> {
  const params = [address, slot, numberToHex(value, { size: 32 })];
  await provider.request({ method: "hardhat_setStorageAt", params });
}

export async function load(provider: Provider, { address, slot }: Place): Promise<bigint> {
  return BigInt((await provider.request({ method: "eth_getStorageAt", params: [address, slot, "latest"] })) as Hex);
}

/** Does something and takes it back. */
export async function undone<result>(provider: Provider, act: () => Promise<result>): Promise<result> {
  const snapshot = await provider.request({ method: "evm_snapshot" });
  try {
    return await act();
  } finally {
    await provider.request({ method: "evm_revert", params: [snapshot] });
  }
}

/** Counted from the top of the stack. */
function word({ stack }: Step, from: number): Hex {
  const found = stack.at(-1 - from) ?? "0";
  return found.startsWith("0x") ? (found as Hex) : `0x${found}`;
}
