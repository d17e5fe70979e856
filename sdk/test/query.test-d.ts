import type { QueryClient } from "@tanstack/query-core";
import { useMutation, useQuery } from "@tanstack/react-query";
import {
  type Account,
  type Chain,
  type Client,
  createPublicClient,
  createWalletClient,
  type Hash,
  http,
  type Transport,
} from "viem";
import { writeContract } from "viem/actions";
import { base, mainnet } from "viem/chains";
import { describe, expectTypeOf, test } from "vitest";
import { createConfig } from "wagmi";
import { type GetConnectorClientParameters, getConnectorClient } from "wagmi/actions";
import type { Ballot } from "../src/governor/index.ts";
import {
  depositMutationOptions,
  getHistoryQueryOptions,
  getPositionQueryKey,
  getPositionQueryOptions,
  getVaultQueryOptions,
  previewDepositQueryOptions,
  signVoteMutationOptions,
  simulateDepositQueryOptions,
} from "../src/query/index.ts";
import type { deposit, Position, VaultState } from "../src/vault/index.ts";

const [vault, owner, receiver] = ["0x01", "0x02", "0x03"] as const;
const how = { vault, assets: 1n, receiver, minShares: 1n } as const;
const transport = http();
const client = createPublicClient({ chain: mainnet, transport });
const config = createConfig({ chains: [mainnet, base], transports: { [mainnet.id]: transport, [base.id]: transport } });

describe("query options", () => {
  test("give what the read gives, whoever takes them", () => {
    const options = getPositionQueryOptions(client, { vault, owner });
    expectTypeOf(options.queryFn).returns.resolves.toEqualTypeOf<Position>();
    expectTypeOf(({} as QueryClient).fetchQuery(options)).resolves.toEqualTypeOf<Position>();
    expectTypeOf(({} as QueryClient).getQueryData(options.queryKey)).toEqualTypeOf<Position | undefined>();
    expectTypeOf(({} as QueryClient).getQueryData(getPositionQueryKey({ vault, owner }))).toEqualTypeOf<
      Position | undefined
    >();
    expectTypeOf(useQuery(options).data).toEqualTypeOf<Position | undefined>();
    const history = getHistoryQueryOptions(client, { vault, owner, fromBlock: 1n });
    expectTypeOf(useQuery(history).data?.[0]?.kind).toEqualTypeOf<"deposit" | "withdraw" | undefined>();
  });

  test("select changes the type, and knows what it is given", () => {
    const select = (state: VaultState) => state.pps;
    const options = getVaultQueryOptions(client, { vault, query: { select, staleTime: 1_000 } });
    expectTypeOf(useQuery(options).data).toEqualTypeOf<bigint | undefined>();
    const inline = getVaultQueryOptions(client, { vault, query: { select: ({ pps }) => [pps] } });
    expectTypeOf(useQuery(inline).data).toEqualTypeOf<bigint[] | undefined>();
    // @ts-expect-error a position has no price
    void getPositionQueryOptions(client, { vault, query: { select: ({ pps }) => pps } });
    // @ts-expect-error the function is the read's
    void getVaultQueryOptions(client, { vault, query: { queryFn: () => undefined } });
  });

  test("parameters may be unknown yet, and are the read's", () => {
    void previewDepositQueryOptions(client, { vault: undefined, assets: 1n });
    void previewDepositQueryOptions(client, {});
    // @ts-expect-error a number is no amount
    void previewDepositQueryOptions(client, { vault, assets: 1 });
    // @ts-expect-error no such parameter
    void getPositionQueryOptions(client, { vault, holder: owner });
    void getVaultQueryOptions(client, { vault, blockTag: "safe" });
    // @ts-expect-error one block
    void getVaultQueryOptions(client, { vault, blockTag: "safe", blockNumber: 1n });
  });

  test("a simulation says what would come out, and gives a request that can be sent", () => {
    const options = simulateDepositQueryOptions(client, { vault, assets: 1n, receiver, account: owner });
    const { data } = useQuery(options);
    expectTypeOf(data?.shares).toEqualTypeOf<bigint | undefined>();
    if (data) void writeContract({} as Client<Transport, Chain, Account>, data.request);
    void simulateDepositQueryOptions(client, { vault, assets: undefined, account: undefined });
    // @ts-expect-error a number is no amount
    void simulateDepositQueryOptions(client, { vault, assets: 1 });
    // @ts-expect-error no such parameter
    void simulateDepositQueryOptions(client, { vault, minShares: 1n });
  });

  test("wagmi's config is a source, of its own chains", () => {
    void getVaultQueryOptions(config, { vault, chainId: base.id });
    // @ts-expect-error not one of the config's
    void getVaultQueryOptions(config, { vault, chainId: 10 });
    // @ts-expect-error a client has one chain
    void getVaultQueryOptions(client, { vault, chainId: mainnet.id });
  });
});

describe("mutation options", () => {
  const wallet = createWalletClient({ chain: mainnet, transport, account: owner });

  test("take what the write takes, with what the client lacks", () => {
    const options = depositMutationOptions(wallet);
    type Variables = Parameters<typeof deposit<typeof mainnet, (typeof wallet)["account"]>>[1];
    expectTypeOf(options.mutationFn).parameter(0).toExtend<Variables>();
    expectTypeOf(options.mutationFn).returns.resolves.toEqualTypeOf<Hash>();
    const { mutate, data } = useMutation(options);
    expectTypeOf(data).toEqualTypeOf<Hash | undefined>();
    mutate(how);
    // @ts-expect-error a bound that protects money has no default
    mutate({ vault, assets: 1n, receiver });
    // @ts-expect-error nobody would sign
    useMutation(depositMutationOptions(client)).mutate(how);
    useMutation(depositMutationOptions(client)).mutate({ ...how, account: owner });
    const chainless = {} as Client<Transport, undefined, Account>;
    // @ts-expect-error on which chain
    useMutation(depositMutationOptions(chainless)).mutate(how);
    useMutation(depositMutationOptions(chainless)).mutate({ ...how, chain: base });
    expectTypeOf(useMutation(signVoteMutationOptions(wallet)).data).toEqualTypeOf<Ballot | undefined>();
  });

  test("a sender may be asked for when it comes to it, for what each call chooses", () => {
    useMutation(depositMutationOptions(() => getConnectorClient(config))).mutate(how);
    const ofWagmi = (choice: Pick<GetConnectorClientParameters<typeof config>, "chainId" | "connector">) =>
      getConnectorClient(config, choice);
    const { mutate } = useMutation(depositMutationOptions(ofWagmi));
    mutate({ ...how, chainId: base.id });
    // @ts-expect-error not one of the config's
    mutate({ ...how, chainId: 10 });
    const none = async () => ({}) as Client<Transport, Chain, undefined>;
    // @ts-expect-error what is asked for has no account either
    useMutation(depositMutationOptions(none)).mutate(how);
  });

  test("callbacks know the call and its answer", () => {
    void depositMutationOptions(wallet, {
      mutation: {
        onMutate: ({ assets }) => assets,
        onSuccess: (hash, { minShares }, before) => {
          expectTypeOf(hash).toEqualTypeOf<Hash>();
          expectTypeOf(minShares).toEqualTypeOf<bigint>();
          expectTypeOf(before).toEqualTypeOf<bigint>();
        },
      },
    });
    // @ts-expect-error the function is the write's
    void depositMutationOptions(wallet, { mutation: { mutationFn: async () => "0x" } });
  });
});
