import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, isAddress } from "viem";
import type { Parameters } from "./parameters.ts";

/** What was deployed: the name it is published under, what it is, and where. */
export type Contract = { readonly name: string; readonly contractName: string; readonly address: Address };
export type Deployment = {
  readonly hre: HardhatRuntimeEnvironment;
  readonly connection: NetworkConnection;
  readonly parameters: Parameters;
  readonly contracts: readonly Contract[];
  readonly deployer: Address;
  /** The block before the first transaction. */
  readonly startBlock: bigint;
};
/** One thing that must be so. */
export type Claim = { readonly what: string; readonly expected: string; readonly found: string };

export function addressOf(contracts: readonly Contract[], name: string): Address {
  const found = contracts.find((contract) => contract.name === name);
  if (!found) throw new Error(`Nothing was deployed as ${name}.`);
  return found.address;
}

export function claim(what: string, expected: Claimed, found: Claimed): Claim {
  return { what, expected: shown(expected), found: shown(found) };
}

type Claimed = string | number | bigint | boolean;

function shown(value: Claimed): string {
  const text = String(value);
  return isAddress(text, { strict: false }) ? text.toLowerCase() : text;
}

/** The same lines in any order; only those that differ are shown. */
export function claimAll(what: string, expected: readonly string[], found: readonly string[]): Claim {
  const wanted = expected.map((line) => line.toLowerCase());
  const had = found.map((line) => line.toLowerCase());
  const missing = wanted.filter((line) => !had.includes(line));
  const more = had.filter((line) => !wanted.includes(line));
  if (missing.length + more.length === 0) return claim(what, "as declared", "as declared");
  return claim(what, missing.sort().join(", ") || "no more", more.sort().join(", ") || "less");
}
