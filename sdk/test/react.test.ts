import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { Window } from "happy-dom";
import { act, createElement, type ReactNode } from "react";
import { type Address, custom, type Hash } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat, mainnet } from "viem/chains";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createConfig, injected, WagmiProvider } from "wagmi";
import { connect, disconnect } from "wagmi/actions";
import { lowerDepositCap } from "../src/allocator/index.ts";
import { getRevert } from "../src/errors/index.ts";
import { getPositionQueryKey } from "../src/query/index.ts";
import {
  useApprove,
  useDeposit,
  usePosition,
  usePreviewDeposit,
  useSimulateDeposit,
  useVault,
} from "../src/react/index.ts";
import { startChain, type TestChain } from "./chain.ts";
import { deployVault } from "./vaults.ts";

const UNIT = 1_000_000n;
const SHARE = 10n ** 18n;

type Props = { readonly vault: Address; readonly token: Address; readonly owner: Address };

/** What a person sees of a vault, and can do. */
function Page({ vault, token, owner }: Props): ReactNode {
  const cache = useQueryClient();
  const assets = 10n * UNIT;
  const position = usePosition({ vault, owner });
  const preview = usePreviewDeposit({ vault, assets: position.data && assets });
  const waiting = usePreviewDeposit({ vault, assets: undefined });
  const approve = useApprove();
  const refresh = () => cache.invalidateQueries({ queryKey: getPositionQueryKey({ vault }) });
  const deposit = useDeposit({ mutation: { onSuccess: refresh } });
  const how = { vault, assets, receiver: owner, minShares: preview.data ?? 0n, chainId: hardhat.id };
  return createElement(
    "main",
    null,
    ...Object.entries({
      shares: position.data?.shares,
      preview: preview.data,
      waiting: `${waiting.status} ${waiting.fetchStatus}`,
      approved: approve.status,
      error: getRevert(deposit.error)?.name,
    }).map(([id, shown]) => createElement("p", { id, key: id }, `${shown}`)),
    ...Object.entries({
      approve: () => approve.mutate({ token, spender: vault, amount: assets }),
      deposit: () => deposit.mutate(how),
    }).map(([id, onClick]) => createElement("button", { id, key: id, onClick, type: "button" })),
  );
}

/** Runs a hook and hands out what it returns. */
function Probe({ hook, take }: { readonly hook: () => unknown; readonly take: (result: unknown) => void }): ReactNode {
  take(hook());
  return null;
}

