import { type Address, encodeFunctionData, numberToHex, parseAbi, parseUnits } from "viem";
import type { AavePart, AaveVersion, Logic, Reserve } from "./aave.ts";
import { mainnet } from "./addresses.ts";
import { type Artifact, published } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { create, place } from "./place.ts";

const initAbi = parseAbi(["function initialize(address)"]);
const proxyAbi = parseAbi(["function upgradeToAndCall(address implementation, bytes data) payable"]);
const emissionManagerAbi = parseAbi(["function setEmissionManager(address)"]);
const configuratorAbi = parseAbi([
  "struct Reserve { address aTokenImpl; address stableDebtTokenImpl; address variableDebtTokenImpl; uint8 underlyingAssetDecimals; address interestRateStrategyAddress; address underlyingAsset; address treasury; address incentivesController; string aTokenName; string aTokenSymbol; string variableDebtTokenName; string variableDebtTokenSymbol; string stableDebtTokenName; string stableDebtTokenSymbol; bytes params; }",
  "function initReserves(Reserve[] reserves)",
]);
const { aave } = mainnet;

// Where mainnet's implementations were in May 2024.
const implementations = {
  pool: "0x5FAab9E1adbddaD0a08734BE8a52185Fd6558E14",
  aToken: "0x7EfFD7b47Bfd17e52fB7559d3f924201b9DbfF3d",
  variableDebtToken: "0xaC725CB59D16C81061BDeA61041a8A5e73DA9EC6",
  rewardsController: "0xE7B67F44eA304DD7f6d215b13686637ff64CD2B2",
} as const;
const folders: Readonly<Record<AavePart, string>> = {
  PoolAddressesProvider: "protocol/configuration",
  ACLManager: "protocol/configuration",
  AaveOracle: "misc",
  AaveProtocolDataProvider: "misc",
};
// The configurator creates three proxies per reserve: at these nonces of its own they get mainnet's addresses.
const nonces: Readonly<Record<string, number>> = { WETH: 1, USDC: 10, DAI: 13 };

/** Aave v3.0.2: the build that its authors published. */
export const aave30: AaveVersion = {
  artifact: (name) => core(folders[name], name),
  createLogic,
  placeRewards,
  connectRewards,
  listReserves,
};

async function createLogic(chain: Chain): Promise<Logic> {
  const libraries: Record<string, Address> = {};
  const names = ["BorrowLogic", "BridgeLogic", "EModeLogic", "LiquidationLogic", "PoolLogic", "SupplyLogic"];
  for (const name of [...names, "FlashLoanLogic", "ConfiguratorLogic"])
    libraries[name] = await create(chain, { artifact: core("protocol/libraries/logic", name), libraries });
  const args = [aave.addressesProvider] as const;
  const pool = await place(chain, {
    at: implementations.pool,
    artifact: core("protocol/pool", "Pool"),
    args,
    libraries,
  });
  const configurator = await create(chain, { artifact: core("protocol/pool", "PoolConfigurator"), libraries });
  for (const to of [pool, configurator])
    await chain.send({ from: aave.executor, to, abi: initAbi, functionName: "initialize", args });
  return { pool, configurator };
}

async function placeRewards(chain: Chain): Promise<Address> {
  await place(chain, {
    at: aave.emissionManager,
    artifact: rewards("EmissionManager"),
    args: [aave.rewardsController, aave.executor],
  });
  return await place(chain, { at: implementations.rewardsController, artifact: rewards("RewardsController") });
}

/**
 * The provider initialises a proxy with its own address, which makes it this version's emission manager. It hands over
 * through an upgrade to the same code, the only call that a proxy's admin can make.
 */
async function connectRewards(chain: Chain, implementation: Address): Promise<void> {
  const functionName = "setEmissionManager";
  const handOver = encodeFunctionData({ abi: emissionManagerAbi, functionName, args: [aave.emissionManager] });
  await chain.send({
    ...{ from: aave.addressesProvider, to: aave.rewardsController, abi: proxyAbi },
    ...{ functionName: "upgradeToAndCall", args: [implementation, handOver] },
  });
}

async function listReserves(chain: Chain, reserves: readonly Reserve[]): Promise<void> {
  const args = [aave.pool];
  const token = (name: string): Artifact => core("protocol/tokenization", name);
  const aTokenImpl = await place(chain, { at: implementations.aToken, artifact: token("AToken"), args });
  const at = implementations.variableDebtToken;
  const variableDebtTokenImpl = await place(chain, { at, artifact: token("VariableDebtToken"), args });
  const stableDebtTokenImpl = await create(chain, { artifact: token("StableDebtToken"), args });
  for (const reserve of reserves) {
    const { symbol, asset, decimals } = reserve;
    await chain.request("hardhat_setNonce", [aave.poolConfigurator, numberToHex(nonces[symbol] as number)]);
    const listing = {
      ...{ aTokenImpl, stableDebtTokenImpl, variableDebtTokenImpl },
      underlyingAssetDecimals: decimals,
      interestRateStrategyAddress: await createStrategy(chain, reserve),
      underlyingAsset: asset,
      treasury: aave.treasury,
      incentivesController: aave.rewardsController,
      aTokenName: `Aave Ethereum ${symbol}`,
      aTokenSymbol: `aEth${symbol}`,
      variableDebtTokenName: `Aave Ethereum Variable Debt ${symbol}`,
      variableDebtTokenSymbol: `variableDebtEth${symbol}`,
      stableDebtTokenName: `Aave Ethereum Stable Debt ${symbol}`,
      stableDebtTokenSymbol: `stableDebtEth${symbol}`,
      params: "0x",
    } as const;
    await chain.send({
      ...{ from: aave.executor, to: aave.poolConfigurator, abi: configuratorAbi },
      ...{ functionName: "initReserves", args: [[listing]] },
    });
  }
}

async function createStrategy(chain: Chain, { rates }: Reserve): Promise<Address> {
  const { optimalBps, slope1Bps, slope2Bps } = rates;
  const ray = (bps: number): bigint => parseUnits(`${bps}`, 27 - 4);
  const variable = [ray(optimalBps), 0n, ray(slope1Bps), ray(slope2Bps)];
  const stable = [0n, 0n, 0n, 0n, 0n];
  return await create(chain, {
    artifact: core("protocol/pool", "DefaultReserveInterestRateStrategy"),
    args: [aave.addressesProvider, ...variable, ...stable],
  });
}

function core(folder: string, name: string): Artifact {
  return published("@aave/core-v3", `artifacts/contracts/${folder}/${name}.sol/${name}.json`);
}

function rewards(name: string): Artifact {
  return published("@aave/periphery-v3", `artifacts/contracts/rewards/${name}.sol/${name}.json`);
}
