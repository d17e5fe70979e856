import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { after, describe, it } from "node:test";
import { startReplica } from "@millrace/replica";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import {
  type Address,
  concat,
  createPublicClient,
  custom,
  getContractAddress,
  type Hex,
  isAddressEqual,
  keccak256,
  numberToHex,
  pad,
  parseEther,
  stringToHex,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import config from "../../hardhat.config.ts";
import { readAddresses } from "../../scripts/deploy/addresses.ts";
import { type Cost, deployTo, type Plan } from "../../scripts/deploy/deploy.ts";
import { forget, readJournal } from "../../scripts/deploy/journal.ts";
import { insuranceModules } from "../../scripts/deploy/modules/Insurance.ts";
import { verify } from "../../scripts/deploy/verify.ts";
import { replicaFolder, withSend } from "./helpers/deployment.ts";

const solc = createRequire(import.meta.url)("solc") as { readonly compile: (input: string) => string };

const CHAIN_ID = 11_155_111;
const NETWORK = "testnet";
const HARDHAT_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

/*
 The way to a chain that is not local, over http with a key of its own, up to what is written at the end. The chain is a
 replica with another chain id.
*/
describe("a deployment to a chain that is not local", async () => {
  const replica = await startReplica({ serve: true, chainId: CHAIN_ID, with: ["permit2"] });
  const key = generatePrivateKey();
  const { address: signer } = privateKeyToAccount(key);
  await replica.fund({ token: replica.addresses.tokens.usdc, to: signer, amount: 10_000n });
  await setBalance("10");
  // Deep enough for a fork to take them for final. One by one: blocks that are mined together have no past to read.
  for (let block = 0; block < 140; block += 1) await replica.increaseTime(1n);
  const root = await mkdtemp(path.join(tmpdir(), "millrace-deployments-"));
  const folder = path.join(root, "deployments", NETWORK);
  await mkdir(folder, { recursive: true });
  const hre = await createHardhatRuntimeEnvironment(
    {
      ...config,
      paths: { ...config.paths, ignition: root },
      networks: { ...config.networks, [NETWORK]: { type: "http", chainType: "l1", url: replica.url, accounts: [key] } },
    },
    {},
    path.resolve(replicaFolder, "../.."),
  );
  await writeParameters();
  const client = createPublicClient({ transport: custom(replica.provider, { retryCount: 0 }) });
  after(async () => {
    await replica.close();
    await rm(root, { recursive: true, force: true });
  });

  const refused: readonly (readonly [what: string, options: Options, sentence: RegExp])[] = [
    [
      "an RPC that is not there",
      { url: "http://127.0.0.1:9" },
      /^Problem: The RPC of testnet does not answer as one: /,
    ],
    [
      "another chain than the folder's",
      { chainId: 1 },
      /^Problem: The RPC of testnet is on chain 11155111, and deployments\/testnet is for chain 1\.$/,
    ],
    [
      "a key that everyone has, as the signer's",
      { key: HARDHAT_KEY },
      /^Problem: the signer is 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266: a development account whose key everyone has, and chain 11155111 is not local\.$/,
    ],
    [
      "a key that everyone has, as the guardian's",
      { edit: (text) => text.replace(/guardian: "0x\w+"/, 'guardian: "0x90F79bf6EB2c4f870365E785982E1f101E93b906"') },
      /^Problem: people.guardian is 0x90F79bf6EB2c4f870365E785982E1f101E93b906: a development account/,
    ],
    [
      "an address without a contract",
      { edit: (text) => text.replaceAll(replica.addresses.aave.pool, "0x00000000000000000000000000000000000000aa") },
      /^Problem: vaults.0.adapters.0.pool: there is no contract at 0x00000000000000000000000000000000000000AA on testnet\.$/,
    ],
    [
      "a chain without Permit2",
      { edit: (text) => text.replace(/permit2: "\w+"/, 'permit2: "0x00000000000000000000000000000000000000ab"') },
      /^Problem: router.permit2: there is no contract at 0x00000000000000000000000000000000000000AB on testnet\.$/,
    ],
    [
      "another wrapped native token than it says",
      { edit: (text) => text.replace('symbol: "WETH"', 'symbol: "WBNB"') },
      /^Problem: router.wrappedNative: 0xC02a\w+ is WETH with 18 decimals, and should be WBNB with 18\.$/,
    ],
    [
      "another token than it says",
      { edit: (text) => text.replace('symbol: "AAVE"', 'symbol: "GHO"') },
      /^Problem: vaults.0.rewards.0: 0x7Fc6\w+ is AAVE with 18 decimals, and should be GHO with 18\.$/,
    ],
    [
      "another contract than Permit2",
      { edit: (text) => text.replace(/permit2: "\w+"/, `permit2: "${replica.addresses.aave.pool}"`) },
      /^Problem: router.permit2: 0x8787\w+ is no Permit2\.$/,
    ],
    [
      "a token that wraps nothing",
      {
        edit: (text) =>
          text
            .replace(replica.addresses.tokens.weth, replica.addresses.tokens.dai)
            .replace('symbol: "WETH"', 'symbol: "DAI"'),
      },
      /^Problem: router.wrappedNative: 0x6B17\w+ wraps no native token\.$/,
    ],
    [
      "another contract than Aave's pool",
      {
        edit: (text) => text.replace(`pool: "${replica.addresses.aave.pool}`, `pool: "${replica.addresses.tokens.dai}`),
      },
      /^Problem: vaults.0.adapters.0.pool: 0x6B17\w+ is no Aave v3 pool with a reserve of the vault's asset\.$/,
    ],
    [
      "another contract than an ERC-4626 vault",
      {
        edit: (text) =>
          text
            .replace("pool: ", `source: "${replica.addresses.tokens.dai}", _: `)
            .replace('"AaveV3"', '"ERC4626"')
            .replace(/, _: "\w+"|_: "\w+",/, ""),
      },
      /^Problem: vaults.0.adapters.0.source: 0x6B17\w+ is no ERC-4626 vault of the vault's asset\.$/,
    ],
    [
      "what the chain would refuse, found out on a fork",
      // The reward is an ERC-20, so nothing but trying tells that the auction may not sell the vault's own asset.
      {
        edit: (text) =>
          text.replace(
            /token: "0x7Fc6\w+",(\s+)symbol: "AAVE",(\s+)decimals: 18/,
            `token: "${replica.addresses.tokens.usdc}",$1symbol: "USDC",$2decimals: 6`,
          ),
      },
      /^Problem: The deployment stopped\. /s,
    ],
    [
      "a signer who cannot pay for it",
      { balance: "0.001" },
      /^Problem: 0x\w{40} has 0.001 ether, and deploying may cost 0\.\d+\.$/,
    ],
  ];
  for (const [what, options, sentence] of refused)
    it(`refuses ${what}, and sends nothing`, async () => {
      await setBalance(options.balance ?? "10");
      await assert.rejects(deploy(options), sentence);
      assert.equal(await client.getTransactionCount({ address: signer }), 0);
      assert.deepEqual(readdirSync(folder), ["parameters.json5"]);
      await setBalance("10");
    });

  it("is rehearsed on a fork, which sends nothing", async (test) => {
    const { plan, cost, addresses } = await deploy({ dryRun: true });
    assert.deepEqual(
      [plan?.network, plan?.chainId, plan?.vaults, plan?.resumes],
      [NETWORK, CHAIN_ID, ["mrUSDC"], false],
    );
    assert.equal(plan?.signer.toLowerCase(), signer.toLowerCase());
    assert.equal(plan?.balance, parseEther("10"));
    assert.equal(cost?.transactions, 38);
    assert.ok(cost && cost.gas > 20_000_000n && cost.wei > 0n);
    assert.equal(addresses, undefined);
    assert.equal(await client.getTransactionCount({ address: signer }), 0);
    test.diagnostic(`${cost.gas} gas`);
  });

  it("is cut off, rehearsed from there, and continued", async () => {
    const before = await client.getBlockNumber();
    await assert.rejects(deploy({ cutAfter: 19 }), /the line was cut/);
    assert.equal(await client.getTransactionCount({ address: signer }), 19);
    assert.equal(await readAddresses(folder), undefined);
    const { plan, cost, addresses } = await deploy({});
    assert.equal(plan?.resumes, true);
    assert.equal(cost?.transactions, 38 - 19);
    assert.equal(addresses?.startBlock, Number(before));
    assert.equal(await client.getTransactionCount({ address: signer }), 38);
  });

  it("writes where everything is, and in which block it came to be", async () => {
    const addresses = await readAddresses(folder);
    assert.ok(addresses);
    assert.equal(addresses.chainId, CHAIN_ID);
    const names = Object.keys(addresses.contracts);
    assert.deepEqual(names, names.toSorted());
    const some = ["AccessManager", "MillGovernor", "TimelockController", "mrUSDC", "mrUSDC_AaveV3Adapter", "muUSDC"];
    const modules = ["PremiumModel", "CoverManager", "CoverNFT", "IncidentModule", "RiskReserve", "ClaimsModule"];
    for (const name of [...some, ...modules.map((module) => `muUSDC_${module}`)]) assert.ok(names.includes(name), name);
    await Promise.all(
      Object.entries(addresses.contracts).map(async ([name, { address, block }]) => {
        const [earlier, then] = await Promise.all([codeAt(address, block - 1), codeAt(address, block)]);
        assert.deepEqual([earlier, (then ?? "").length > 2], [undefined, true], `${name} in block ${block}`);
      }),
    );
  });

  it("is done once", async () => {
    await assert.rejects(
      deploy({}),
      /^Problem: The protocol is deployed on testnet: deployments\/testnet\/addresses.json says where\.$/,
    );
  });

  it("shows its sources at an explorer, with the arguments that each contract was made with", async ({ mock }) => {
    mock.method(console, "log", () => undefined); // the plugin tells of each contract at length
    const { setTimeout } = globalThis;
    // It lets half a second pass before it asks what became of each: this explorer has decided before.
    const atOnce = (then: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): NodeJS.Timeout =>
      setTimeout(then, ms === 500 ? 0 : ms, ...args);
    mock.method(globalThis, "setTimeout", atOnce);
    const explorer = await startExplorer();
    const { url } = explorer;
    const shown = await createHardhatRuntimeEnvironment(
      {
        ...config,
        paths: { ...config.paths, ignition: root },
        networks: {
          ...config.networks,
          [NETWORK]: { type: "http", chainType: "l1", url: replica.url, accounts: [key] },
        },
        chainDescriptors: { [CHAIN_ID]: { name: NETWORK, blockExplorers: { etherscan: { url, apiUrl: url } } } },
        verify: { etherscan: { apiKey: "key" }, blockscout: { enabled: false }, sourcify: { enabled: false } },
      },
      { network: NETWORK },
      path.resolve(replicaFolder, "../.."),
    );
    const lines: string[] = [];
    await verify(shown, folder, (line) => lines.push(line)).finally(explorer.close);
    const { contracts } = (await readAddresses(folder)) ?? assert.fail("not deployed");
    assert.deepEqual(
      lines.toSorted(),
      Object.keys(contracts)
        .map((name) =>
          name === "TimelockController"
            ? `${name} was made by another contract of published code: explorers know it by that`
            : `${name} is shown by etherscan`,
        )
        .toSorted(),
    );
    const journal = await readJournal(folder);
    const hashAt = (address: Address) =>
      journal.find(({ receipt }) => receipt?.contractAddress && isAddressEqual(receipt.contractAddress, address))?.hash;
    const factory = contracts.VaultFactory?.address ?? assert.fail("no factory");
    const modules: readonly string[] = insuranceModules;
    for (const { contractname, contractaddress, constructorArguments } of explorer.submissions) {
      const name = contractname.split(":").at(-1) ?? "";
      const { bytecode } = await shown.artifacts.readArtifact(name);
      const creation: Hex = `${bytecode as Hex}${constructorArguments}`;
      const hash = hashAt(contractaddress);
      const place = modules.indexOf(name);
      if (hash) assert.equal((await client.getTransaction({ hash })).input, creation, name);
      else if (place >= 0) {
        // Made by a call: the same arguments give the same code again, immutables included, where it was made.
        const deployer = contracts.muUSDC_PoolDeployer?.address ?? assert.fail("no deployer");
        const block = Object.values(contracts).find(({ address }) => address === contractaddress)?.block ?? 0;
        assert.equal(contractaddress, getContractAddress({ from: deployer, nonce: BigInt(place) + 1n }), name);
        const blockNumber = BigInt(block) - 1n;
        const { data } = await client.call({ account: deployer, data: creation, blockNumber });
        assert.equal(data, await codeAt(contractaddress, block), name);
      } else {
        // Made by the factory: the address follows from what it was made of.
        const salt = keccak256(
          concat([pad(contracts.Launch?.address ?? assert.fail("no launch")), stringToHex("mrUSDC", { size: 32 })]),
        );
        assert.equal(
          contractaddress,
          getContractAddress({ opcode: "CREATE2", from: factory, salt, bytecode: creation }),
          name,
        );
      }
    }
    // What an explorer does next. One stands for all: each input is taken from the build in the same way.
    const one = explorer.submissions.find(({ contractname }) => contractname.endsWith(":BatchVoteRelay"));
    const output = JSON.parse(solc.compile(one?.sourceCode ?? ""));
    const [file = "", contract = ""] = (one?.contractname ?? "").split(":");
    const { bytecode } = await shown.artifacts.readArtifact("BatchVoteRelay");
    assert.equal(`0x${output.contracts[file][contract].evm.bytecode.object}`, bytecode);
  });

  it("is what the command does, with the build that it makes", async ({ mock }) => {
    mock.method(console, "log", () => undefined);
    await forget(folder);
    const commanded = await createHardhatRuntimeEnvironment(
      {
        ...config,
        paths: { ...config.paths, ignition: root },
        networks: {
          ...config.networks,
          [NETWORK]: { type: "http", chainType: "l1", url: replica.url, accounts: [key] },
        },
      },
      { network: NETWORK },
      path.resolve(replicaFolder, "../.."),
    );
    const errors = mock.method(console, "error", () => undefined);
    await commanded.tasks.getTask("deploy").run({ dryRun: false, verify: false });
    assert.deepEqual(
      errors.mock.calls.map(({ arguments: said }) => said),
      [],
    );
    assert.equal((await readAddresses(folder))?.chainId, CHAIN_ID);
  });

  it("does not go on with the journal of another chain", async () => {
    await rm(path.join(folder, "addresses.json"));
    const journal = path.join(folder, "journal.jsonl");
    const text = await readFile(journal, "utf8");
    await writeFile(journal, text.replaceAll(/"hash":"0x..../g, '"hash":"0x0000'));
    await assert.rejects(
      deploy({}),
      /^Problem: deployments\/testnet\/journal.jsonl has transaction 0x0000\w{60}, and the chain does not/,
    );
  });

  /** An explorer that believes everything, with Etherscan's interface. */
  async function startExplorer() {
    const submissions: Submission[] = [];
    const answer = (status: string, result: unknown): string => JSON.stringify({ status, message: "", result });
    const server = createServer(async (request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
      if (request.method === "POST")
        submissions.push(Object.fromEntries(new URLSearchParams(await text(request))) as Submission);
      const answers: Readonly<Record<string, string>> = {
        getsourcecode: answer("0", "Contract source code not verified"),
        verifysourcecode: answer("1", `guid${submissions.length}`),
        checkverifystatus: answer("1", "Pass - Verified"),
      };
      response.setHeader("content-type", "application/json").end(answers[searchParams.get("action") ?? ""]);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return {
      submissions: submissions as readonly Submission[],
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: (): void => {
        server.close();
        server.closeAllConnections();
      },
    };
  }

  type Submission = {
    readonly contractaddress: Address;
    readonly contractname: string;
    readonly sourceCode: string;
    readonly constructorArguments: string;
  };
  type Options = {
    readonly url?: string;
    readonly chainId?: number;
    readonly key?: string;
    readonly balance?: string;
    readonly dryRun?: boolean;
    /** Transactions after which the line is cut. */
    readonly cutAfter?: number;
    /** Spoils the file of parameters. */
    readonly edit?: (text: string) => string;
  };

  async function deploy({
    url = replica.url,
    key: given = key,
    dryRun = false,
    cutAfter = Number.POSITIVE_INFINITY,
    edit = (text) => text,
    chainId,
  }: Options) {
    await writeParameters(chainId, edit);
    let sent = 0;
    const whole = await hre.network.create({ network: NETWORK, override: { url, accounts: [given] } });
    const connection = withSend(whole, async (send) => {
      if (sent === cutAfter) throw new Error("the line was cut");
      sent += 1;
      return await send();
    });
    const told: { plan?: Plan; cost?: Cost } = {};
    const report = {
      plan: (plan: Plan): void => {
        told.plan = plan;
      },
      rehearsed: (cost: Cost): void => {
        told.cost = cost;
      },
    };
    try {
      return { addresses: await deployTo({ hre, connection, dryRun, report }), ...told };
    } finally {
      await whole.close();
      await writeParameters();
    }
  }

  async function writeParameters(chainId = CHAIN_ID, edit = (text: string): string => text): Promise<void> {
    const text = await readFile(path.join(replicaFolder, "parameters.json5"), "utf8");
    let next = 0;
    const nobody = (): string => `"0x${(0xabc000 + next++).toString(16).padStart(40, "0")}"`;
    const people = text
      .replace("chainId: 31337", `chainId: ${chainId}`)
      .replace(/people: \{[^}]*\}/, (block) => block.replace(/"0x\w+"/g, nobody));
    const holders = people.replace(/"0x(15d3|9965|976E)\w{36}"/g, nobody);
    await writeFile(path.join(folder, "parameters.json5"), edit(holders));
  }

  async function setBalance(ether: string): Promise<void> {
    await replica.provider.request({ method: "hardhat_setBalance", params: [signer, numberToHex(parseEther(ether))] });
  }

  function codeAt(address: Address, block: number) {
    return client.getCode({ address, blockNumber: BigInt(block) });
  }
});
