import { type Address, encodeDeployData, getAddress, type Hex } from "viem";
import type { Artifact } from "./artifacts.ts";
import type { Chain } from "./chain.ts";

type Creation = {
  readonly artifact: Artifact;
  readonly args?: readonly unknown[];
  /** Who the constructor sees as its sender. */
  readonly from?: Address;
  readonly libraries?: Readonly<Record<string, Address>>;
};

export const deployer: Address = "0x00000000000000000000000000000000000de910";

/**
 * Puts a contract at an address of our choice, as if it had been created there: the creation code runs *at* the address,
 * once as a call, which returns the runtime code with its immutables, and once as a transaction, for the storage that
 * the constructor writes.
 */
export async function place(chain: Chain, { at, ...creation }: Creation & { readonly at: Address }): Promise<Address> {
  const { from = deployer } = creation;
  await chain.request("hardhat_setCode", [at, creationCode(creation)]);
  const runtime = await chain.request<Hex>("eth_call", [{ from, to: at }, "latest"]);
  await chain.transact({ from, to: at });
  await chain.request("hardhat_setCode", [at, runtime]);
  // A contract's own nonce starts at one (EIP-161): the addresses of what it creates follow from it.
  await chain.request("hardhat_setNonce", [at, "0x1"]);
  return at;
}

/** Deploys a contract where the chain puts it: for parts that nobody finds by address. */
export async function create(chain: Chain, creation: Creation): Promise<Address> {
  const hash = await chain.transact({ from: creation.from ?? deployer, data: creationCode(creation) });
  const { contractAddress } = await chain.request<{ contractAddress: Address }>("eth_getTransactionReceipt", [hash]);
  return getAddress(contractAddress);
}

function creationCode({ artifact, args = [], libraries = {} }: Creation): Hex {
  const bytecode = link(artifact, libraries);
  return encodeDeployData({ abi: artifact.abi, bytecode, args } as never);
}

function link({ code, links }: Artifact, libraries: Readonly<Record<string, Address>>): Hex {
  const places = Object.values(links).flatMap((file) => Object.entries(file));
  return places.reduce((linked, [name, references]) => {
    const library = libraries[name];
    if (!library) throw new Error(`The library ${name} is not linked.`);
    return references.reduce((hex, { start, length }) => splice(hex, library, { start, length }), linked);
  }, code);
}

function splice(hex: Hex, insert: Hex, { start, length }: { start: number; length: number }): Hex {
  const from = 2 + start * 2;
  return `${hex.slice(0, from)}${insert.slice(2).toLowerCase()}${hex.slice(from + length * 2)}` as Hex;
}
