import {
  errorDeploymentResultToExceptionMessage,
  HardhatArtifactResolver,
} from "@nomicfoundation/hardhat-ignition/helpers";
import {
  type DeployConfig,
  DeploymentResultType,
  deploy,
  type ExecutionEventListener,
  type IgnitionModule,
  trackTransaction,
  wipe,
} from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { EthereumProvider } from "hardhat/types/providers";
import { type Address, getAddress, type Hash, type Hex, hexToNumber, isAddressEqual, numberToHex } from "viem";
import { begunFutures, lostTransactions, readJournal } from "./journal.ts";
import { Problem } from "./Problem.ts";

export type Provider = Pick<EthereumProvider, "request">;
export type Execution = {
  readonly hre: HardhatRuntimeEnvironment;
  readonly provider: Provider;
  readonly sender: Address;
  readonly module: IgnitionModule;
  /** Where the journal is; without one it lives as long as the process. */
  readonly folder?: string;
  /** Milliseconds between two looks at the chain. */
  readonly pollingInterval: number;
  /** Told after each transaction, and before the first with 0 done. */
  readonly onProgress?: (progress: Progress) => void;
};
export type Progress = { readonly done: number; readonly future: string };
export type Deployed = { readonly id: string; readonly contractName: string; readonly address: Address };

/** How far back a transaction whose answer was lost is looked for. */
const LOOK_BACK = 5_000;

/** Runs an Ignition module, going on where an earlier run stopped. */
export async function execute(execution: Execution): Promise<readonly Deployed[]> {
  const { hre, provider, sender, module, folder, pollingInterval, onProgress } = execution;
  if (folder) await recover({ hre, provider, folder });
  const config: Partial<DeployConfig> = { blockPollingInterval: pollingInterval };
  const result = await deploy({
    artifactResolver: new HardhatArtifactResolver(hre.artifacts),
    provider: provider as EthereumProvider,
    ignitionModule: module,
    deploymentParameters: {},
    accounts: [sender],
    defaultSender: sender,
    config,
    ...(folder === undefined ? {} : { deploymentDir: folder }),
    ...(onProgress === undefined ? {} : { executionEventListener: listener(onProgress) }),
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT)
    throw new Problem(`The deployment stopped. ${errorDeploymentResultToExceptionMessage(result).trim()}`);
  return Object.values(result.contracts).map(({ address, ...rest }) => ({ ...rest, address: getAddress(address) }));
}

/** Ignition tells of thirty kinds of events; progress needs the ends of two. */
function listener(onProgress: (progress: Progress) => void): ExecutionEventListener {
  let done = 0;
  const complete = async ({ futureId: future }: { futureId: string }): Promise<void> => {
    done += 1;
    onProgress({ done, future });
  };
  const ours = { deploymentExecutionStateComplete: complete, callExecutionStateComplete: complete };
  const others = async (): Promise<void> => {};
  return new Proxy({} as ExecutionEventListener, {
    get: (_, event) => ours[event as keyof typeof ours] ?? others,
  });
}

/**
 * A run that ended between writing a transaction down and hearing that it was sent leaves its fate open, and Ignition
 * refuses to go on. Here it is settled: what the chain has is taken up, what it never got is forgotten. So is what was begun
 * without a transaction yet, which Ignition takes for an error of its own.
 */
async function recover({
  hre,
  provider,
  folder,
}: Pick<Execution, "hre" | "provider"> & { readonly folder: string }): Promise<void> {
  const resolver = new HardhatArtifactResolver(hre.artifacts);
  for (const futureId of begunFutures(await readJournal(folder))) await wipe(folder, resolver, futureId);
  for (const { futureId, nonce, from } of lostTransactions(await readJournal(folder))) {
    const next = hexToNumber(
      (await provider.request({ method: "eth_getTransactionCount", params: [from, "pending"] })) as Hex,
    );
    if (next <= nonce) await wipe(folder, resolver, futureId);
    else await trackTransaction(folder, await findTransaction(provider, from, nonce), provider as EthereumProvider);
  }
}

type Block = { readonly transactions: readonly { readonly hash: Hash; readonly from: Address; readonly nonce: Hex }[] };

async function findTransaction(provider: Provider, from: Address, nonce: number): Promise<Hash> {
  const latest = hexToNumber((await provider.request({ method: "eth_blockNumber" })) as Hex);
  const first = Math.max(0, latest - LOOK_BACK);
  const tags = ["pending", ...Array.from({ length: latest - first + 1 }, (_, back) => numberToHex(latest - back))];
  for (const tag of tags) {
    const block = (await provider.request({ method: "eth_getBlockByNumber", params: [tag, true] })) as Block | null;
    const found = block?.transactions.find(
      (sent) => isAddressEqual(sent.from, from) && hexToNumber(sent.nonce) === nonce,
    );
    if (found) return found.hash;
  }
  throw new Problem(
    `${from} sent its transaction number ${nonce} and the journal does not say which it was, nor do the last ${LOOK_BACK} blocks: find its hash in a block explorer and run \`hardhat ignition track-tx\`.`,
  );
}
