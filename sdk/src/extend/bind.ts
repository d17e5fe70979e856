import type { ReadClient } from "../core/read.ts";

/** An action without its client, which it already has. */
export type Bound<action> = action extends (client: never, parameters: infer parameters) => infer result
  ? (parameters: parameters) => result
  : never;

type Action<client> = (client: client, parameters: never) => unknown;

/** @internal Gives actions their client. What that makes of their types is said by the caller, for it knows the client's. */
export function bind<client extends ReadClient, bound>(
  client: client,
  actions: Readonly<Record<string, Action<client>>>,
): bound {
  const entries = Object.entries(actions).map(([name, action]) => [name, action.bind(undefined, client)] as const);
  return Object.fromEntries(entries) as bound;
}
