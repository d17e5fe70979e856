"use client";
import { type Config, useConfig, useConnection } from "wagmi";
import type { QueryOptions, QueryParameters } from "../query/queryOptions.ts";
import { type UseReadParameters, type UseReadResult, useRead } from "./useRead.ts";

type Simulation = (client: never, parameters: never) => Promise<unknown>;

/** @internal A query of what a write would do, by the connected account if no other is given. */
export function useSimulation<simulation extends Simulation, config extends Config, selected>(
  options: (
    source: Config,
    parameters: QueryParameters<simulation, Config, selected>,
  ) => QueryOptions<simulation, selected>,
  parameters: UseReadParameters<simulation, config, selected>,
): UseReadResult<simulation, selected> {
  const { address } = useConnection({ config: useConfig(parameters) });
  const { account = address } = parameters as { account?: unknown };
  return useRead(options, { ...parameters, account });
}
