import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startReplica } from "@millrace/replica";
import hre from "hardhat";
import type { Address } from "viem";
import type { Contract } from "../../../scripts/deploy/check.ts";
import type { Provider } from "../../../scripts/deploy/ignition.ts";
import { type Parameters, readParameters } from "../../../scripts/deploy/parameters.ts";
import { signerOf } from "../../../scripts/deploy/signer.ts";

export const replicaFolder = path.join(hre.config.paths.root, "deployments", "replica");

/** An empty replica on a network of Hardhat's, and a folder for a journal. */
export async function emptyReplica() {
  const connection = await hre.network.create("default");
  const replica = await startReplica({ connection });
  const folder = await mkdtemp(path.join(tmpdir(), "millrace-deploy-"));
  return {
    ...{ connection, replica, folder },
    parameters: await readParameters(replicaFolder),
    signer: await signerOf(connection.provider),
    close: async (): Promise<void> => {
      await connection.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type EmptyReplica = Awaited<ReturnType<typeof emptyReplica>>;

/** The same connection, with another way to send. */
export function withSend<connection extends { readonly provider: Provider }>(
  connection: connection,
  send: (original: () => Promise<unknown>) => Promise<unknown>,
): connection {
  const { provider } = connection;
  const request: Provider["request"] = (call) =>
    call.method === "eth_sendTransaction" ? send(() => provider.request(call)) : provider.request(call);
  // A prototype keeps what plugins added and the provider's own methods.
  return Object.create(connection, { provider: { value: Object.create(provider, { request: { value: request } }) } });
}

export function addressIn(contracts: readonly Contract[], name: string): Address {
  const found = contracts.find((contract) => contract.name === name);
  if (!found) throw new Error(`${name} is missing.`);
  return found.address;
}

export async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), "millrace-copy-"));
  await cp(folder, copy, { recursive: true });
  return copy;
}

export type { Parameters };
