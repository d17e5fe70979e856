import {
  type Abi,
  type Address,
  decodeFunctionData,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  type Hex,
  isAddressEqual,
  type Log,
  pad,
  type StateOverride,
} from "viem";
import { call, getBlock, simulateBlocks } from "viem/actions";
import { timelock as timelockAbi } from "../abis/MillGovernor.ts";
import { run as abi, code } from "../abis/ProposalRunner.ts";
import type { Args, Result } from "../core/call.ts";
import { type ReadClient, read } from "../core/read.ts";
import { decodeRevert, type Revert } from "../errors/getRevert.ts";
import { type Proposal, proposalArgs } from "./defineProposal.ts";
import { getExecutableState } from "./getExecutableState.ts";

/** Where the runner's code is put for the call; nothing is there. */
const RUNNER = "0x6d696c6c00000000000000000000000000000001";
const ZERO = pad("0x");

/** What a number was and what it would be. */
export type Change = { readonly before: bigint; readonly after: bigint };

/** What a proposal would do if it were executed now. */
export type ProposalSimulation = {
  readonly succeeded: boolean;
  /** What the execution would end in; nothing changes then. */
  readonly revert: Revert | undefined;
  readonly revertData: Hex;
  /** The calls, decoded by the ABIs that were given. */
  readonly calls: readonly {
    readonly target: Address;
    readonly value: bigint;
    readonly data: Hex;
    readonly functionName: string | undefined;
    readonly args: readonly unknown[];
  }[];
  /** Share price per vault, 1e18 is par; 0 while it can't be read. */
  readonly prices: readonly (Change & { readonly vault: Address })[];
  readonly balances: readonly (Change & { readonly token: Address; readonly account: Address })[];
  /** Every slot that would change, where the node can trace; else undefined. */
  readonly storage:
    | readonly { readonly address: Address; readonly slot: Hash; readonly before: Hash; readonly after: Hash }[]
    | undefined;
  /** What would be emitted, where the node simulates blocks; else undefined. */
  readonly logs: readonly Log[] | undefined;
};

/**
 * Executes a proposal in an imagined state: it has passed and its time has come. The governor's, the timelock's and the
 * targets' own code runs, on the present state; nothing is sent. Works for proposals that were not even made yet.
 *
 * Logs come from `eth_simulateV1` and storage from `debug_traceCall`, where the node has them; all else takes only state
 * overrides. A changed target's code is not noticed: compare with what was pinned when it was proposed.
 *
 * @example
 * const { succeeded, prices } = await simulateProposal(client, { governor, proposal, vaults: [vault] });
 */
export async function simulateProposal(
  client: ReadClient,
  { governor, proposal, vaults = [], watches = [], abis = [], stateOverride = [] }: simulateProposal.Parameters,
): Promise<ProposalSimulation> {
  const [timelock, { timestamp }] = await Promise.all([read(client, timelockAbi, governor, [], {}), getBlock(client)]);
  const imagined = [
    ...stateOverride,
    ...getExecutableState({ governor, timelock, proposal, timestamp }),
    { address: RUNNER, code },
  ] as StateOverride;
  const [targets, values, calldatas, descriptionHash] = proposalArgs(proposal);
  const args = [governor, { targets, values, calldatas, descriptionHash }, vaults, watches] as const;
  const [{ outcome, logs }, storage] = await Promise.all([
    execute(client, args, imagined),
    traceStorage(client, args, imagined),
  ]);
  return {
    succeeded: outcome.succeeded,
    revert: decodeRevert(outcome.revertData),
    revertData: outcome.revertData,
    calls: targets.map((target, at) => decode(abis, { target, value: values[at] ?? 0n, data: calldatas[at] ?? "0x" })),
    prices: vaults.map((vault, at) => ({ vault, ...change(outcome.prices[at]) })),
    balances: watches.map((watch, at) => ({ ...watch, ...change(outcome.balances[at]) })),
    storage,
    logs,
  };
}

type Arguments = Args<typeof abi>;

