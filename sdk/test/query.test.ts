import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { type Address, createClient, custom } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat, mainnet } from "viem/chains";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lowerDepositCap } from "../src/allocator/index.ts";
import { getRevert } from "../src/errors/index.ts";
import {
  approveMutationOptions,
  depositMutationOptions,
  getPositionQueryKey,
  getPositionQueryOptions,
  getVaultQueryOptions,
  previewDepositQueryKey,
  previewDepositQueryOptions,
  quoteAuctionQueryOptions,
  simulateDepositQueryOptions,
} from "../src/query/index.ts";
import { approve } from "../src/token/index.ts";
import { getPosition } from "../src/vault/index.ts";
import { startChain, type TestChain, type Wallet } from "./chain.ts";
import { deployVault } from "./vaults.ts";

const UNIT = 1_000_000n;
const SHARE = 10n ** 18n;
/** Of the accounts that a local chain starts with. */
const MNEMONIC = "test test test test test test test test test test test junk";

describe("TanStack Query", () => {
  let chain: TestChain;
  let world: Awaited<ReturnType<typeof deployVault>>;
  let wallet: Wallet;
  let owner: Address;
  let queryClient: QueryClient;
  let asked: readonly string[] = [];
  /** Like the chain's client, and notes what it is asked. */
  const client = createClient({
    chain: hardhat,
    transport: custom(
      {
        request: ({ method, params }) => {
          asked = [...asked, method];
          return chain.request(method, params);
        },
      },
      { retryCount: 0 },
    ),
  });
  beforeAll(async () => {
    chain = await startChain();
    world = await deployVault(chain);
    wallet = chain.wallet(0);
    owner = world.admin;
    await lowerDepositCap(wallet, { vault: world.vault, cap: 1_000n * UNIT });
    await world.token.write.mint([owner, 100n * UNIT]);
  });
  beforeEach(() => {
    // As an app makes it: no hash function of its own for keys.
    queryClient = new QueryClient({
      defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
    });
    asked = [];
  });
  afterAll(() => chain.stop());

  test("a position is read once, and again after a deposit has made it old", async () => {
    const { vault, asset } = world;
    const options = getPositionQueryOptions(client, { vault, owner });
    const observer = new QueryObserver(queryClient, options);
    const stop = observer.subscribe(() => {});
    expect(await queryClient.fetchQuery(options)).toEqual(await getPosition(chain.client, { vault, owner }));
    await queryClient.fetchQuery(getPositionQueryOptions(client, { owner, vault, blockNumber: undefined }));
    expect(asked).toEqual(["eth_call"]);

    const invalidate = { onSuccess: () => queryClient.invalidateQueries({ queryKey: getPositionQueryKey({ vault }) }) };
    const approval = new MutationObserver(queryClient, approveMutationOptions(wallet));
    await approval.mutate({ token: asset, spender: vault, amount: 10n * UNIT });
    const deposit = new MutationObserver(queryClient, depositMutationOptions(wallet, { mutation: invalidate }));
    expect(observer.getCurrentResult().data?.shares).toBe(0n);
    const hash = await deposit.mutate({ vault, assets: 10n * UNIT, receiver: owner, minShares: 10n * SHARE });
    expect((await chain.receipt(hash)).status).toBe("success");
    expect(observer.getCurrentResult().data?.shares).toBe(10n * SHARE);
    expect(asked).toEqual(["eth_call", "eth_call"]);
    stop();
  });

  test("a key is plain data: one for one question on one chain, and the start of longer ones", async () => {
    const { vault } = world;
    const { queryKey } = previewDepositQueryOptions(client, { vault, assets: 2n ** 200n, blockNumber: 7n });
    expect(JSON.parse(JSON.stringify(queryKey))).toEqual(queryKey);
    expect(queryKey).toEqual([
      "millrace",
      "previewDeposit",
      { vault: vault.toLowerCase(), assets: `${2n ** 200n}`, blockNumber: "7", chainId: 31_337 },
    ]);
    const upper = vault.toUpperCase().replace("0X", "0x") as Address;
    expect(previewDepositQueryOptions(client, { vault: upper, assets: 2n ** 200n, blockNumber: 7n }).queryKey).toEqual(
      queryKey,
    );
    const onMainnet = createClient({ chain: mainnet, transport: custom({ request: () => Promise.reject() }) });
    expect(previewDepositQueryOptions(onMainnet, { vault, assets: 1n }).queryKey[2].chainId).toBe(1);
    expect(previewDepositQueryOptions(client, { scopeKey: "mine" }).queryKey[2].scopeKey).toBe("mine");

    const options = previewDepositQueryOptions(client, { vault, assets: UNIT });
    expect(await queryClient.fetchQuery(options)).toBe(SHARE);
    expect(queryClient.getQueryData(options.queryKey)).toBe(SHARE);
    const matched = (key: readonly unknown[]) => queryClient.getQueryCache().findAll({ queryKey: key }).length;
    expect(matched(previewDepositQueryKey({ vault: upper }))).toBe(1);
    expect(matched(["millrace"])).toBe(1);
    expect(matched(previewDepositQueryKey({ assets: 1n }))).toBe(0);
    expect(matched(getPositionQueryKey())).toBe(0);
  });

  test("nothing is asked while a parameter is missing, or the app does not want to know", async () => {
    const { vault } = world;
    const missing = new QueryObserver(queryClient, getPositionQueryOptions(client, { vault, owner: undefined }));
    const unwanted = getPositionQueryOptions(client, { vault, owner, query: { enabled: false } });
    const stops = [missing, new QueryObserver(queryClient, unwanted)].map((observer) => observer.subscribe(() => {}));
    expect(missing.getCurrentResult()).toMatchObject({ status: "pending", fetchStatus: "idle" });
    expect(asked).toEqual([]);
    expect((await missing.refetch()).error).toEqual(new TypeError("owner is required"));
    expect(asked).toEqual([]);
    const unsure = getPositionQueryOptions(client, { vault, query: { enabled: () => true } });
    expect(unsure.enabled).toBe(false);
    missing.setOptions(getPositionQueryOptions(client, { vault, owner }));
    expect((await queryClient.fetchQuery(getPositionQueryOptions(client, { vault, owner }))).vault).toBe(vault);
    for (const stop of stops) stop();
  });

  test("select gives what is wanted of what is stored", async () => {
    const { vault } = world;
    const options = getVaultQueryOptions(client, { vault, query: { select: ({ pps }) => pps } });
    const observer = new QueryObserver(queryClient, options);
    const stop = observer.subscribe(() => {});
    expect((await queryClient.fetchQuery(getVaultQueryOptions(client, { vault }))).pps).toBe(SHARE);
    expect(observer.getCurrentResult().data).toBe(SHARE);
    stop();
  });

  test("a simulation is a query of somebody: the account's given, or the client's", async () => {
    const { vault } = world;
    const how = { vault, assets: UNIT, receiver: owner };
    const nobody = simulateDepositQueryOptions(client, how);
    expect(nobody.enabled).toBe(false);
    await expect(nobody.queryFn()).rejects.toThrow(new TypeError("account is required"));
    expect(asked).toEqual([]);

    const account = mnemonicToAccount(MNEMONIC);
    const signer = createClient({ account, chain: hardhat, transport: custom(client, { retryCount: 0 }) });
    const mine = simulateDepositQueryOptions(signer, how);
    expect(mine.queryKey).toEqual(simulateDepositQueryOptions(client, { ...how, account: owner }).queryKey);
    expect(mine.queryKey[2].account).toBe(owner.toLowerCase());
    expect(mine.queryKey).not.toEqual(simulateDepositQueryOptions(signer, { ...how, account: vault }).queryKey);
    await approve(wallet, { token: world.asset, spender: vault, amount: UNIT });
    const { shares, request } = await queryClient.fetchQuery(mine);
    expect([shares, request.account]).toEqual([SHARE, account]);
    const tooMuch = simulateDepositQueryOptions(signer, { ...how, assets: 10n ** 12n });
    const refusal = getRevert(await queryClient.fetchQuery(tooMuch).catch((error) => error));
    expect(refusal?.name).toBe("CompoundingVault__DepositCapExceeded");
    await approve(wallet, { token: world.asset, spender: vault, amount: 0n });
  });

  test("error: a revert has its name, in a query as in a mutation", async () => {
    const { vault, auction, asset: token } = world;
    const quote = quoteAuctionQueryOptions(client, { auction, token, amount: 1n });
    expect(getRevert(await queryClient.fetchQuery(quote).catch((error) => error))?.name).toBe("RewardAuction__NoLot");
    const deposit = new MutationObserver(queryClient, depositMutationOptions(wallet));
    const how = { vault, assets: UNIT, receiver: owner, minShares: SHARE };
    await deposit.mutate(how).catch(() => {});
    const { status, error } = deposit.getCurrentResult();
    expect([status, getRevert(error)?.name]).toEqual(["error", "ERC20InsufficientAllowance"]);
  });

  test("a config is asked for its client of the chain, a sender for the wallet that a call chooses", async () => {
    const { vault, asset: token } = world;
    const clients = { 1: client, 31337: chain.client };
    let asks: unknown[] = [];
    const config = {
      chains: [mainnet, hardhat],
      getClient: ({ chainId = 31_337 }: { chainId?: 1 | 31_337 | undefined } = {}) => clients[chainId],
    } as const;
    const current = getVaultQueryOptions(config, { vault });
    expect(current.queryKey).toEqual(getVaultQueryOptions(chain.client, { vault }).queryKey);
    expect((await queryClient.fetchQuery(current)).pps).toBe(SHARE);
    expect(asked).toEqual([]);
    const other = getVaultQueryOptions(config, { vault, chainId: 1 });
    expect(other.queryKey[2].chainId).toBe(1);
    await queryClient.fetchQuery(other);
    expect(asked).toEqual(["eth_call"]);

    // Signs here, and would sign for whatever chain it is told.
    const account = mnemonicToAccount(MNEMONIC);
    expect(account.address).toBe(owner);
    const signer = createClient({
      account,
      chain: hardhat,
      transport: custom({ request: ({ method, params }) => chain.request(method, params) }),
    });
    const sender = async (choice: { chainId: number; connector: string }) => {
      asks = [...asks, choice];
      return signer;
    };
    const approval = new MutationObserver(queryClient, approveMutationOptions(sender));
    const variables = { token, spender: vault, amount: 1n, chainId: 5, connector: "injected" };
    expect((await chain.receipt(approval.mutate(variables))).status).toBe("success");
    expect(asks).toEqual([variables]);
  });
});
