import { type Address, parseAbi } from "viem";
import { mainnet } from "./addresses.ts";
import { published } from "./artifacts.ts";
import { chainOf, type Provider } from "./chain.ts";
import { create } from "./place.ts";
import { approve } from "./tokens.ts";

const emissionManagerAbi = parseAbi([
  "struct Emission { uint88 emissionPerSecond; uint256 totalSupply; uint32 distributionEnd; address asset; address reward; address transferStrategy; address rewardOracle; }",
  "function owner() view returns (address)",
  "function getEmissionAdmin(address reward) view returns (address)",
  "function setEmissionAdmin(address reward, address admin)",
  "function configureAssets(Emission[] emissions)",
]);
const { aave } = mainnet;

export type Emission = {
  /** The aToken (or debt token) whose holders earn. */
  readonly asset: Address;
  readonly reward: Address;
  /** A feed that answers more than zero: Aave refuses a reward without one. */
  readonly feed: Address;
  /** Who pays. It approves Aave's pull strategy for all it has. */
  readonly vault: Address;
  /** In reward wei. */
  readonly perSecond: bigint;
  /** Unix seconds. */
  readonly endsAt: bigint;
};

/** Starts an emission the way Aave's governance does, on the replica and on a fork of mainnet alike. */
export async function startEmission(provider: Provider, emission: Emission): Promise<void> {
  const chain = chainOf(provider);
  const { asset, reward, feed, vault, perSecond, endsAt } = emission;
  const to = aave.emissionManager;
  const owner = await chain.read({ to, abi: emissionManagerAbi, functionName: "owner" });
  const strategy = await create(chain, {
    artifact: published(
      "@aave/periphery-v3",
      "artifacts/contracts/rewards/transfer-strategies/PullRewardsTransferStrategy.sol/PullRewardsTransferStrategy.json",
    ),
    args: [aave.rewardsController, owner, vault],
  });
  await approve(chain, reward, vault, strategy, 2n ** 256n - 1n);
  const manager = { from: owner, to, abi: emissionManagerAbi } as const;
  await chain.send({ ...manager, functionName: "setEmissionAdmin", args: [reward, owner] });
  const configuration = {
    ...{ emissionPerSecond: perSecond, totalSupply: 0n, distributionEnd: Number(endsAt) },
    ...{ asset, reward, transferStrategy: strategy, rewardOracle: feed },
  };
  await chain.send({ ...manager, functionName: "configureAssets", args: [[configuration]] });
}