async function execute(
  client: ReadClient,
  args: Arguments,
  imagined: StateOverride,
): Promise<{ outcome: Result<typeof abi>; logs: readonly Log[] | undefined }> {
  const to = RUNNER;
  const data = encodeFunctionData({ abi, args });
  try {
    const [block] = await simulateBlocks(client, { blocks: [{ stateOverrides: imagined, calls: [{ to, data }] }] });
    const [result] = block?.calls ?? [];
    return { outcome: decodeFunctionResult({ abi, data: result?.data ?? "0x" }), logs: result?.logs };
  } catch {
    // No eth_simulateV1: not every node has it.
    const result = await call(client, { to, data, stateOverride: imagined });
    return { outcome: decodeFunctionResult({ abi, data: result.data ?? "0x" }), logs: undefined };
  }
}

type Trace = Record<Address, { storage?: Record<Hash, Hash> }>;
/** Not among the calls that viem knows. */
type TraceCall = {
  Method: "debug_traceCall";
  Parameters: readonly unknown[];
  ReturnType: { pre: Trace; post: Trace };
};

/** What the execution writes, but for what was imagined. Undefined where the node can't trace a call in an imagined state. */
async function traceStorage(
  client: ReadClient,
  args: Arguments,
  imagined: StateOverride,
): Promise<ProposalSimulation["storage"]> {
  const transaction = { to: RUNNER, data: encodeFunctionData({ abi, args }) };
  const how = { tracer: "prestateTracer", tracerConfig: { diffMode: true }, stateOverrides: serialize(imagined) };
  const params = [transaction, "latest", how] as const;
  const trace = await client.request<TraceCall>({ method: "debug_traceCall", params }).catch(() => undefined);
  if (!trace) return undefined;
  const { pre, post } = trace;
  const changed = (Object.keys(pre) as Address[]).flatMap((address) => {
    const [before, after] = [pre[address]?.storage ?? {}, post[address]?.storage ?? {}];
    const slots = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<Hash>;
    return [...slots].map((slot) => ({ address, slot, before: before[slot] ?? ZERO, after: after[slot] ?? ZERO }));
  });
  const isImagined = ({ address, slot }: { address: Address; slot: Hash }) =>
    imagined.some((one) => isAddressEqual(one.address, address) && one.stateDiff?.some((word) => word.slot === slot));
  // An execution marks the proposal: a trace without that mark did not run in the imagined state.
  return changed.some(isImagined) ? changed.filter((change) => !isImagined(change)) : undefined;
}

/** As nodes take it: by address, slots by number. */
function serialize(imagined: StateOverride): Record<Address, { code?: Hex; stateDiff?: Record<Hash, Hash> }> {
  return Object.fromEntries(
    imagined.map(({ address, code: replaced, stateDiff }) => [
      address,
      {
        ...(replaced && { code: replaced }),
        ...(stateDiff && { stateDiff: Object.fromEntries(stateDiff.map(({ slot, value }) => [slot, value])) }),
      },
    ]),
  );
}

function decode(
  abis: readonly Abi[],
  { target, value, data }: { target: Address; value: bigint; data: Hex },
): ProposalSimulation["calls"][number] {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: abis.flat(), data });
    return { target, value, data, functionName, args };
  } catch {
    return { target, value, data, functionName: undefined, args: [] };
  }
}

function change(
  { before, afterwards }: { before: bigint; afterwards: bigint } = { before: 0n, afterwards: 0n },
): Change {
  return { before, after: afterwards };
}

export declare namespace simulateProposal {
  type Parameters = {
    governor: Address;
    /** As {@link defineProposal} or {@link getProposalCreatedEvent} gives it. */
    proposal: Proposal;
    /** Vaults whose share price is compared. */
    vaults?: readonly Address[];
    /** Balances that are compared; the zero address is the native token. */
    watches?: readonly { token: Address; account: Address }[];
    /** To decode calls by, like those of `@millrace/sdk/abis`. */
    abis?: readonly Abi[];
    /** A state to imagine before all else. */
    stateOverride?: StateOverride;
  };
}
