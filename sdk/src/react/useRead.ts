"use client";
import { type DefaultError, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Config, useChainId, useConfig } from "wagmi";
import type { QueryData, QueryKey, QueryOptions, QueryParameters } from "../query/queryOptions.ts";

type Read = (client: never, parameters: never) => Promise<unknown>;

/** A read's parameters, of which any may not be known yet, and what TanStack Query lets a query choose. */
export type UseReadParameters<
  read extends Read,
  config extends Config = Config,
  selected = QueryData<read>,
> = QueryParameters<read, config, selected> & {
  /** Instead of the provider's. */
  config?: Config | config | undefined;
};

/** What wagmi's own hooks return. */
export type UseReadResult<read extends Read, selected = QueryData<read>> = UseQueryResult<selected, DefaultError> & {
  /** For `invalidateQueries` and the like. */
  queryKey: QueryKey<read>;
};

/** @internal A query of the chain that the app is on, or of the one that is asked for. */
export function useRead<read extends Read, config extends Config, selected>(
  options: (source: Config, parameters: QueryParameters<read, Config, selected>) => QueryOptions<read, selected>,
  { config, ...parameters }: UseReadParameters<read, config, selected>,
): UseReadResult<read, selected> {
  const source = useConfig({ config });
  const current = useChainId({ config: source });
  const { chainId = current } = parameters;
  const query = options(source, { ...parameters, chainId } as QueryParameters<read, Config, selected>);
  // Not copied: reading a property of it says that the component wants to know when it changes.
  return Object.assign(useQuery(query), { queryKey: query.queryKey });
}
