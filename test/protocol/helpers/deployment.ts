import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startReplica } from "@millrace/replica";
import hre from "hardhat";
import type { Provider } from "../../../scripts/deploy/ignition.ts";
import { readParameters } from "../../../scripts/deploy/parameters.ts";
import { signerOf } from "../../../scripts/deploy/signer.ts";

export const replicaFolder = path.join(hre.config.paths.root, "deployments", "replica");

/** A replica with nothing of ours on it, and a folder for a journal. */
export async function emptyReplica() {
  // Over http: a network inside Hardhat would read all of the build first, which takes longer than deploying.
  const replica = await startReplica({ serve: true, with: ["permit2"] });
  const connection = await hre.network.create({ network: "replica", override: { url: replica.url } });
  const folder = await mkdtemp(path.join(tmpdir(), "millrace-deploy-"));
  return {
    ...{ connection, replica, folder },
    parameters: await readParameters(replicaFolder),
    signer: await signerOf(connection.provider),
    close: async (): Promise<void> => {
      await connection.close();
      await replica.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

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
