import { type Address, encodeAbiParameters, type Hex, keccak256, slice } from "viem";
import { canCall, getSchedule } from "../abis/AccessManager.ts";
import type { Action } from "../core/call.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";

/** How an account may make a call. */
export type CallSchedule = {
  /** It may, now and without scheduling. */
  readonly isAllowed: boolean;
  /** Seconds between scheduling and executing; 0 with `isAllowed` false: it has no role for this. */
  readonly delay: number;
  /** Second from which what was scheduled can be executed; 0 when nothing is, or it expired. */
  readonly readyAt: number;
};

/**
 * Reads whether an account may make a restricted call, after which delay, and whether it has scheduled it.
 *
 * @example
 * const call = prepareRaiseDepositCap({ vault, cap: 10n ** 13n });
 * const { isAllowed, delay, readyAt } = await getCallSchedule(client, { manager, caller: account, call });
 */
export async function getCallSchedule(
  client: ReadClient,
  { manager, caller, call, ...options }: getCallSchedule.Parameters,
): Promise<CallSchedule> {
  const calls = [
    [canCall, manager, [caller, call.to, slice(call.data, 0, 4)]],
    [getSchedule, manager, [getOperationId({ caller, call })]],
  ] as const;
  const [[isAllowed, delay], readyAt] = await readMany(client, calls, options);
  return { isAllowed, delay, readyAt };
}

/**
 * Computes the id under which a manager schedules a call.
 *
 * @example
 * const operationId = getOperationId({ caller: account, call: prepareResumeDeposits({ vault }) });
 */
export function getOperationId({ caller, call }: getOperationId.Parameters): Hex {
  const types = [{ type: "address" }, { type: "address" }, { type: "bytes" }] as const;
  return keccak256(encodeAbiParameters(types, [caller, call.to, call.data]));
}

export declare namespace getCallSchedule {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
  } & getOperationId.Parameters &
    ReadOptions;
}

export declare namespace getOperationId {
  type Parameters = {
    caller: Address;
    call: Action;
  };
}
