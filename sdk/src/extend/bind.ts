import type { ReadClient } from "../core/read.ts";

/** An action without its client, which it already has. */
export type Bound<action> = action extends (client: never, parameters: infer parameters) => infer result
  ? (parameters: parameters) => result
  : never;

type Action = (client: never, parameters: never) => unknown;

/** @internal Gives actions their client. What that makes of their types is said by the caller, for it knows the client's. */
export function bind<bound>(client: ReadClient, actions: Readonly<Record<string, Action>>): bound {
  const bound = Object.entries(actions).map(([name, action]) => [
    name,
    (parameters: never) => action(client as never, parameters),
  ]);
  return Object.fromEntries(bound);
}
