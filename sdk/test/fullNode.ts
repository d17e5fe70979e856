import { type Address, createClient, custom, type Hex } from "viem";
import { hardhat } from "viem/chains";
import type { TestChain } from "./chain.ts";

type Overrides = Record<Address, { code?: Hex; stateDiff?: Record<Hex, Hex> }>;
type Transaction = { readonly from?: Address; readonly to: Address; readonly data: Hex };

const NOBODY = "0x00000000000000000000000000000000000000b0";

/**
 * A client of a node that simulates blocks and traces calls in imagined states, which the one in this process does not:
 * it makes the imagined state real, does the thing, and goes back.
 */
export function fullNodeOf(chain: TestChain) {
  let last: Promise<unknown> = Promise.resolve(); // one imagined state at a time
  const request = async ({ method, params = [] }: { method: string; params?: unknown }) => {
    const list = params as readonly never[];
    if (method === "eth_simulateV1") return simulate(list[0] as never);
    if (method === "debug_traceCall") return trace(list[0] as never, list[2] as never);
    return chain.request(method, list);
  };
  return createClient({ chain: hardhat, transport: custom({ request }, { retryCount: 0 }) });

  async function simulate({
    blockStateCalls,
  }: {
    blockStateCalls: { calls: Transaction[]; stateOverrides: Overrides }[];
  }) {
    const [block] = blockStateCalls;
    return imagining(block?.stateOverrides ?? {}, async () => {
      const calls = [];
      for (const { to, data } of block?.calls ?? []) {
        const returnData = await chain.request("eth_call", [{ from: NOBODY, to, data }, "latest"]);
        const hash = await chain.request("eth_sendTransaction", [{ from: NOBODY, to, data, gas: "0xf00000" }]);
        const receipt = (await chain.request("eth_getTransactionReceipt", [hash])) as object;
        calls.push({ ...receipt, returnData });
      }
      const latest = (await chain.request("eth_getBlockByNumber", ["latest", false])) as object;
      return [{ ...latest, calls }];
    });
  }

  async function trace(transaction: Transaction, { stateOverrides, ...how }: { stateOverrides: Overrides }) {
    return imagining(stateOverrides, () =>
      chain.request("debug_traceCall", [{ from: NOBODY, ...transaction }, "latest", how]),
    );
  }

  function imagining<result>(overrides: Overrides, act: () => Promise<result>): Promise<result> {
    const mine = last.then(() => imagine(overrides, act));
    last = mine.catch(() => undefined);
    return mine;
  }

  async function imagine<result>(overrides: Overrides, act: () => Promise<result>): Promise<result> {
    const snapshot = await chain.request("evm_snapshot");
    try {
      await chain.request("hardhat_impersonateAccount", [NOBODY]);
      await chain.request("hardhat_setBalance", [NOBODY, "0xde0b6b3a7640000"]);
      for (const [address, { code, stateDiff = {} }] of Object.entries(overrides)) {
        if (code) await chain.request("hardhat_setCode", [address, code]);
        for (const [slot, value] of Object.entries(stateDiff)) {
          await chain.request("hardhat_setStorageAt", [address, slot.replace(/^0x0+(?=[^0])/, "0x"), value]);
        }
      }
      return await act();
    } finally {
      await chain.request("evm_revert", [snapshot]);
    }
  }
}
