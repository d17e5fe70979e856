import {
  type Address,
  encodeFunctionData,
  keccak256,
  numberToHex,
  parseAbi,
  parseUnits,
  toHex,
  zeroAddress,
} from "viem";
import { mainnet } from "./addresses.ts";
import { type Artifact, published } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { create, place } from "./place.ts";

const providerAbi = parseAbi([
  "function setPoolImpl(address)",
  "function setPoolConfiguratorImpl(address)",
  "function setACLAdmin(address)",
  "function setACLManager(address)",
  "function setPriceOracle(address)",
  "function setPoolDataProvider(address)",
  "function setAddressAsProxy(bytes32, address)",
]);
const aclAbi = parseAbi([
  "function addPoolAdmin(address)",
  "function addAssetListingAdmin(address)",
  "function addEmergencyAdmin(address)",
  "function addRiskAdmin(address)",
]);
const initAbi = parseAbi(["function initialize(address)"]);
const configuratorAbi = parseAbi([
  "struct Reserve { address aTokenImpl; address stableDebtTokenImpl; address variableDebtTokenImpl; uint8 underlyingAssetDecimals; address interestRateStrategyAddress; address underlyingAsset; address treasury; address incentivesController; string aTokenName; string aTokenSymbol; string variableDebtTokenName; string variableDebtTokenSymbol; string stableDebtTokenName; string stableDebtTokenSymbol; bytes params; }",
  "function initReserves(Reserve[] reserves)",
  "function setReserveBorrowing(address asset, bool enabled)",
  "function configureReserveAsCollateral(address asset, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus)",
  "function setReserveFactor(address asset, uint256 factor)",
  "function setReserveFlashLoaning(address asset, bool enabled)",
]);
const proxyAbi = parseAbi(["function upgradeToAndCall(address implementation, bytes data) payable"]);
const emissionManagerAbi = parseAbi(["function setEmissionManager(address)"]);

/** Parameters of a reserve, like mainnet's. Rates in ray fractions, the rest in basis points. */
export type ReserveConfig = {
  readonly symbol: string;
  readonly asset: Address;
  readonly decimals: number;
  readonly feed: Address;
  /** The configurator's nonce from which the reserve's proxies get their mainnet addresses. */
  readonly nonce: number;
  readonly optimal: string;
  readonly slope1: string;
  readonly slope2: string;
  readonly ltv: bigint;
  readonly liquidationThreshold: bigint;
  readonly liquidationBonus: bigint;
};

const { tokens, feeds, aave } = mainnet;
export const reserves: readonly ReserveConfig[] = [
  {
    ...{ symbol: "WETH", asset: tokens.weth, decimals: 18, feed: feeds.weth, nonce: 1 },
    ...{ optimal: "0.8", slope1: "0.033", slope2: "0.8" },
    ...{ ltv: 8_050n, liquidationThreshold: 8_300n, liquidationBonus: 10_500n },
  },
  {
    ...{ symbol: "USDC", asset: tokens.usdc, decimals: 6, feed: feeds.usdc, nonce: 10 },
    ...{ optimal: "0.9", slope1: "0.06", slope2: "0.6" },
    ...{ ltv: 7_500n, liquidationThreshold: 7_800n, liquidationBonus: 10_450n },
  },
  {
    ...{ symbol: "DAI", asset: tokens.dai, decimals: 18, feed: feeds.dai, nonce: 13 },
    ...{ optimal: "0.9", slope1: "0.06", slope2: "0.75" },
    ...{ ltv: 6_300n, liquidationThreshold: 7_700n, liquidationBonus: 10_500n },
  },
];
export const marketId = "Aave Ethereum Market";
export const usd = 10n ** 8n;
export const reserveFactorBps = 1_000n;
export const rewardsControllerId = keccak256(toHex("INCENTIVES_CONTROLLER"));

// Where mainnet's implementations were in May 2024.
const implementations = {
  pool: "0x5FAab9E1adbddaD0a08734BE8a52185Fd6558E14",
  aToken: "0x7EfFD7b47Bfd17e52fB7559d3f924201b9DbfF3d",
  variableDebtToken: "0xaC725CB59D16C81061BDeA61041a8A5e73DA9EC6",
  rewardsController: "0xE7B67F44eA304DD7f6d215b13686637ff64CD2B2",
} as const;

/** Aave v3.0.2, the build that its authors published, with everything that owns or configures it. */
export async function placeAave(chain: Chain): Promise<void> {
  const from = aave.executor;
  const provider = { from, to: aave.addressesProvider, abi: providerAbi } as const;
  await place(chain, {
    at: aave.addressesProvider,
    artifact: core("protocol/configuration", "PoolAddressesProvider"),
    args: [marketId, aave.executor],
  });
  const { poolImplementation, configuratorImplementation } = await createLogic(chain);
  // The provider creates the proxies: in this order they get mainnet's addresses.
  await chain.send({ ...provider, functionName: "setPoolImpl", args: [poolImplementation] });
  await chain.send({ ...provider, functionName: "setPoolConfiguratorImpl", args: [configuratorImplementation] });
  await chain.send({ ...provider, functionName: "setACLAdmin", args: [aave.executor] });
  const args = [aave.addressesProvider];
  await place(chain, { at: aave.aclManager, artifact: core("protocol/configuration", "ACLManager"), args });
  await chain.send({ ...provider, functionName: "setACLManager", args: [aave.aclManager] });
  for (const functionName of ["addPoolAdmin", "addAssetListingAdmin", "addEmergencyAdmin", "addRiskAdmin"] as const)
    await chain.send({ from, to: aave.aclManager, abi: aclAbi, functionName, args: [aave.executor] });
  await placeOracle(chain, core("misc", "AaveOracle"));
  await place(chain, { at: aave.dataProvider, artifact: core("misc", "AaveProtocolDataProvider"), args });
  await chain.send({ ...provider, functionName: "setPriceOracle", args: [aave.oracle] });
  await chain.send({ ...provider, functionName: "setPoolDataProvider", args: [aave.dataProvider] });
  await placeRewards(chain);
  await listReserves(chain);
}

