import {
  type AbiEvent,
  type Address,
  type DecodeEventLogReturnType,
  isAddressEqual,
  type Log,
  parseEventLogs,
} from "viem";
import { EventNotFoundError } from "../errors/EventNotFoundError.ts";

/** What a transaction left behind; viem's `waitForTransactionReceipt` returns one. */
export type Receipt = { readonly logs: readonly Log[] };

/** The arguments of an event by their names. */
export type EventArgs<event extends AbiEvent> = Extract<
  DecodeEventLogReturnType<readonly [event]>,
  { args: unknown }
>["args"];

/** @internal The first event of a kind that `address` emitted: others may emit the same, to deceive. */
export function getEvent<const event extends AbiEvent>(
  event: event,
  { logs }: Receipt,
  address: Address,
): EventArgs<event> {
  const own = logs.filter((log) => isAddressEqual(log.address, address));
  const abi: readonly AbiEvent[] = [event]; // to viem it is some event: what it holds is said again
  const [log] = parseEventLogs({ abi, logs: own });
  if (!log) throw new EventNotFoundError(event.name, address);
  return log.args as EventArgs<event>;
}
