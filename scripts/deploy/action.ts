import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { formatEther } from "viem";
import { readAddresses } from "./addresses.ts";
import { deployTo, type Report } from "./deploy.ts";
import { Problem } from "./Problem.ts";
import { readParameters } from "./parameters.ts";
import { isLocal } from "./signer.ts";
import { verify } from "./verify.ts";

type Flags = { readonly dryRun: boolean; readonly verify: boolean };

/** `hardhat deploy --network X [--dry-run | --verify]` */
export default async function action(flags: Flags, hre: HardhatRuntimeEnvironment): Promise<void> {
  try {
    await run(hre, flags);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function run(hre: HardhatRuntimeEnvironment, { dryRun, verify: shows }: Flags): Promise<void> {
  if (dryRun && shows) throw new Problem("A dry run deploys nothing that --verify could show: take one of them.");
  const network = hre.globalOptions.network;
  if (network === undefined) throw new Problem("Say which network: hardhat deploy --network NAME.");
  const folder = path.join(hre.config.paths.ignition, "deployments", network);
  const { chainId } = await readParameters(folder); // what is wrong with them is said before minutes of building
  if (shows && isLocal(chainId)) throw new Problem(`${network} is a local chain: no explorer shows it.`);
  await requireVariables(hre, network, shows);
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: "production" });
  if (shows && (await readAddresses(folder))) return await verify(hre, folder);
  const connection = await hre.network.create();
  try {
    const addresses = await deployTo({ hre, connection, dryRun, report: printer() });
    if (addresses === undefined) console.log("Nothing was sent: this was a dry run.");
    else printAddresses(addresses.contracts, path.join("deployments", network, "addresses.json"));
  } finally {
    await connection.close();
  }
  if (shows) await verify(hre, folder);
}

/** A variable that is missing would otherwise be found out by the first request, after the build. */
async function requireVariables(hre: HardhatRuntimeEnvironment, network: string, shows: boolean): Promise<void> {
  const config = hre.config.networks[network];
  if (config?.type !== "http")
    throw new Problem(`${network} is a network of this process: what is deployed there is gone at once.`);
  const keys = Array.isArray(config.accounts) ? config.accounts : [];
  const { apiKey, enabled } = hre.config.verify.etherscan;
  for (const variable of [config.url, ...keys, ...(shows && enabled ? [apiKey] : [])]) {
    await variable.get().catch(({ message }: Error) => {
      throw new Problem(
        `${network}: ${message.split("\n")[0]} Set it in the environment or with \`hardhat keystore set\`.`,
      );
    });
  }
}

function printer(): Report {
  return {
    plan: ({ network, chainId, signer, balance, vaults, resumes }) => {
      console.log(`network  ${network}, chain ${chainId}`);
      console.log(`signer   ${signer}, ${formatEther(balance)} ether`);
      console.log(`vaults   ${vaults.join(", ") || "none"}`);
      if (resumes) console.log("journal  an earlier run stopped on the way: this one goes on from there");
    },
    rehearsed: ({ transactions, gas, wei }) =>
      console.log(`tried    on a fork: ${transactions} transactions, ${gas} gas, at most ${formatEther(wei)} ether`),
    progress: ({ done, future }) => console.log(`${String(done).padStart(7)}  ${future}`),
  };
}

function printAddresses(contracts: Readonly<Record<string, { readonly address: string }>>, file: string): void {
  const width = Math.max(...Object.keys(contracts).map(({ length }) => length));
  for (const [name, { address }] of Object.entries(contracts)) console.log(`${name.padEnd(width)}  ${address}`);
  console.log(`Checked on the chain and written to ${file}.`);
}