async function createLogic(chain: Chain): Promise<{
  poolImplementation: Address;
  configuratorImplementation: Address;
}> {
  const libraries: Record<string, Address> = {};
  const names = ["BorrowLogic", "BridgeLogic", "EModeLogic", "LiquidationLogic", "PoolLogic", "SupplyLogic"];
  for (const name of [...names, "FlashLoanLogic", "ConfiguratorLogic"])
    libraries[name] = await create(chain, { artifact: core("protocol/libraries/logic", name), libraries });
  const args = [aave.addressesProvider];
  const poolImplementation = await place(chain, {
    at: implementations.pool,
    artifact: core("protocol/pool", "Pool"),
    args,
    libraries,
  });
  const configuratorImplementation = await create(chain, {
    artifact: core("protocol/pool", "PoolConfigurator"),
    libraries,
  });
  for (const to of [poolImplementation, configuratorImplementation])
    await chain.send({ from: aave.executor, to, abi: initAbi, functionName: "initialize", args: [args[0] as Address] });
  return { poolImplementation, configuratorImplementation };
}

export async function placeOracle(chain: Chain, artifact: Artifact): Promise<void> {
  const assets = reserves.map(({ asset }) => asset);
  const sources = reserves.map(({ feed }) => feed);
  const args = [aave.addressesProvider, assets, sources, zeroAddress, zeroAddress, usd];
  await place(chain, { at: aave.oracle, artifact, args });
}

async function placeRewards(chain: Chain): Promise<void> {
  const implementation = await place(chain, {
    at: implementations.rewardsController,
    artifact: rewards("RewardsController"),
  });
  await place(chain, {
    at: aave.emissionManager,
    artifact: rewards("EmissionManager"),
    args: [aave.rewardsController, aave.executor],
  });
  await chain.send({
    ...{ from: aave.executor, to: aave.addressesProvider, abi: providerAbi },
    ...{ functionName: "setAddressAsProxy", args: [rewardsControllerId, implementation] },
  });
  // The provider initialises a proxy with its own address, which makes it this version's emission manager. It hands
  // over through an upgrade to the same code, the only call that a proxy's admin can make.
  const functionName = "setEmissionManager";
  const handOver = encodeFunctionData({ abi: emissionManagerAbi, functionName, args: [aave.emissionManager] });
  await chain.send({
    ...{ from: aave.addressesProvider, to: aave.rewardsController, abi: proxyAbi },
    ...{ functionName: "upgradeToAndCall", args: [implementation, handOver] },
  });
}

async function listReserves(chain: Chain): Promise<void> {
  const pool = [aave.pool];
  const aToken = await place(chain, { at: implementations.aToken, artifact: token("AToken"), args: pool });
  const variable = await place(chain, {
    at: implementations.variableDebtToken,
    artifact: token("VariableDebtToken"),
    args: pool,
  });
  const stable = await create(chain, { artifact: token("StableDebtToken"), args: pool });
  for (const reserve of reserves) {
    const { symbol, asset, decimals, nonce, ltv, liquidationThreshold, liquidationBonus } = reserve;
    const configurator = { from: aave.executor, to: aave.poolConfigurator, abi: configuratorAbi } as const;
    await chain.request("hardhat_setNonce", [aave.poolConfigurator, numberToHex(nonce)]);
    const listing = {
      aTokenImpl: aToken,
      stableDebtTokenImpl: stable,
      variableDebtTokenImpl: variable,
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
      params: "0x10",
    } as const;
    await chain.send({ ...configurator, functionName: "initReserves", args: [[listing]] });
    await chain.send({ ...configurator, functionName: "setReserveBorrowing", args: [asset, true] });
    await chain.send({ ...configurator, functionName: "setReserveFlashLoaning", args: [asset, true] });
    await chain.send({ ...configurator, functionName: "setReserveFactor", args: [asset, reserveFactorBps] });
    await chain.send({
      ...configurator,
      functionName: "configureReserveAsCollateral",
      args: [asset, ltv, liquidationThreshold, liquidationBonus],
    });
  }
}

async function createStrategy(chain: Chain, { optimal, slope1, slope2 }: ReserveConfig): Promise<Address> {
  const ray = (value: string): bigint => parseUnits(value, 27);
  const variable = [ray(optimal), 0n, ray(slope1), ray(slope2)];
  const stable = [0n, 0n, 0n, 0n, 0n];
  return await create(chain, {
    artifact: core("protocol/pool", "DefaultReserveInterestRateStrategy"),
    args: [aave.addressesProvider, ...variable, ...stable],
  });
}

function core(folder: string, name: string): Artifact {
  return published("@aave/core-v3", `artifacts/contracts/${folder}/${name}.sol/${name}.json`);
}

function token(name: string): Artifact {
  return core("protocol/tokenization", name);
}

function rewards(name: string): Artifact {
  return published("@aave/periphery-v3", `artifacts/contracts/rewards/${name}.sol/${name}.json`);
}
