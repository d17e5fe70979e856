import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, erc4626Abi, isAddress } from "viem";
import { Problem } from "../deploy/Problem.ts";
import { type Finding, listingTest } from "./listing.ts";

type Arguments = { readonly vault: string; readonly pool: string };

/** `hardhat listing VAULT POOL --network X` */
export default async function action({ vault, pool }: Arguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  try {
    if (hre.globalOptions.network === undefined)
      throw new Problem("Say which network: hardhat listing --network NAME.");
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: "production" });
    const connection = await hre.network.create();
    const findings = await tryOn({ hre, connection, vault, pool }).finally(() => connection.close());
    for (const { criterion, passed, evidence } of findings)
      console.log(`${passed ? "✔" : "✖"} ${criterion}: ${evidence}`);
    if (findings.some(({ passed }) => !passed)) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Forks the chain and tries the vault there: nothing is sent. */
export async function tryOn({
  hre,
  connection,
  vault,
  pool,
}: Arguments & { readonly hre: HardhatRuntimeEnvironment; readonly connection: NetworkConnection }): Promise<
  readonly Finding[]
> {
  const { networkConfig, networkName } = connection;
  if (networkConfig.type !== "http")
    throw new Problem(`${networkName} is a network of this process: there is nothing to fork.`);
  const client = await connection.viem.getPublicClient();
  for (const address of [vault, pool]) {
    if (!isAddress(address, { strict: false })) throw new Problem(`${address} is no address.`);
    if (!(await client.getCode({ address })))
      throw new Problem(`There is no contract at ${address} on ${networkName}.`);
  }
  const { read } = await connection.viem.getContractAt("UnderwritingPool", pool as Address);
  const asset = await read.asset().catch(() => {
    throw new Problem(`${pool} is no pool: it has no asset.`);
  });
  await read.modules().catch(() => {
    throw new Problem(`${pool} is no pool: it has no modules. The vault comes first, then the pool.`);
  });
  const token = { abi: erc4626Abi, address: vault as Address } as const;
  await Promise.all([
    client.readContract({ ...token, functionName: "asset" }),
    client.readContract({ ...token, functionName: "convertToAssets", args: [1n] }),
    client.readContract({ ...token, functionName: "maxDeposit", args: [pool as Address] }),
  ]).catch(() => {
    throw new Problem(`${vault} is no vault: it doesn't answer what an ERC-4626 vault does.`);
  });
  const number = await client.getBlockNumber();
  const fork = await hre.network.create({
    network: "default",
    override: {
      chainId: await client.getChainId(),
      allowUnlimitedContractSize: true,
      forking: { url: await networkConfig.url.getUrl(), blockNumber: Number(number) },
    },
  });
  return await listingTest({ hre, connection: fork, vault: vault as Address, asset }).finally(() => fork.close());
}
