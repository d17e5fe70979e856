import type {
  Account,
  Address,
  Chain,
  Client,
  FormattedTransactionRequest,
  GetChainParameter,
  Hash,
  Hex,
  Transport,
  UnionOmit,
} from "viem";
import { simulateContract, writeContract } from "viem/actions";
import type { Call, Fragment, Result } from "./call.ts";
import { named } from "./named.ts";

/** What viem's `writeContract` takes beside the call. An account is required when the client has none, a chain too. */
export type WriteOptions<
  chain extends Chain | undefined = Chain | undefined,
  account extends Account | undefined = Account | undefined,
> = (account extends Account ? { account?: Account | Address | undefined } : { account: Account | Address }) &
  GetChainParameter<chain> &
  UnionOmit<FormattedTransactionRequest<chain>, "data" | "from" | "to" | "value"> & {
    /** Appended to the calldata, to say where the transaction comes from. */
    dataSuffix?: Hex | undefined;
  };

/** A call that went well when it was tried. */
export type Simulation<fragment extends Fragment> = {
  /** What the call returned. */
  readonly result: Result<fragment>;
  /** For viem's `writeContract`. */
  readonly request: Call<fragment> & { readonly account: Account };
};

/** @internal Tries a call, so that what would revert is named before a wallet opens. */
export async function simulate<
  const fragment extends Fragment,
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  call: Call<fragment>,
  options: WriteOptions<chain, account>,
): Promise<Simulation<fragment>> {
  return named(simulateContract(client, { ...options, ...call } as never)) as never;
}

/** @internal Sends a call after trying it. */
export async function write<
  const fragment extends Fragment,
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  call: Call<fragment>,
  options: WriteOptions<chain, account>,
  check?: (result: Result<fragment>) => unknown,
): Promise<Hash> {
  const { result, request } = await simulate(client, call, options);
  check?.(result);
  return named(writeContract(client, request as never));
}
