"use client";
import { type DefaultError, type UseMutationOptions, type UseMutationResult, useMutation } from "@tanstack/react-query";
import type { Account, Address, Chain, Client, Transport, UnionOmit } from "viem";
import { type Config, type Connector, useConfig } from "wagmi";
import { getConnectorClient } from "wagmi/actions";
import type { MutationParameters, Sender } from "../query/mutationOptions.ts";

type Write = (client: never, parameters: never) => Promise<unknown>;

/** What a call may choose: a chain of the config, which the wallet must then be on, and which of the connected wallets. */
export type WalletChoice<config extends Config = Config> = {
  chainId?: config["chains"][number]["id"] | undefined;
  connector?: Connector | undefined;
};

/** What `mutate` takes: the action's parameters, and the wallet if it is not the current one. */
export type WriteVariables<write extends Write, config extends Config = Config> = UnionOmit<
  Parameters<write>[1],
  "chain"
> &
  WalletChoice<config>;

type Chosen<write extends Write, config extends Config> = (
  client: Parameters<write>[0],
  variables: WriteVariables<write, config>,
) => ReturnType<write>;

/** What TanStack Query lets a mutation choose. */
export type UseWriteParameters<
  write extends Write,
  config extends Config = Config,
  context = unknown,
> = MutationParameters<Chosen<write, config>, unknown, context> & {
  /** Instead of the provider's. */
  config?: Config | config | undefined;
};

/** What wagmi's own hooks return. */
export type UseWriteResult<write extends Write, config extends Config = Config, context = unknown> = UseMutationResult<
  Awaited<ReturnType<write>>,
  DefaultError,
  WriteVariables<write, config>,
  context
>;

type Asked = WalletChoice & { readonly account?: Account | Address | undefined };
type Connected = Sender<Chain | undefined, Account | undefined, Asked>;

/** @internal A mutation by the connected wallet, or by an account that signs here. */
export function useWrite<write extends Write, config extends Config, context>(
  options: (sender: Connected, parameters: never) => unknown,
  { config, ...parameters }: UseWriteParameters<write, config, context>,
): UseWriteResult<write, config, context> {
  const source = useConfig({ config });
  const sender = async ({
    account,
    chainId,
    connector,
  }: Asked): Promise<Client<Transport, Chain | undefined, Account | undefined>> =>
    typeof account === "object" && account.type === "local"
      ? source.getClient({ chainId })
      : getConnectorClient(source, { account, chainId, connector });
  // Written for clients that may lack chain and account, while a wallet's has both: to each hook's caller neither is open.
  type Options = UseMutationOptions<Awaited<ReturnType<write>>, DefaultError, WriteVariables<write, config>, context>;
  return useMutation(options(sender, parameters as never) as Options);
}
