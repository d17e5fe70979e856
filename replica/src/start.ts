import path from "node:path";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { EdrNetworkUserConfig } from "hardhat/types/config";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, encodeFunctionData, parseAbi, parseEther, parseUnits } from "viem";
import { placeAave } from "./aave.ts";
import { aave30 } from "./aave30.ts";
import { aave36 } from "./aave36.ts";
import { actors } from "./actors.ts";
import { mainnet } from "./addresses.ts";
import type { Artifacts } from "./artifacts.ts";
import { type Chain, chainOf } from "./chain.ts";
import { type Funding, fund } from "./fund.ts";
import { placeMasterChef } from "./masterChef.ts";
import { placeMorpho } from "./morpho.ts";
import { placePermit2 } from "./permit2.ts";
import { DAY, playSeason, SEASON } from "./season.ts";
import { type Server, serve } from "./serve.ts";
import { aave36Sources, masterChefSources, morphoSources, permit2Sources } from "./sources.ts";
import { erc20Abi, placeTokens } from "./tokens.ts";
import { addPools, placeUniswap } from "./uniswap.ts";

/** A connection of Hardhat 3, with whatever its plugins added. */
type Connection = Omit<NetworkConnection<string>, "chainType">;

export type ReplicaOptions<connection extends Connection = Connection> = {
  /**
   * An empty simulated network to build the replica on, such as `await network.create()` in a Hardhat test. It stays
   * its owner's to close. Without one, the replica makes its own network, whose clock then ends at the present.
   */
  readonly connection?: connection;
  /** Of its own network. 31337 by default, so that nothing signed there is valid on mainnet. */
  readonly chainId?: number;
  /** 3.0 is published as a build; 3.6, which mainnet runs now, is compiled on first use, for some ten seconds. */
  readonly aave?: "3.0" | "3.6";
  /** More protocols. Each is compiled on first use, for up to ten seconds. */
  readonly with?: readonly ("permit2" | "morpho" | "masterChef")[];
};
export type ServeOptions = {
  /** The port that is wanted; another free one is taken where it is in use. */
  readonly port: number;
  /** Told when another port was taken; a warning on the console by default. What it throws ends the start. */
  readonly log?: (message: string) => void;
};

export type Replica<connection extends Connection = Connection> = {
  readonly connection: connection;
  /** EIP-1193 */
  readonly provider: connection["provider"];
  readonly chainId: number;
  readonly addresses: typeof mainnet;
  /** The network's unlocked accounts: each has ether, a million USDC and a million DAI. */
  readonly accounts: readonly Address[];
  /** The lender and the borrower of the Aave market. They are impersonated. */
  readonly actors: typeof actors;
  /** Gives tokens that Aave holds to an account. */
  readonly fund: (funding: Funding) => Promise<void>;
  /** Lets seconds pass and mines a block. */
  readonly increaseTime: (seconds: bigint) => Promise<void>;
  /** Ends at once. */
  readonly close: () => Promise<void>;
};
export type ServedReplica<connection extends Connection = Connection> = Replica<connection> & {
  /** Where JSON-RPC is answered, on 127.0.0.1. */
  readonly url: string;
};

/** The phrase behind the accounts of a replica's own network. Everyone knows it. */
export const mnemonic = "test test test test test test test test test test test junk";

const DEFAULT_CHAIN_ID = 31_337;
// The season begins a day after the first block: placing takes a second per block.
const AGE_MS = Number(SEASON + DAY) * 1_000;
const versions = { "3.0": async () => aave30, "3.6": async () => aave36(await aave36Sources()) } as const;
const extraProtocols = {
  permit2: { sources: permit2Sources, place: placePermit2 },
  morpho: { sources: morphoSources, place: placeMorpho },
  masterChef: { sources: masterChefSources, place: placeMasterChef },
} as const;
const multicallAbi = parseAbi([
  "struct Call { address target; bool allowFailure; bytes callData; }",
  "function aggregate3(Call[]) payable returns ((bool, bytes)[])",
]);

/**
 * Starts a local chain with the genuine code of Aave v3 and Uniswap at their mainnet addresses. Lenders, a borrower and
 * a reward emission have been at work for 30 days; balances and prices are synthetic.
 *
 * @example
 * const replica = await startReplica({ serve: true });
 * const client = createPublicClient({ transport: http(replica.url) });
 * await replica.fund({ token: replica.addresses.tokens.usdc, to: account, amount: 1_000_000n });
 * await replica.close();
 */
