import type { DataTag, DefaultError, QueryObserverOptions } from "@tanstack/query-core";
import type { ReadClient } from "../core/read.ts";

/** Where a query reads: a client, or what has one per chain, as wagmi's config does. */
export type ClientSource =
  | ReadClient
  | {
      /** The client of a chain, or of the current one. */
      getClient(parameters?: { chainId?: number | undefined }): ReadClient;
    };

/** The chains that a source has, where it has a choice. */
export type ChainIdOf<source> = source extends { readonly chains: readonly { readonly id: infer id }[] }
  ? id
  : source extends { readonly getClient: unknown }
    ? number
    : undefined;

type Read = (client: never, parameters: never) => Promise<unknown>;

/** What a read's promise gives. */
export type QueryData<read extends Read> = Awaited<ReturnType<read>>;

/**
 * Plain data, fit for every cache and store: amounts are text, addresses lower case. Parameters that are left out stand for
 * all of their values where keys are matched.
 */
export type QueryKey<read extends Read> = DataTag<
  readonly ["millrace", string, Readonly<Record<string, unknown>>],
  QueryData<read>,
  DefaultError
>;

/** What TanStack Query lets a query choose; the key and the function are not for choosing. */
export type QuerySettings<read extends Read, selected = QueryData<read>> = Omit<
  QueryObserverOptions<QueryData<read>, DefaultError, selected, QueryData<read>, QueryKey<read>>,
  "queryFn" | "queryHash" | "queryKey" | "queryKeyHashFn" | "throwOnError"
>;

/** Options for `fetchQuery`, `useQuery` and the like. */
export type QueryOptions<read extends Read, selected = QueryData<read>> = QuerySettings<read, selected> & {
  /** Asks the source. */
  queryFn: () => Promise<QueryData<read>>;
  queryKey: QueryKey<read>;
};

type Loose<parameters> = { [key in keyof parameters]?: parameters[key] | undefined };

/** A read's parameters, of which any may not be known yet, and what tells one entry of a cache from another beside them. */
export type KeyParameters<read extends Read, source = ClientSource> = Loose<Parameters<read>[1]> & {
  /** The chain of the client, or the config's current one, if it is left out. */
  chainId?: ChainIdOf<source> | undefined;
  /** Makes an entry of its own of the same read. */
  scopeKey?: string | undefined;
};

/** A read's parameters as a query takes them: while one that is needed is missing, the query is not enabled. */
export type QueryParameters<read extends Read, source = ClientSource, selected = QueryData<read>> = KeyParameters<
  read,
  source
> & {
  query?: QuerySettings<read, selected> | undefined;
};

/** What every kind of a type has, and not as `undefined`; transactions are of several kinds. */
type RequiredKey<type> = {
  [key in Extract<keyof type, string>]: undefined extends type[key] ? never : key;
}[Extract<keyof type, string>];

/** @internal A read by its name, and what it can't do without: all of that, and nothing else. */
export type Query<read extends Read> = {
  readonly name: string;
  readonly read: (client: ReadClient, parameters: Parameters<read>[1]) => Promise<QueryData<read>>;
  readonly needed: { readonly [key in RequiredKey<Parameters<read>[1]>]: 1 };
};

/** @internal What each `…QueryOptions` does. */
export function queryOptions<read extends Read, source extends ClientSource, selected>(
  { name, read, needed }: Query<read>,
  source: source,
  parameters: QueryParameters<read, source, selected>,
): QueryOptions<read, selected> {
  const { query, chainId, scopeKey, ...own } = parameters as Untyped;
  const missing = Object.keys(needed).find((key) => own[key] === undefined);
  return {
    ...(query as QuerySettings<read, selected> | undefined),
    enabled: missing === undefined ? (query?.enabled ?? true) : false,
    queryFn: () => {
      if (missing !== undefined) return Promise.reject(new TypeError(`${missing} is required`));
      return read(clientOf(source, chainId), own as Parameters<read>[1]); // all that is needed is there
    },
    queryKey: queryKey<read>(name, { ...own, scopeKey, chainId: chainId ?? clientOf(source).chain?.id }),
  };
}

type Untyped = Readonly<Record<string, unknown>> & {
  query?: { enabled?: QuerySettings<Read>["enabled"] };
  chainId?: number;
};

/** @internal */
export function clientOf(source: ClientSource, chainId?: number): ReadClient {
  return "getClient" in source ? source.getClient({ chainId }) : source;
}

/** @internal What each `…QueryKey` does. */
export function queryKey<read extends Read>(name: string, parameters: object): QueryKey<read> {
  // An address is one however it is written, and what is undefined is not there.
  const plain = JSON.stringify(parameters, (_, value) => {
    if (typeof value === "bigint") return `${value}`;
    return typeof value === "string" && /^0x[0-9a-f]{40}$/i.test(value) ? value.toLowerCase() : value;
  });
  return ["millrace", name, JSON.parse(plain)] as unknown as QueryKey<read>;
}
