import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lowerDepositCap } from "../src/allocator/index.ts";
import { getRevert } from "../src/errors/index.ts";
import * as extend from "../src/extend/index.ts";
import { getDepositEvent, getVault } from "../src/vault/index.ts";
import { startChain, type TestChain } from "./chain.ts";
import { deployVault } from "./vaults.ts";

const UNIT = 1_000_000n;

describe("client.extend", () => {
  let chain: TestChain;
  let world: Awaited<ReturnType<typeof deployVault>>;
  beforeAll(async () => {
    chain = await startChain();
    world = await deployVault(chain);
    await lowerDepositCap(chain.wallet(0), { vault: world.vault, cap: 1_000n * UNIT });
  });
  afterAll(() => chain.stop());

  test("a bound action is the action: it reads, sends, and names what reverts", async () => {
    const { vault, asset, token, admin: owner } = world;
    await token.write.mint([owner, 100n * UNIT]);
    const client = chain.wallet(0).extend(extend.vaultActions()).extend(extend.tokenActions());
    expect(await client.vault.getVault({ vault })).toEqual(await getVault(chain.client, { vault }));

    const how = { vault, assets: 10n * UNIT, receiver: owner, minShares: 10n ** 19n };
    await client.erc20.approve({ token: asset, spender: vault, amount: how.assets });
    const receipt = await chain.receipt(client.vault.deposit(how));
    expect(getDepositEvent(receipt, { vault })).toMatchObject({ assets: how.assets, shares: how.minShares });
    expect((await client.vault.getPosition({ vault, owner })).shares).toBe(how.minShares);

    const revert = getRevert(await client.vault.deposit(how).catch((error) => error));
    expect(revert?.name).toBe("ERC20InsufficientAllowance");
  });

  test("it answers for the client that it extends", async () => {
    const { vault, adapter } = world;
    const other = await startChain();
    const elsewhere = other.client.extend(extend.vaultActions());
    await expect(elsewhere.vault.totalAssets({ vault })).rejects.toThrow('returned no data ("0x")');
    const here = chain.client.extend(extend.vaultActions()).extend(extend.portfolioActions());
    expect(await here.vault.totalAssets({ vault })).toBeGreaterThan(0n);
    expect(await here.portfolio.getPortfolio({ vaults: [vault], owner: adapter })).toMatchObject([{ shares: 0n }]);
    await other.stop();
  });

  test("every room binds functions alone, under a name that no client has", () => {
    const extensions = Object.values(extend);
    expect(extensions.length).toBeGreaterThan(0);
    for (const extension of extensions) {
      const bound = Object.entries(extension()(chain.wallet(0)));
      expect(bound).toHaveLength(1);
      const [[property, actions] = ["", {}]] = bound;
      expect(property in chain.wallet(0)).toBe(false);
      const kinds = new Set(Object.values(actions as object).map((action) => typeof action));
      expect(kinds).toEqual(new Set(["function"]));
    }
  });
});