export async function startReplica<connection extends Connection = NetworkConnection<"l1">>(
  options: ReplicaOptions<connection> & { readonly serve: true | ServeOptions },
): Promise<ServedReplica<connection>>;
export async function startReplica<connection extends Connection = NetworkConnection<"l1">>(
  options?: ReplicaOptions<connection> & { readonly serve?: false },
): Promise<Replica<connection>>;
export async function startReplica({
  connection: given,
  chainId: wanted,
  aave = "3.0",
  with: extras = [],
  serve: serving = false,
}: ReplicaOptions & { readonly serve?: boolean | ServeOptions } = {}): Promise<Replica | ServedReplica> {
  const connection = given ?? (await createNetwork(wanted ?? DEFAULT_CHAIN_ID));
  const closeOwn = async (): Promise<void> => {
    if (!given) await connection.close();
  };
  try {
    const { provider } = connection;
    const chain = chainOf(provider);
    const chainId = Number(await chain.request("eth_chainId"));
    if (wanted !== undefined && wanted !== chainId)
      throw new Error(`The connection's chain id is ${chainId}, not ${wanted}.`);
    await build(chain, { aave, with: extras });
    const accounts = await chain.request<readonly Address[]>("eth_accounts");
    await endow(chain, accounts);
    const server = serving ? await listen(connection, serving) : undefined;
    return {
      ...{ connection, provider, chainId, addresses: mainnet, accounts, actors },
      ...(server && { url: server.url }),
      fund: (funding) => fund(provider, funding),
      increaseTime: async (seconds) => {
        await chain.request("evm_increaseTime", [Number(seconds)]);
        await chain.mine();
      },
      close: async () => {
        await server?.close();
        await closeOwn();
      },
    };
  } catch (cause) {
    // A network left open keeps the caller's process alive.
    await closeOwn();
    throw cause;
  }
}

async function createNetwork(chainId: number): Promise<NetworkConnection<"l1">> {
  const replica: EdrNetworkUserConfig = {
    type: "edr-simulated",
    chainType: "l1",
    chainId,
    initialDate: new Date(Date.now() - AGE_MS),
    accounts: { mnemonic },
  };
  // Its root is this package: the caller's Hardhat project, if there is one, is neither read nor needed.
  const root = path.resolve(import.meta.dirname, "..");
  const { network } = await createHardhatRuntimeEnvironment({ networks: { replica } }, {}, root);
  return await network.create({ network: "replica", chainType: "l1" });
}

async function build(chain: Chain, options: Required<Pick<ReplicaOptions, "aave" | "with">>): Promise<void> {
  if ((await chain.codeAt(mainnet.aave.pool)) !== "0x")
    throw new Error("The network is not empty: it has a contract at the address of Aave's pool.");
  const extras = [...new Set(options.with)].map((name) => extraProtocols[name]);
  // Compiled before the first block: time passes while it lasts.
  const [version, ...sources] = await Promise.all([
    versions[options.aave](),
    ...extras.map(({ sources }) => sources()),
  ]);
  const opening = (await chain.now()) + DAY;
  await placeTokens(chain);
  await placeAave(chain, version);
  await placeUniswap(chain);
  await addPools(chain, actors.lender);
  for (const [index, { place }] of extras.entries()) await place(chain, sources[index] as Artifacts);
  await playSeason(chain, { opening });
}

async function endow(chain: Chain, accounts: readonly Address[]): Promise<void> {
  const { usdc, dai } = mainnet.tokens;
  const give = (token: Address, amount: bigint) =>
    accounts.map((account) => ({
      ...{ target: token, allowFailure: false },
      callData: encodeFunctionData({ abi: erc20Abi, functionName: "mint", args: [account, amount] }),
    }));
  const calls = [...give(usdc, parseUnits("1000000", 6)), ...give(dai, parseEther("1000000"))];
  const call = { to: mainnet.multicall3, abi: multicallAbi, functionName: "aggregate3", args: [calls] } as const;
  await chain.send({ from: actors.lender, ...call });
}

async function listen({ provider }: Connection, serving: true | ServeOptions): Promise<Server> {
  if (serving === true) return await serve({ provider, port: 0 });
  const { port, log = console.warn } = serving;
  try {
    return await serve({ provider, port });
  } catch (error) {
    if ((error as { cause?: NodeJS.ErrnoException }).cause?.code !== "EADDRINUSE") throw error;
    const server = await serve({ provider, port: 0 });
    try {
      log(`Port ${port} is in use: the replica is at ${server.url}.`);
    } catch (refusal) {
      await server.close();
      throw refusal;
    }
    return server;
  }
}
