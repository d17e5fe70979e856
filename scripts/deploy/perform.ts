import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { Address, Hex } from "viem";
import { check } from "./check.ts";
import type { Contract } from "./claim.ts";
import { execute, type Progress } from "./ignition.ts";
import { readJournal, startOf } from "./journal.ts";
import { type InsuranceCode, insuranceModules } from "./modules/Insurance.ts";
import type { Parameters } from "./parameters.ts";
import { type Code, protocol, publishedName } from "./protocol.ts";
import { isLocal } from "./signer.ts";

/** Contracts that others made: named in the module so that it can call them. */
const FOREIGN: readonly string[] = ["IERC20Metadata"];

export type Performance = {
  readonly hre: HardhatRuntimeEnvironment;
  readonly connection: NetworkConnection;
  readonly parameters: Parameters;
  readonly signer: Address;
  /** Where the journal is kept; without one it lives as long as the process. */
  readonly folder?: string;
  readonly onProgress?: (progress: Progress) => void;
};
export type Performed = { readonly contracts: readonly Contract[]; readonly startBlock: bigint };

/** Sends the transactions of a deployment, those that an earlier run did not send, and checks what came of them all. */
export async function perform(performance: Performance): Promise<Performed> {
  const { hre, connection, parameters, signer, folder, onProgress } = performance;
  const client = await connection.viem.getPublicClient();
  const journal = folder === undefined ? [] : await readJournal(folder);
  const startBlock = startOf(journal) ?? (await client.getBlockNumber());
  const local = isLocal(await client.getChainId()) || connection.networkConfig.type === "edr-simulated";
  const futures = await execute({
    ...{ hre, provider: connection.provider, sender: signer },
    module: protocol(parameters, await codeOf(hre)),
    ...(folder === undefined ? {} : { folder }),
    ...(onProgress === undefined ? {} : { onProgress }),
    pollingInterval: local ? 20 : 250,
  });
  const contracts = futures
    .filter(({ contractName }) => !FOREIGN.includes(contractName))
    .map(({ id, contractName, address }) => ({ name: publishedName(id), contractName, address }));
  await check({ hre, connection, parameters, contracts, deployer: signer, startBlock });
  return { contracts, startBlock };
}

async function codeOf({ artifacts }: HardhatRuntimeEnvironment): Promise<Code> {
  const creationOf = async (name: string): Promise<Hex> => (await artifacts.readArtifact(name)).bytecode as Hex;
  const modules = await Promise.all(insuranceModules.map(async (name) => [name, await creationOf(name)] as const));
  const insuranceCode = Object.fromEntries(modules) as InsuranceCode;
  return { vaultCode: await creationOf("CompoundingVault"), insuranceCode };
}
