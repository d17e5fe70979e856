import path from "node:path";
import { verifyContract } from "@nomicfoundation/hardhat-verify/verify";
import { getVerificationInformation } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, getAddress } from "viem";
import { readAddresses } from "./addresses.ts";
import { readJournal } from "./journal.ts";
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

/** The contracts of a deployment that its transactions made, and the vaults that its factory made. */
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
  return [...sources, ...(await vaultsOf(folder)).map((vault) => ({ ...vault, name: nameAt(vault.address) }))];
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
