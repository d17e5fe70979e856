import path from "node:path";
import { verifyContract } from "@nomicfoundation/hardhat-verify/verify";
import { getVerificationInformation } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, getAddress, getContractAddress } from "viem";
import { readAddresses } from "./addresses.ts";
import { readJournal } from "./journal.ts";
import { type InsuranceModule, placeOf } from "./modules/Insurance.ts";
import { Problem } from "./Problem.ts";

/** What an explorer needs to show the source of a contract, beside the build. */
export type Source = {
  readonly name: string;
  readonly address: Address;
  /** Such as `contracts/vault/CompoundingVault.sol:CompoundingVault`. */
  readonly contract: string;
  readonly constructorArgs: readonly unknown[];
};
type Settings = Readonly<
  Record<"asset" | "name" | "symbol" | "authority" | "feeRecipient" | "feeBps" | "maxRate", unknown>
>;

const VAULT = "contracts/vault/CompoundingVault.sol:CompoundingVault";
const EXPLORERS = ["etherscan", "blockscout", "sourcify"] as const;

/** The contracts of a deployment that its transactions made, the vaults that its factory made, and the modules of pools. */
export async function sourcesOf(folder: string): Promise<readonly Source[]> {
  const addresses = await readAddresses(folder);
  if (!addresses) throw new Problem(`There is no ${path.join(folder, "addresses.json")}: deploy first.`);
  const names = new Map(Object.entries(addresses.contracts).map(([name, { address }]) => [getAddress(address), name]));
  const nameAt = (address: Address): string => names.get(address) ?? address;
  const sources: Source[] = [];
  for await (const found of getVerificationInformation(folder)) {
    if (typeof found === "string") throw new Problem(`${folder} lacks the artifact of ${found}.`);
    const address = getAddress(found.address);
    const { contract, constructorArgs } = found;
    sources.push({ ...{ name: nameAt(address), address, contract }, constructorArgs });
  }
  const made = [...(await vaultsOf(folder)), ...(await modulesOf(folder))];
  return [...sources, ...made.map((one) => ({ ...one, name: nameAt(one.address) }))];
}

/** Shows the sources at each of the network's explorers that the configuration enables. Safe to repeat. */
export async function verify(
  hre: HardhatRuntimeEnvironment,
  folder: string,
  log: (line: string) => void = console.log,
): Promise<void> {
  const explorers = EXPLORERS.filter((name) => hre.config.verify[name].enabled);
  const sources = await sourcesOf(folder);
  const addresses = await readAddresses(folder);
  for (const name of Object.keys(addresses?.contracts ?? {}).filter((one) =>
    sources.every((source) => source.name !== one),
  ))
    log(`${name} was made by another contract of published code: explorers know it by that`);
  const failures: string[] = [];
  for (const { name, ...source } of sources)
    for (const provider of explorers) {
      try {
        await verifyContract({ ...source, constructorArgs: [...source.constructorArgs], provider }, hre);
        log(`${name} is shown by ${provider}`);
      } catch (error) {
        const [reason = ""] = (error as Error).message.split("\n");
        failures.push(`${name}, ${provider}: ${reason}`);
      }
    }
  if (failures.length > 0) throw new Problem(failures.join("\n"));
}

/** A vault is no transaction's own contract: its arguments are those that `Launch.createVault` was called with. */
async function vaultsOf(folder: string): Promise<readonly Omit<Source, "name">[]> {
  const journal = await readJournal(folder);
  const addressOf = (module: string) =>
    journal.find(({ futureId }) => futureId === `${module}#CompoundingVault`)?.contractAddress;
  return journal.flatMap(({ functionName, futureId = "", args: [settings] = [] }) => {
    if (functionName !== "createVault") return [];
    const address = addressOf(futureId.split("#")[0] ?? "");
    if (!address) throw new Problem(`The journal does not say where ${futureId} made a vault.`);
    const { asset, name, symbol, authority, feeRecipient, feeBps, maxRate } = settings as Settings;
    const constructorArgs = [asset, name, symbol, authority, feeRecipient, feeBps, maxRate];
    return [{ address: getAddress(address), contract: VAULT, constructorArgs }];
  });
}

/** The functions of `PoolDeployer`: what each makes, and which arguments its constructor takes. */
const made: Readonly<
  Record<string, readonly [InsuranceModule, (args: readonly unknown[], modules: unknown) => unknown[]]>
> = {
  deployPool: ["UnderwritingPool", (args, modules) => [...args, modules]],
  deployManager: ["CoverManager", (args, modules) => [...args, modules]],
  deployNft: ["CoverNFT", (_, modules) => [modules]],
  deployIncidents: ["IncidentModule", (args, modules) => [...args, modules]],
  deployReserve: ["RiskReserve", (args, modules) => [...args, modules]],
  deployClaims: ["ClaimsModule", (args, modules) => [modules, ...args]],
};

/** A module of a pool was made by its `PoolDeployer`, with the addresses of all beside what the call gave. */
async function modulesOf(folder: string): Promise<readonly Omit<Source, "name">[]> {
  const journal = await readJournal(folder);
  return journal.flatMap(({ functionName = "", contractAddress: from, args: [, ...args] = [] }) => {
    const [name, argumentsOf] = made[functionName] ?? [];
    if (!name || !argumentsOf || !from) return [];
    // Its first contract has nonce 1 (EIP-161).
    const at = (one: InsuranceModule) => getContractAddress({ from, nonce: placeOf(one) + 1n });
    const modules = {
      ...{ pool: at("UnderwritingPool"), manager: at("CoverManager"), nft: at("CoverNFT") },
      ...{ incidents: at("IncidentModule"), claims: at("ClaimsModule"), reserve: at("RiskReserve") },
    };
    const contract = `contracts/insurance/${name}.sol:${name}`;
    return [{ address: at(name), contract, constructorArgs: argumentsOf(args, modules) }];
  });
}
