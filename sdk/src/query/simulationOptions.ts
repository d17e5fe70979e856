import type { Account, Address } from "viem";
import type { ReadClient } from "../core/read.ts";
import {
  type ClientSource,
  clientOf,
  type Query,
  type QueryOptions,
  type QueryParameters,
  queryOptions,
} from "./queryOptions.ts";

type Simulation = (client: never, parameters: never) => Promise<unknown>;

/** @internal What each `simulate…QueryOptions` does: a query for somebody, the client's account if no other is given. */
export function simulationOptions<simulation extends Simulation, source extends ClientSource, selected>(
  { name, read, needed }: Query<simulation>,
  source: source,
  parameters: QueryParameters<simulation, source, selected>,
): QueryOptions<simulation, selected> {
  const { account = clientOf(source).account } = parameters as { account?: Account | Address | undefined };
  // An address in the key, and the whole account in the request that comes out, for it may sign here.
  const known = { ...parameters, account: typeof account === "object" ? account.address : account };
  const simulate = (client: ReadClient, own: object) => read(client as never, { ...own, account } as never);
  const query = { name, read: simulate, needed: { ...needed, account: 1 } };
  return queryOptions(query as unknown as Query<simulation>, source, known);
}
