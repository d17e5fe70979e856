import { type Address, keccak256, parseAbi, toHex, zeroAddress } from "viem";
import { mainnet } from "./addresses.ts";
import type { Artifact } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { place } from "./place.ts";

/** What differs between the versions of Aave v3. */
export type AaveVersion = {
  readonly artifact: (name: AavePart) => Artifact;
  readonly createLogic: (chain: Chain) => Promise<Logic>;
  /** The controller's implementation and the emission manager. */
  readonly placeRewards: (chain: Chain) => Promise<Address>;
  /** Called when the controller's proxy is there. */
  readonly connectRewards: (chain: Chain, implementation: Address) => Promise<void>;
  /** Token implementations, then each reserve with its rates. */
  readonly listReserves: (chain: Chain, reserves: readonly Reserve[]) => Promise<void>;
};
export type AavePart = "PoolAddressesProvider" | "ACLManager" | "AaveOracle" | "AaveProtocolDataProvider";
export type Logic = { readonly pool: Address; readonly configurator: Address };
export type Reserve = {
  readonly symbol: string;
  readonly asset: Address;
  readonly decimals: number;
  readonly feed: Address;
  readonly aToken: Address;
  readonly variableDebtToken: Address;
  readonly rates: { readonly optimalBps: number; readonly slope1Bps: number; readonly slope2Bps: number };
  /** Loan to value, liquidation threshold and bonus, in basis points. */
  readonly collateralBps: readonly [bigint, bigint, bigint];
};

export const providerAbi = parseAbi([
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
const configuratorAbi = parseAbi([
  "function setReserveBorrowing(address asset, bool enabled)",
  "function configureReserveAsCollateral(address asset, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus)",
  "function setReserveFactor(address asset, uint256 factor)",
  "function setReserveFlashLoaning(address asset, bool enabled)",
]);
const { tokens, feeds, aave } = mainnet;
const { aTokens, variableDebtTokens: debtTokens } = aave;

// Rates, collateral factors and the reserve factor are like mainnet's in 2024.
const reserves: readonly Reserve[] = [
  {
    ...{ symbol: "WETH", asset: tokens.weth, decimals: 18, feed: feeds.weth },
    ...{ aToken: aTokens.weth, variableDebtToken: debtTokens.weth },
    rates: { optimalBps: 8_000, slope1Bps: 330, slope2Bps: 8_000 },
    collateralBps: [8_050n, 8_300n, 10_500n],
  },
  {
    ...{ symbol: "USDC", asset: tokens.usdc, decimals: 6, feed: feeds.usdc },
    ...{ aToken: aTokens.usdc, variableDebtToken: debtTokens.usdc },
    rates: { optimalBps: 9_000, slope1Bps: 600, slope2Bps: 6_000 },
    collateralBps: [7_500n, 7_800n, 10_450n],
  },
  {
    ...{ symbol: "DAI", asset: tokens.dai, decimals: 18, feed: feeds.dai },
    ...{ aToken: aTokens.dai, variableDebtToken: debtTokens.dai },
    rates: { optimalBps: 9_000, slope1Bps: 600, slope2Bps: 7_500 },
    collateralBps: [6_300n, 7_700n, 10_500n],
  },
];
const reserveFactorBps = 1_000n;
const usd = 10n ** 8n;
const incentives = keccak256(toHex("INCENTIVES_CONTROLLER"));

/** Aave v3 of one version, with everything that owns or configures it. */
export async function placeAave(chain: Chain, version: AaveVersion): Promise<void> {
  const from = aave.executor;
  const provider = { from, to: aave.addressesProvider, abi: providerAbi } as const;
  await place(chain, {
    at: aave.addressesProvider,
    artifact: version.artifact("PoolAddressesProvider"),
    args: ["Aave Ethereum Market", aave.executor],
    from,
  });
  const logic = await version.createLogic(chain);
  // The provider creates the proxies: in this order they get mainnet's addresses.
  await chain.send({ ...provider, functionName: "setPoolImpl", args: [logic.pool] });
  await chain.send({ ...provider, functionName: "setPoolConfiguratorImpl", args: [logic.configurator] });
  await chain.send({ ...provider, functionName: "setACLAdmin", args: [aave.executor] });
  await placeAccessControl(chain, version.artifact("ACLManager"));
  await chain.send({ ...provider, functionName: "setACLManager", args: [aave.aclManager] });
  await placeOracle(chain, version.artifact("AaveOracle"));
  await chain.send({ ...provider, functionName: "setPriceOracle", args: [aave.oracle] });
  const artifact = version.artifact("AaveProtocolDataProvider");
  await place(chain, { at: aave.dataProvider, artifact, args: [aave.addressesProvider] });
  await chain.send({ ...provider, functionName: "setPoolDataProvider", args: [aave.dataProvider] });
  const controller = await version.placeRewards(chain);
  await chain.send({ ...provider, functionName: "setAddressAsProxy", args: [incentives, controller] });
  await version.connectRewards(chain, controller);
  await version.listReserves(chain, reserves);
  for (const reserve of reserves) await configure(chain, reserve);
}

async function placeAccessControl(chain: Chain, artifact: Artifact): Promise<void> {
  await place(chain, { at: aave.aclManager, artifact, args: [aave.addressesProvider] });
  for (const functionName of ["addPoolAdmin", "addAssetListingAdmin", "addEmergencyAdmin", "addRiskAdmin"] as const)
    await chain.send({ from: aave.executor, to: aave.aclManager, abi: aclAbi, functionName, args: [aave.executor] });
}

async function placeOracle(chain: Chain, artifact: Artifact): Promise<void> {
  const assets = reserves.map(({ asset }) => asset);
  const sources = reserves.map(({ feed }) => feed);
  const args = [aave.addressesProvider, assets, sources, zeroAddress, zeroAddress, usd];
  await place(chain, { at: aave.oracle, artifact, args });
}

async function configure(chain: Chain, { asset, collateralBps }: Reserve): Promise<void> {
  const configurator = { from: aave.executor, to: aave.poolConfigurator, abi: configuratorAbi } as const;
  await chain.send({ ...configurator, functionName: "setReserveBorrowing", args: [asset, true] });
  await chain.send({ ...configurator, functionName: "setReserveFlashLoaning", args: [asset, true] });
  await chain.send({ ...configurator, functionName: "setReserveFactor", args: [asset, reserveFactorBps] });
  const args = [asset, ...collateralBps] as const;
  await chain.send({ ...configurator, functionName: "configureReserveAsCollateral", args });
}
