import {
  type Account,
  type Chain,
  type Client,
  createPublicClient,
  createWalletClient,
  http,
  type Transport,
} from "viem";
import { mainnet } from "viem/chains";
import { describe, expectTypeOf, test } from "vitest";
import { governorActions, portfolioActions, stakingActions, tokenActions, vaultActions } from "../src/extend/index.ts";
import { deposit, type getVault, type VaultState } from "../src/vault/index.ts";

const [vault, receiver, account] = ["0x01", "0x02", "0x03"] as const;
const how = { vault, assets: 1n, receiver, minShares: 1n } as const;
const transport = http();

describe("client.extend(vaultActions())", () => {
  const asking = createPublicClient({ chain: mainnet, transport }).extend(vaultActions());
  const acting = createWalletClient({ chain: mainnet, transport, account }).extend(vaultActions());
  const chainless = createWalletClient({ transport, account }).extend(vaultActions());

  test("a read is the function without its client", () => {
    expectTypeOf(asking.vault.getVault).toEqualTypeOf<(parameters: getVault.Parameters) => Promise<VaultState>>();
    expectTypeOf(acting.vault.getVault).toEqualTypeOf<(parameters: getVault.Parameters) => Promise<VaultState>>();
    // @ts-expect-error a vault is needed
    void asking.vault.getVault({});
    void asking.vault.getVault({ vault, blockNumber: 1n });
    // @ts-expect-error a number is no amount
    void asking.vault.previewDeposit({ vault, assets: 1 });
  });

  test("a client without an account reads and simulates for somebody, and does not write", () => {
    // @ts-expect-error nobody would sign
    void asking.vault.deposit(how);
    void asking.vault.simulateDeposit({ ...how, account });
    // @ts-expect-error for whom
    void asking.vault.simulateDeposit(how);
    void acting.vault.simulateDeposit(how);
  });

  test("a write is the function without its client, with what that client lacks", () => {
    type Acting = Parameters<typeof deposit<typeof mainnet, Account>>[1];
    expectTypeOf(acting.vault.deposit).parameter(0).toExtend<Acting>();
    expectTypeOf(acting.vault.deposit).returns.toEqualTypeOf<ReturnType<typeof deposit>>();
    void acting.vault.deposit(how);
    // @ts-expect-error on which chain
    void chainless.vault.deposit(how);
    void chainless.vault.deposit({ ...how, chain: mainnet });
    // @ts-expect-error a bound that protects money has no default
    void acting.vault.deposit({ vault, assets: 1n, receiver });
  });

  test("the client itself stays what it is, an action too", () => {
    void deposit(acting, how);
    expectTypeOf(acting).toExtend<Client<Transport, Chain, Account>>();
    void asking.getBlockNumber();
  });

  test("rooms come one by one; viem's own token stays", () => {
    const many = acting.extend(governorActions()).extend(stakingActions()).extend(tokenActions());
    void many.vault.deposit(how);
    void many.governor.vote({ governor: vault, proposalId: 1n, support: "for" });
    void many.erc20.approve({ token: vault, spender: receiver, amount: 1n });
    void many.token.transfer;
    // @ts-expect-error nobody asked for the treasury
    void many.treasury;
    void createPublicClient({ transport })
      .extend(portfolioActions())
      .portfolio.getPortfolio({ vaults: [vault], owner: vault });
  });
});
