import type {
  Abi,
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
import {
  type SimulateContractParameters,
  simulateContract,
  type WriteContractParameters,
  writeContract,
} from "viem/actions";
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

/** What viem sees: some function of some ABI, from somebody, on some chain. */
type Tried = SimulateContractParameters<Abi, string, readonly unknown[], Chosen, Chosen, Address | Account | undefined>;
type Sent = WriteContractParameters<Abi, string, readonly unknown[], Chosen, Account | undefined, Chosen>;
type Trial<fragment extends Fragment> = Simulation<fragment> & { readonly request: Sent };
type Chosen = Chain | undefined;
type Sender = Client<Transport, Chosen, Account | undefined>;

/** @internal Tries a call, so that what would revert is named before a wallet opens. */
export function simulate<
  const fragment extends Fragment,
  chain extends Chain | undefined,
  account extends Account | undefined,
>(
  client: Client<Transport, chain, account>,
  call: Call<fragment>,
  options: WriteOptions<chain, account>,
): Promise<Trial<fragment>> {
  // A chain of null is for sending, and not looked at. The request is what was tried, with its account.
  const given: Promise<unknown> = simulateContract(client as Sender, { ...options, ...call } as Tried);
  return named(given as Promise<Trial<fragment>>);
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
  return named(writeContract(client as Sender, request as Sent));
}
