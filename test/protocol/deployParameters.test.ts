import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import {
  AaveV3Arbitrum,
  AaveV3Base,
  AaveV3BNB,
  AaveV3Ethereum,
  AaveV3Optimism,
  AaveV3Sepolia,
} from "@bgd-labs/aave-address-book";
import { mainnet } from "@millrace/replica";
import { readDeploymentParameters } from "@nomicfoundation/hardhat-ignition/helpers";
import hre from "hardhat";
import { type Parameters, parseParameters, readParameters } from "../../scripts/deploy/parameters.ts";
import { replicaFolder } from "./helpers/deployment.ts";

const deployments = path.dirname(replicaFolder);
const networks = readdirSync(deployments);

describe("parameters", async () => {
  const good = await readDeploymentParameters(path.join(replicaFolder, "parameters.json5"));
  /** What is said about a copy of the replica's parameters with one value changed; `undefined` takes it away. */
  const said = (...changes: readonly (readonly [at: string, value: unknown])[]): readonly string[] => {
    const copy = structuredClone(good);
    for (const [at, value] of changes) put(copy, at, value);
    try {
      parseParameters(copy, "file");
    } catch (error) {
      return (error as Error).message.split("\n");
    }
    return [];
  };

  it("of the replica are good as they are", () => {
    assert.deepEqual(said(), []);
  });

  const cases: readonly (readonly [name: string, at: string, value: unknown, sentence: string])[] = [
    [
      "missing",
      "chainId",
      undefined,
      "file: chainId is missing: it should be a whole number from 1 to 9007199254740991.",
    ],
    [
      "of another type",
      "chainId",
      "1",
      'file: chainId is "1": it should be a whole number from 1 to 9007199254740991.',
    ],
    [
      "a group that is missing",
      "people",
      undefined,
      "file: people is missing: it should be an object with curator, allocator, guardian.",
    ],
    [
      "a router without a wrapped native token",
      "router.wrappedNative",
      undefined,
      "file: router.wrappedNative is missing: it should be an object with address, symbol, decimals.",
    ],
    [
      "a router without Permit2",
      "router.permit2",
      undefined,
      "file: router.permit2 is missing: it should be an address, 0x and 40 hexadecimal digits.",
    ],
    [
      "the zero address",
      "people.guardian",
      `0x${"0".repeat(40)}`,
      `file: people.guardian is "0x${"0".repeat(40)}": it should be an address that is not zero.`,
    ],
    [
      "no address",
      "people.guardian",
      "0x12",
      'file: people.guardian is "0x12": it should be an address, 0x and 40 hexadecimal digits.',
    ],
    [
      "a mistyped checksum",
      "people.guardian",
      "0x90F79bf6EB2c4f870365E785982E1f101E93b90A",
      'file: people.guardian is "0x90F79bf6EB2c4f870365E785982E1f101E93b90A": it should be an address with a right checksum.',
    ],
    [
      "a misspelt name",
      "people.curater",
      "0x1",
      "file: people.curater is unknown: people has curator, allocator, guardian.",
    ],
    [
      "a number where an amount should be",
      "vaults.0.depositCap",
      1_000,
      'file: vaults.0.depositCap is 1000: it should be an amount of whole tokens above zero, as text such as "1000000.5".',
    ],
    [
      "an amount of zero",
      "vaults.0.depositCap",
      "0",
      'file: vaults.0.depositCap is "0": it should be an amount of whole tokens above zero, as text such as "1000000.5".',
    ],
    [
      "a time without a unit",
      "governor.votingDelay",
      "86400",
      'file: governor.votingDelay is "86400": it should be a length of time such as "5 days" or "36 hours".',
    ],
    [
      "a time out of bounds",
      "governor.votingDelay",
      "3 days",
      'file: governor.votingDelay is "3 days": it should be from 1 day to 2 days.',
    ],
    [
      "an allocator who is the curator",
      "people.allocator",
      get(good, "people.curator"),
      "file: people.allocator is people.curator: each should be an account of its own.",
    ],
    [
      "an unknown source of yield",
      "vaults.0.adapters.0.kind",
      "Anchor",
      'file: vaults.0.adapters.0.kind is "Anchor": it should be one of AaveV3, CompoundV3, MorphoBlue, ERC4626, UniswapV2Farm.',
    ],
    [
      "a fee out of bounds",
      "vaults.0.feeBps",
      5_001,
      "file: vaults.0.feeBps is 5001: it should be a whole number from 0 to 5000.",
    ],
    [
      "tokens that do not add up",
      "token.holders.treasury",
      "1",
      `file: token.holders get ${500_000_001n * 10n ** 18n} token wei in all, and token.supply is ${10n ** 27n}.`,
    ],
    [
      "a treasury that holds everything",
      "token.holders",
      { treasury: "1000000000" },
      "file: token.holders has nobody but the treasury, which cannot vote: nobody could.",
    ],
    [
      "a guardian who is the curator",
      "people.guardian",
      get(good, "people.curator"),
      "file: people.guardian is people.curator: who raises risk could not be stopped.",
    ],
    [
      "cover of a vault that is not there",
      "insurance.0.products.0.vault",
      "mrDAI",
      "file: insurance.0.products.0.vault is mrDAI: no vault of that asset has the symbol.",
    ],
    [
      "a pool of another asset than its vault's",
      "insurance.0.asset.address",
      get(good, "vaults.0.rewards.0.token"),
      "file: insurance.0.products.0.vault is mrUSDC: no vault of that asset has the symbol.",
    ],
    [
      "a curve that falls",
      "insurance.0.curve.restBps",
      700,
      "file: insurance.0.curve falls: restBps, kinkRateBps and fullBps may only rise.",
    ],
    [
      "fees of cover that leave too little",
      "insurance.0.daoFeeBps",
      1_001,
      "file: insurance.0: daoFeeBps and reserveFeeBps are above 3,000 together.",
    ],
    [
      "a pool with the symbol of a vault",
      "insurance.0.symbol",
      "mrUSDC",
      "file: insurance: mrUSDC is the symbol of something else too.",
    ],
    [
      "two pools of one asset",
      "insurance",
      [get(good, "insurance.0"), { ...(get(good, "insurance.0") as object), symbol: "other" }],
      `file: insurance: two pools have the asset ${get(good, "insurance.0.asset.address")}.`,
    ],
    [
      "a vault that is insured twice",
      "insurance.0.products",
      [get(good, "insurance.0.products.0"), get(good, "insurance.0.products.0")],
      "file: insurance.0.products: mrUSDC is there twice.",
    ],
    [
      "a deductible that is too small",
      "insurance.0.products.0.deductibleBps",
      199,
      "file: insurance.0.products.0.deductibleBps is 199: it should be a whole number from 200 to 1000.",
    ],
    [
      "a bound too few",
      "vaults.0.adapters.0.groups",
      [],
      "file: vaults.0.adapters.0.groups has 0 bounds; AaveV3 shares 1 risks.",
    ],
    ["two vaults of one symbol", "vaults.1", get(good, "vaults.0"), "file: vaults: two have the symbol mrUSDC."],
    [
      "a tip that the vault would round",
      "vaults.0.tipCap",
      "0.0000001",
      "file: vaults.0.tipCap is 0.0000001: at most 6 decimals count there.",
    ],
    [
      "a tip that the vault can't keep",
      "vaults.0.tipCap",
      "1099512",
      "file: vaults.0.tipCap is 1099512: 1099511.627775 is the most.",
    ],
    [
      "a cap in parts of a wei",
      "vaults.0.adapters.0.cap",
      "10.1234567",
      "file: vaults.0.adapters.0.cap is 10.1234567: at most 6 decimals count there.",
    ],
    [
      "a supply in parts of a wei",
      "token.mintPerYear",
      "1.0000000000000000001",
      'file: token.mintPerYear is "1.0000000000000000001": it should be an amount with at most 18 decimals.',
    ],
    [
      "a reserve without an address",
      "revenue.reserveBps",
      1,
      "file: revenue.reserve is none, and revenue.reserveBps is above 0.",
    ],
  ];
  for (const [name, at, value, sentence] of cases)
    it(`refuse ${name}, in one sentence`, () => {
      assert.deepEqual(said([at, value]), [sentence]);
    });

  it("say everything that is wrong at once", () => {
    const sentences = said(["chainId", undefined], ["people.guardian", 7]);
    assert.equal(sentences.length, 2);
  });

  it("say where they should be, and that they are no JSON5", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "millrace-parameters-"));
    const folder = path.join(root, "somewhere");
    await mkdir(folder);
    await assert.rejects(
      readParameters(folder),
      /^Problem: deployments\/somewhere\/parameters.json5 is missing: it says what/,
    );
    await writeFile(path.join(folder, "parameters.json5"), "{ chainId: }");
    await assert.rejects(
      readParameters(folder),
      /^Problem: deployments\/somewhere\/parameters.json5 is not JSON5: .*1:12/,
    );
    await rm(root, { recursive: true });
  });
});

