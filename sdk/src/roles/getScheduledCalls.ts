import type { Address, Hex } from "viem";
import { getLogs } from "viem/actions";
import { getSchedule, OperationScheduled } from "../abis/AccessManager.ts";
import type { ReadClient } from "../core/read.ts";
import { readMany } from "../core/readMany.ts";

/** A restricted call that was announced and can be executed or cancelled. */
export type ScheduledCall = {
  readonly operationId: Hex;
  readonly caller: Address;
  readonly target: Address;
  readonly data: Hex;
  /** Second from which it can be executed. */
  readonly readyAt: number;
};

/**
 * Lists what was scheduled since a block and is still pending: what holders may want to leave before.
 *
 * @example
 * const pending = await getScheduledCalls(client, { manager, fromBlock: 20_000_000n });
 */
export async function getScheduledCalls(
  client: ReadClient,
  { manager, target, fromBlock, toBlock }: getScheduledCalls.Parameters,
): Promise<readonly ScheduledCall[]> {
  const logs = await getLogs(client, { address: manager, event: OperationScheduled, strict: true, fromBlock, toBlock });
  // Scheduled again after it ran out: the last one counts.
  const last = new Map(logs.map(({ args }) => [args.operationId, args]));
  const scheduled = [...last.values()].filter((args) => !target || args.target.toLowerCase() === target.toLowerCase());
  if (scheduled.length === 0) return [];
  const calls = scheduled.map(({ operationId }) => [getSchedule, manager, [operationId]] as const);
  const times = await readMany(client, calls, {});
  return scheduled
    .map(({ operationId, caller, target: to, data }, at) => ({
      operationId,
      caller,
      target: to,
      data,
      readyAt: times[at] ?? 0,
    }))
    .filter(({ readyAt }) => readyAt > 0);
}

export declare namespace getScheduledCalls {
  type Parameters = {
    /** The `AccessManager` that holds the roles. */
    manager: Address;
    /** Only what this contract is called for. */
    target?: Address;
    /** Operations expire: a block of two weeks ago and a member's delay is early enough. */
    fromBlock: bigint;
    toBlock?: bigint;
  };
}