describe("hooks, in a page", () => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const page = new Window();
  const globals = { window: page, document: page.document, IS_REACT_ACT_ENVIRONMENT: true };
  let chain: TestChain;
  let world: Awaited<ReturnType<typeof deployVault>>;
  let owner: Address;
  let show: (element: ReactNode) => Promise<void>;
  let close = () => {};
  let probes = 0;
  beforeAll(async () => {
    chain = await startChain();
    world = await deployVault(chain);
    owner = world.admin;
    await lowerDepositCap(chain.wallet(0), { vault: world.vault, cap: 1_000n * UNIT });
    await world.token.write.mint([owner, 100n * UNIT]);
    Object.assign(globalThis, globals);
    await connect(config, { connector: wallet });
    const { createRoot } = await import("react-dom/client"); // asks at once whether there is a document
    const root = createRoot(page.document.body as never);
    close = () => root.unmount();
    const cached = (element: ReactNode) => createElement(QueryClientProvider, { client: queryClient }, element);
    show = (element) =>
      act(async () => root.render(createElement(WagmiProvider, { config, reconnectOnMount: false }, cached(element))));
  });
  afterAll(async () => {
    await act(async () => close());
    queryClient.clear();
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
    await page.happyDOM.close();
    await chain.stop();
  });

  const provider = {
    request: ({ method, params }: { method: string; params?: readonly unknown[] }) =>
      chain.request(method === "eth_requestAccounts" ? "eth_accounts" : method, params),
    on: () => {},
    removeListener: () => {},
  };
  const wallet = injected({ shimDisconnect: false, target: { id: "test", name: "Test", provider: provider as never } });
  const config = createConfig({
    chains: [hardhat, mainnet],
    connectors: [wallet],
    multiInjectedProviderDiscovery: false,
    storage: null,
    transports: { [hardhat.id]: custom(provider, { retryCount: 0 }), [mainnet.id]: custom(provider) },
  });

  const find = (id: string) => page.document.querySelector<"button">(`#${id}` as "button");
  const text = (id: string) => find(id)?.textContent;
  const click = (id: string) => act(async () => find(id)?.click());
  const shows = (id: string, expected: string) => act(() => vi.waitFor(() => expect(text(id)).toBe(expected)));
  /** What a hook returns now. */
  const run = async <result>(hook: () => result): Promise<{ current: result }> => {
    const held: { current?: result } = {};
    const take = (result: unknown) => {
      held.current = result as result;
    };
    probes += 1;
    await show(createElement(Probe, { key: probes, hook, take })); // another one each time: it keeps its hooks
    return held as { current: result };
  };

  test("a deposit is refused by name, is made, and the position follows", async () => {
    const { vault, asset: token } = world;
    await show(createElement(Page, { vault, token, owner }));
    await shows("shares", "0");
    await shows("preview", `${10n * SHARE}`);
    expect(text("waiting")).toBe("pending idle");

    await click("deposit");
    await shows("error", "ERC20InsufficientAllowance");
    await click("approve");
    await shows("approved", "success");
    await click("deposit");
    await shows("shares", `${10n * SHARE}`);
    expect(text("error")).toBe("undefined");
  });

  test("a read is of the chain that the app is on, or of the one asked for", async () => {
    const { vault } = world;
    const here = await run(() => useVault({ vault, query: { select: ({ pps }) => pps } }));
    await act(() => vi.waitFor(() => expect(here.current.data).toBe(SHARE)));
    expect(here.current.queryKey).toEqual([
      "millrace",
      "getVault",
      { vault: vault.toLowerCase(), chainId: hardhat.id },
    ]);
    const there = await run(() => useVault({ vault, chainId: mainnet.id, query: { enabled: false } }));
    expect(there.current.queryKey[2].chainId).toBe(mainnet.id);
  });

  test("a simulation is of the connected account, or of the one given", async () => {
    const { vault } = world;
    const how = { vault, assets: 10n ** 12n, receiver: owner };
    const mine = await run(() => useSimulateDeposit(how));
    const name = () => getRevert(mine.current.error)?.name;
    await act(() => vi.waitFor(() => expect(name()).toBe("CompoundingVault__DepositCapExceeded")));
    expect(mine.current.queryKey[2].account).toBe(owner.toLowerCase());
    const theirs = await run(() => useSimulateDeposit({ ...how, account: vault, query: { enabled: false } }));
    expect(theirs.current.queryKey[2].account).toBe(vault.toLowerCase());
  });

  test("a write is the connected wallet's, on its chain, or an account's that signs here", async () => {
    const { vault, asset: token } = world;
    const how = { token, spender: vault, amount: 7n };
    const approve = await run(() => useApprove());
    const outcome = (more: object): Promise<Hash | string> =>
      act(() => approve.current.mutateAsync({ ...how, ...more }).catch(({ name }) => name));
    expect((await chain.receipt((await outcome({})) as Hash)).from).toBe(owner.toLowerCase());
    expect(await outcome({ chainId: mainnet.id })).toBe("ConnectorChainMismatchError");
    expect(await outcome({ account: vault })).toBe("ConnectorAccountNotFoundError");
    await act(() => disconnect(config));
    expect(await outcome({})).toBe("ConnectorNotConnectedError");
    const account = mnemonicToAccount("test test test test test test test test test test test junk");
    const hash = (await outcome({ account, chainId: hardhat.id })) as Hash;
    expect((await chain.receipt(hash)).from).toBe(owner.toLowerCase());
    await act(() => vi.waitFor(() => expect(approve.current.data).toBe(hash)));
  });
});
