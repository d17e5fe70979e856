import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Address } from "viem";
import { blocksOf, readJournal } from "./journal.ts";
import type { Performed } from "./perform.ts";

/** What a deployment leaves for the SDK, the keeper and whoever integrates: `addresses.json`. */
export type Addresses = {
  readonly chainId: number;
  /** The block before the first one that there is something to index in. */
  readonly startBlock: number;
  readonly contracts: Readonly<Record<string, { readonly address: Address; readonly block: number }>>;
};

const FILE = "addresses.json";

export async function readAddresses(folder: string): Promise<Addresses | undefined> {
  const file = path.join(folder, FILE);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Addresses) : undefined;
}

export async function writeAddresses(
  folder: string,
  chainId: number,
  { contracts, startBlock }: Performed,
): Promise<Addresses> {
  const blocks = blocksOf(await readJournal(folder));
  const entries = contracts.map(({ name, address }) => {
    const block = blocks.get(address.toLowerCase());
    if (block === undefined) throw new Error(`The journal does not say in which block ${name} was made.`);
    return [name, { address, block }] as const;
  });
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const addresses = { chainId, startBlock: Number(startBlock), contracts: Object.fromEntries(sorted) };
  await writeFile(path.join(folder, FILE), `${JSON.stringify(addresses, null, 2)}\n`);
  return addresses;
}
