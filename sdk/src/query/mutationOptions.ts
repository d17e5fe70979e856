import type { DefaultError, MutationOptions as TanStackOptions } from "@tanstack/query-core";
import type { Account, Chain, Client, Transport } from "viem";

/**
 * Who sends: a client, or a function that gets one when it comes to it, as wagmi's `getConnectorClient` does. What the
 * function takes can be given with each call.
 */
export type Sender<chain extends Chain | undefined, account extends Account | undefined, choice = unknown> =
  | Client<Transport, chain, account>
  | ((choice: choice) => Promise<Client<Transport, chain, account>>);

type Write = (client: never, parameters: never) => Promise<unknown>;

/** What a mutation is called with: the parameters of its action, and what its sender may choose by. */
export type MutationVariables<write extends Write, choice = unknown> = Parameters<write>[1] & choice;

/** Options for `useMutation` and the like. */
export type MutationOptions<write extends Write, choice = unknown, context = unknown> = TanStackOptions<
  Awaited<ReturnType<write>>,
  DefaultError,
  MutationVariables<write, choice>,
  context
> & {
  /** Simulates, then sends or signs. */
  mutationFn: (variables: MutationVariables<write, choice>) => Promise<Awaited<ReturnType<write>>>;
  mutationKey: readonly ["millrace", string];
};

/** What TanStack Query lets a mutation choose; the key and the function are not for choosing. */
export type MutationParameters<write extends Write, choice = unknown, context = unknown> = {
  mutation?: Omit<MutationOptions<write, choice, context>, "mutationFn" | "mutationKey" | "throwOnError"> | undefined;
};

type Mutation<write extends Write, chain extends Chain | undefined, account extends Account | undefined> = {
  readonly name: string;
  readonly write: (
    client: Client<Transport, chain, account>,
    parameters: Parameters<write>[1],
  ) => Promise<Awaited<ReturnType<write>>>;
};

/** @internal What each `…MutationOptions` does. */
export function mutationOptions<
  write extends Write,
  chain extends Chain | undefined,
  account extends Account | undefined,
  choice,
  context,
>(
  { name, write }: Mutation<write, chain, account>,
  sender: Sender<chain, account, choice>,
  { mutation }: MutationParameters<write, choice, context>,
): MutationOptions<write, choice, context> {
  return {
    ...(mutation as MutationOptions<write, choice, context>),
    mutationFn: (variables) => {
      // The wallet's, not the call's.
      const { chainId: _, connector: __, ...parameters } = variables as Readonly<Record<string, unknown>>;
      const client = typeof sender === "function" ? sender(variables) : Promise.resolve(sender);
      return client.then((own) => write(own, parameters as Parameters<write>[1]));
    },
    mutationKey: ["millrace", name],
  };
}
