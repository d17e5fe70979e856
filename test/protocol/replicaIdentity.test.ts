import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, describe, it } from "node:test";
import { mainnet, startReplica } from "@millrace/replica";
import { type Address, createPublicClient, custom, keccak256 } from "viem";

const { tokens, feeds, aave, uniswapV2, uniswapV3 } = mainnet;

/**
 * keccak256 of the code that mainnet has at the address, as `EXTCODEHASH` gives it there. These stay when a package is
 * updated; a build that no longer gives them is not what runs on mainnet.
 */
const codeHashes: Readonly<Record<Address, string>> = {
  [uniswapV2.factory]: "0xbab145d02e7005f0d84c6c1639d39b799b0ea16df99ebbdaf5a14d9da820b4e0",
  [uniswapV2.router]: "0xa324bc7db3d091b6f1a2d526e48a9c7039e03b3cc35f7d44b15ac7a1544c11d2",
  [uniswapV2.pairs.usdcWeth]: "0x5b83bdbcc56b2e630f2807bbadd2b0c21619108066b92a58de081261089e9ce5",
  [uniswapV3.factory]: "0x4d7b8525cd5d14343fa67a732fba5b24cddba11620ca88392f4ec6c52f91fd69",
  [uniswapV3.router]: "0xbb90113d2f9a5e9b7feb15a1d1fff06c1ee1575b3f9b1181778ffd0cf633e7ea",
  [uniswapV3.positions]: "0x692e658b31cbe3407682854806658d315d61a58c7e4933a2f91d383dc00736c6",
  [uniswapV3.pools.usdcWeth]: "0xa981b66c747a3d9fa29d7e200d5faaa2826960523d0e5a0df8148e8868c480b4",
  [mainnet.permit2]: "0xc67d1657868aa5146eaf24fb879fb1fdec3d2d493b3683a61c9c2f4fb2851131",
};

describe("replica of mainnet's code", async () => {
  // Chain id 1: Permit2 keeps the chain's id in its code.
  const replica = await startReplica({ chainId: 1, with: ["permit2", "morpho", "masterChef"] });
  const client = createPublicClient({ transport: custom(replica.provider) });
  after(() => replica.close());

  for (const [address, hash] of Object.entries(codeHashes) as [Address, string][])
    it(`is the same as mainnet's at ${address}`, async () => {
      const code = await client.getCode({ address });
      assert.equal(keccak256(code ?? "0x"), hash);
    });

  it("is at every address that it names, but where mainnet has an account or a contract of governance", async () => {
    const without: readonly string[] = [aave.executor, aave.treasury, aave.ecosystemReserve, mainnet.uniswapTimelock];
    for (const address of addressesIn(mainnet))
      assert.equal((await client.getCode({ address })) === undefined, without.includes(address), address);
  });
});

describe("addresses of the replica", () => {
  // The replica's dependency, not the root's.
  const require = createRequire(new URL("../../replica/package.json", import.meta.url));
  const { AaveV3Ethereum: book, ChainlinkEthereum, MiscEthereum } = require("@bgd-labs/aave-address-book");

  it("of Aave are those of its address book", () => {
    const { aTokens, variableDebtTokens, ...contracts } = aave;
    assert.deepEqual(contracts, {
      executor: book.ACL_ADMIN,
      addressesProvider: book.POOL_ADDRESSES_PROVIDER,
      pool: book.POOL,
      poolConfigurator: book.POOL_CONFIGURATOR,
      rewardsController: book.DEFAULT_INCENTIVES_CONTROLLER,
      emissionManager: book.EMISSION_MANAGER,
      oracle: book.ORACLE,
      aclManager: book.ACL_MANAGER,
      dataProvider: book.AAVE_PROTOCOL_DATA_PROVIDER,
      treasury: book.COLLECTOR,
      ecosystemReserve: MiscEthereum.ECOSYSTEM_RESERVE,
    });
    const { WETH, USDC, DAI, AAVE } = book.ASSETS;
    const of = (key: string) => ({ weth: WETH[key], usdc: USDC[key], dai: DAI[key] });
    assert.deepEqual(aTokens, of("A_TOKEN"));
    assert.deepEqual(variableDebtTokens, of("V_TOKEN"));
    assert.deepEqual(tokens, { ...of("UNDERLYING"), aave: AAVE.UNDERLYING });
  });

  it("of the price feeds are those of its address book", () => {
    assert.deepEqual(feeds, {
      weth: ChainlinkEthereum.ETH__USD,
      usdc: ChainlinkEthereum.USDC__USD,
      dai: ChainlinkEthereum.DAI__USD,
      aave: ChainlinkEthereum.AAVE__USD,
    });
  });
});

type Tree = { readonly [key: string]: Address | Tree };
function addressesIn(tree: Tree): readonly Address[] {
  return Object.values(tree).flatMap((leaf) => (typeof leaf === "string" ? [leaf] : addressesIn(leaf)));
}
