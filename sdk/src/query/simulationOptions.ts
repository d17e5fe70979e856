import type { Account, Address } from "viem";
import {
  type ClientSource,
  clientOf,
  type Query,
  type QueryOptions,
  type QueryParameters,
  queryOptions,
} from "./queryOptions.ts";

type Simulation = (client: never, parameters: never) => Promise<unknown>;

/** A simulation that is told its account, whatever client it is asked of. */
type Told<simulation extends Simulation> = Query<simulation>["read"];

/** @internal What each `simulate…QueryOptions` does: a query for somebody, the client's account if no other is given. */
export function simulationOptions<simulation extends Simulation, source extends ClientSource, selected>(
  { name, read, needed }: Omit<Query<simulation>, "read"> & { readonly read: simulation },
  source: source,
  parameters: QueryParameters<simulation, source, selected>,
): QueryOptions<simulation, selected> {
  const { account = clientOf(source).account } = parameters as { account?: Account | Address | undefined };
  // An address in the key, and the whole account in the request that comes out, for it may sign here.
  const known = { ...parameters, account: typeof account === "object" ? account.address : account };
  const told = read as unknown as Told<simulation>;
  const simulate: Told<simulation> = (client, own) => told(client, Object.assign({}, own, { account }));
  return queryOptions<simulation, source, selected>(
    { name, read: simulate, needed: { ...needed, account: 1 } },
    source,
    known,
  );
}