describe("the networks", () => {
  const books = {
    mainnet: AaveV3Ethereum,
    sepolia: AaveV3Sepolia,
    base: AaveV3Base,
    arbitrum: AaveV3Arbitrum,
    optimism: AaveV3Optimism,
    bnb: AaveV3BNB,
  } as const;
  // What stands in for the decisions of whoever deploys.
  const decided = {
    people: {
      curator: "0x00000000000000000000000000000000000000c1",
      allocator: "0x00000000000000000000000000000000000000a1",
      guardian: "0x00000000000000000000000000000000000000d1",
    },
    holders: { treasury: "600000000", "0x0000000000000000000000000000000000000b01": "400000000" },
  };
  const complete = async (network: string): Promise<Parameters> => {
    const file = path.join(deployments, network, "parameters.json5");
    const raw: unknown = await readDeploymentParameters(file);
    put(raw, "people", decided.people);
    put(raw, "token.holders", decided.holders);
    put(raw, "governor.daoURI", "ipfs://dao");
    return parseParameters(raw, network);
  };

  it("are the replica and those that the configuration knows", () => {
    const http = Object.entries(hre.config.networks).filter(([, { type }]) => type === "http");
    const configured = http.filter(([name]) => name !== "localhost"); // Hardhat's own
    assert.deepEqual(networks.toSorted(), configured.map(([name]) => name).toSorted());
  });

  for (const network of networks.filter((name) => name !== "replica")) {
    it(`${network} leaves to whoever deploys who holds power, and nothing else`, async () => {
      await assert.rejects(readParameters(path.join(deployments, network)), (error: Error) => {
        const missing = ["people", "token.holders", "governor.daoURI"].map(
          (name) => `deployments/${network}/parameters.json5: ${name} is missing`,
        );
        const lines = error.message.split("\n");
        return lines.length === missing.length && missing.every((start, index) => lines[index]?.startsWith(start));
      });
      const { chainId } = await complete(network);
      assert.equal(chainId, hre.config.networks[network]?.chainId);
    });
  }

  for (const [network, book] of Object.entries(books)) {
    it(`${network} has the addresses of Aave's address book`, async () => {
      const { chainId, vaults, staking, router } = await complete(network);
      assert.equal(chainId, book.CHAIN_ID);
      const assets = Object.values(book.ASSETS) as readonly {
        readonly UNDERLYING: string;
        readonly decimals: number;
      }[];
      const known = (address: string) => assets.find(({ UNDERLYING }) => UNDERLYING === address);
      assert.equal(known(router.wrappedNative.address)?.decimals, router.wrappedNative.decimals);
      assert.equal(vaults.length, 1);
      for (const { asset, adapters } of vaults) {
        assert.equal(known(asset.address)?.decimals, asset.decimals);
        for (const adapter of adapters) assert.equal(adapter.kind === "AaveV3" && adapter.pool, book.POOL);
      }
      assert.ok(staking.reward !== "MILL" && known(staking.reward.address)?.decimals === staking.reward.decimals);
    });
  }

  it("all have Permit2 where it is on every chain", async () => {
    for (const network of networks.filter((name) => name !== "replica"))
      assert.equal((await complete(network)).router.permit2, mainnet.permit2, network);
  });

  it("monad has no vault, since Aave is not there", async () => {
    const { vaults, staking } = await complete("monad");
    assert.deepEqual([vaults.length, staking.reward], [0, "MILL"]);
  });
});

type Tree = { [name: string]: unknown };

/** The value at a path such as `vaults.0.asset`. */
function get(tree: unknown, at: string): unknown {
  return at
    .split(".")
    .filter((name) => name !== "")
    .reduce<unknown>((inner, name) => (inner as Tree)[name], tree);
}

function put(tree: unknown, at: string, value: unknown): void {
  const names = at.split(".");
  const last = names.pop() as string;
  const parent = get(tree, names.join(".") || "") as Tree;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}
