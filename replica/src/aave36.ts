import { type Address, encodeFunctionData, type Hex, parseAbi } from "viem";
import type { AaveVersion, Logic, Reserve } from "./aave.ts";
import { mainnet } from "./addresses.ts";
import { type Artifact, type Artifacts, pick } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { create, place } from "./place.ts";

const proxyAbi = parseAbi(["function initialize(address logic, bytes data) payable"]);
const aTokenAbi = parseAbi([
  "function initialize(address pool, address asset, uint8 decimals, string name, string symbol, bytes params)",
]);
const poolAbi = parseAbi([
  "function initReserve(address asset, address aToken, address variableDebtToken)",
  "function setConfiguration(address asset, (uint256 data) configuration)",
]);
const strategyAbi = parseAbi([
  "struct Rates { uint16 optimalUsageRatio; uint32 baseVariableBorrowRate; uint32 variableRateSlope1; uint32 variableRateSlope2; }",
  "function setInterestRateParams(address asset, Rates rates)",
]);
const emissionManagerAbi = parseAbi(["function setRewardsController(address controller)"]);
const { aave } = mainnet;

// Where mainnet has this version's parts.
const addresses = {
  poolImplementation: "0x8147b99DF7672A21809c9093E6F6CE1a60F119Bd",
  configuratorImplementation: "0x6fDdde45f777a4E461B0721a578b169b44579623",
  aTokenImplementation: "0xadC45Df3cf1584624C97338BEF33363BF5b97AdA",
  variableDebtTokenImplementation: "0xb27C52c7f84819e3157993489741cB60786aE330",
  strategy: "0x9ec6F08190DeA04A54f8Afc53Db96134e5E3FdFB",
  FlashLoanLogic: "0xE66AdcF153d0bD67a74e5d23e23F90b4011024EC",
  BorrowLogic: "0x1Fb8f7C906cddD28B42ae6Eb76abC04A91188635",
  LiquidationLogic: "0x8dc095F287dBEBD9e15f75BB3DfBF18389BB8104",
  PoolLogic: "0x25Ed699a052B820d772765E26Ed4dD9f0A26F3E5",
  SupplyLogic: "0x33654b16A4De97bCE05d7dD06803Bf1066f3123C",
} as const;

type Part = (name: string) => Artifact;

/** Aave v3.6, as compiled from its authors' sources. */
export function aave36(built: Artifacts): AaveVersion {
  const part: Part = (name) => pick(built, name);
  return {
    artifact: part,
    createLogic: (chain) => createLogic(chain, part),
    placeRewards: (chain) => placeRewards(chain, part),
    connectRewards,
    listReserves: (chain, reserves) => listReserves(chain, part, reserves),
  };
}

async function createLogic(chain: Chain, part: Part): Promise<Logic> {
  const libraries: Record<string, Address> = {};
  for (const name of ["BorrowLogic", "FlashLoanLogic", "LiquidationLogic", "PoolLogic", "SupplyLogic"] as const)
    libraries[name] = await place(chain, { at: addresses[name], artifact: part(name), libraries });
  libraries["ConfiguratorLogic"] = await create(chain, { artifact: part("ConfiguratorLogic"), libraries });
  const provider = aave.addressesProvider;
  const args = [provider];
  const { strategy, poolImplementation, configuratorImplementation } = addresses;
  await place(chain, { at: strategy, artifact: part("DefaultReserveInterestRateStrategyV2"), args });
  await place(chain, {
    at: poolImplementation,
    artifact: part("PoolInstance"),
    args: [provider, strategy],
    libraries,
  });
  await place(chain, { at: configuratorImplementation, artifact: part("PoolConfiguratorInstance"), libraries });
  return { pool: poolImplementation, configurator: configuratorImplementation };
}

async function placeRewards(chain: Chain, part: Part): Promise<Address> {
  await place(chain, {
    at: aave.emissionManager,
    artifact: part("EmissionManager"),
    args: [aave.executor],
    from: aave.executor,
  });
  return await create(chain, { artifact: part("RewardsController"), args: [aave.emissionManager] });
}

async function connectRewards(chain: Chain): Promise<void> {
  await chain.send({
    ...{ from: aave.executor, to: aave.emissionManager, abi: emissionManagerAbi },
    ...{ functionName: "setRewardsController", args: [aave.rewardsController] },
  });
}

/**
 * Lists a reserve as the configurator does, with its proxies placed instead of created: this version creates two per
 * reserve, where mainnet's addresses come from the three of the first.
 */
async function listReserves(chain: Chain, part: Part, reserves: readonly Reserve[]): Promise<void> {
  const { aTokenImplementation, variableDebtTokenImplementation, strategy } = addresses;
  const { pool, rewardsController: controller, treasury, poolConfigurator: from } = aave;
  const [aToken, debtToken] = [part("ATokenInstance"), part("VariableDebtTokenInstance")];
  await place(chain, { at: aTokenImplementation, artifact: aToken, args: [pool, controller, treasury] });
  await place(chain, { at: variableDebtTokenImplementation, artifact: debtToken, args: [pool, controller] });
  const artifact = part("InitializableImmutableAdminUpgradeabilityProxy");
  for (const reserve of reserves) {
    const { asset, decimals, aToken, variableDebtToken, rates } = reserve;
    const aTokenData = initialization(reserve, "", "a");
    await placeToken(chain, { artifact, at: aToken, logic: aTokenImplementation, data: aTokenData });
    const data = initialization(reserve, "Variable Debt ", "variableDebt");
    await placeToken(chain, { artifact, at: variableDebtToken, logic: variableDebtTokenImplementation, data });
    const tokens = [asset, aToken, variableDebtToken] as const;
    await chain.send({ from, to: pool, abi: poolAbi, functionName: "initReserve", args: tokens });
    // Bits of the reserve's configuration: decimals from 48, active at 56, virtual accounting at 252.
    const configuration = { data: (BigInt(decimals) << 48n) | (1n << 56n) | (1n << 252n) };
    const args = [asset, configuration] as const;
    await chain.send({ from, to: pool, abi: poolAbi, functionName: "setConfiguration", args });
    const parameters = {
      optimalUsageRatio: rates.optimalBps,
      baseVariableBorrowRate: 0,
      variableRateSlope1: rates.slope1Bps,
      variableRateSlope2: rates.slope2Bps,
    };
    await chain.send({
      ...{ from, to: strategy, abi: strategyAbi },
      ...{ functionName: "setInterestRateParams", args: [asset, parameters] },
    });
  }
}

type Token = { readonly artifact: Artifact; readonly at: Address; readonly logic: Address; readonly data: Hex };

async function placeToken(chain: Chain, { artifact, at, logic, data }: Token): Promise<void> {
  const from = aave.poolConfigurator;
  await place(chain, { at, artifact, args: [from], from });
  await chain.send({ from, to: at, abi: proxyAbi, functionName: "initialize", args: [logic, data] });
}

function initialization({ asset, decimals, symbol }: Reserve, kind: string, prefix: string): Hex {
  const names = [`Aave Ethereum ${kind}${symbol}`, `${prefix}Eth${symbol}`] as const;
  const args = [aave.pool, asset, decimals, ...names, "0x"] as const;
  return encodeFunctionData({ abi: aTokenAbi, functionName: "initialize", args });
}
