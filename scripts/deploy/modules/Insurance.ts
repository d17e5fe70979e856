import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { IgnitionModuleBuilder, NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";
import { type Hex, parseUnits } from "viem";
import type { InsuranceParameters } from "../parameters.ts";
import type { authority } from "./Authority.ts";
import type { governance } from "./Governance.ts";
import type { treasury } from "./Treasury.ts";
import { caller, mapping, type vault, type vaults } from "./Vaults.ts";

/** The places that `PoolDeployer` gives the modules of a pool. */
export const insuranceModules = [
  "UnderwritingPool",
  "CoverManager",
  "CoverNFT",
  "IncidentModule",
  "RiskReserve",
  "ClaimsModule",
] as const;
export type InsuranceModule = (typeof insuranceModules)[number];
/** Creation code of each. */
export type InsuranceCode = Readonly<Record<InsuranceModule, Hex>>;

/** A basis point, where 1e18 is 100 %. */
const BPS = 10n ** 14n;

type PoolDeployer = NamedArtifactContractDeploymentFuture<"PoolDeployer">;
type Needed = {
  readonly code: InsuranceCode;
  readonly authority: ReturnType<typeof authority>;
  readonly vaults: ReturnType<typeof vaults>;
  readonly treasury: ReturnType<typeof treasury>;
  /** The vaults that can be insured, by symbol. */
  readonly vault: ReadonlyMap<string, ReturnType<typeof vault>>;
};

/**
 * The pool of one asset, all but its claims module: closed, with its roles, its first products on notice. Nobody can be
 * insured before the notice is over.
 */
export function insurance(parameters: InsuranceParameters, needed: Needed) {
  const { asset, symbol, daoFeeBps, reserveFeeBps } = parameters;
  return buildModule(`Insurance_${symbol}`, (m) => {
    const { manager } = m.useModule(needed.authority);
    const { revenueSplitter } = m.useModule(needed.treasury);
    const { launch } = m.useModule(needed.vaults);
    const poolDeployer = m.contract("PoolDeployer");
    const premiumModel = m.contract("PremiumModel", [...curveOf(parameters)]);
    const { code } = needed;
    const made = [
      m.call(poolDeployer, "deployPool", [...[code.UnderwritingPool, asset.address, parameters.name, symbol, manager]]),
      m.call(poolDeployer, "deployManager", [
        code.CoverManager,
        {
          ...{ minPremium: parseUnits(parameters.minPremium, asset.decimals), authority: manager, model: premiumModel },
          ...{ treasury: revenueSplitter, daoFeeBps, reserveFeeBps },
        },
      ]),
      m.call(poolDeployer, "deployNft", [code.CoverNFT]),
      m.call(poolDeployer, "deployIncidents", [code.IncidentModule, manager]),
      m.call(poolDeployer, "deployReserve", [code.RiskReserve, asset.address]),
    ];
    const at = (name: InsuranceModule) => moduleAt(m, poolDeployer, name);
    const underwritingPool = at("UnderwritingPool");
    const coverManager = at("CoverManager");
    const incidentModule = at("IncidentModule");
    const addPool = m.call(launch, "addPool", [underwritingPool]);
    const call = caller(m, manager);
    const calls = [
      ...[underwritingPool, coverManager, incidentModule].flatMap((target) => mapping(m, manager, target)),
      ...parameters.products.map((product, index) => {
        const insured = needed.vault.get(product.vault);
        if (!insured) throw new Error(`There is no vault ${product.vault}.`);
        const { compoundingVault } = m.useModule(insured);
        const { deductibleBps, capBps, multiplierBps } = product;
        const terms = { vault: compoundingVault, deductibleBps, capBps, multiplierBps };
        return call(coverManager, "scheduleProduct", [index, terms], `${index}`);
      }),
    ];
    m.call(manager, "multicall", [calls], { id: "configure", after: [...made, addPool] });
    return {
      ...{ poolDeployer, premiumModel, underwritingPool, coverManager, incidentModule },
      ...{ coverNFT: at("CoverNFT"), riskReserve: at("RiskReserve") },
    };
  });
}

/** The last module of a pool: it reads the governor, which knows where it will be. */
export function claims(
  { asset, symbol, minDeposit }: InsuranceParameters,
  needed: {
    readonly code: InsuranceCode;
    readonly insurance: ReturnType<typeof insurance>;
    readonly governance: ReturnType<typeof governance>;
  },
) {
  return buildModule(`Claims_${symbol}`, (m) => {
    const { poolDeployer } = m.useModule(needed.insurance);
    const { millGovernor } = m.useModule(needed.governance);
    const deposit = parseUnits(minDeposit, asset.decimals);
    m.call(poolDeployer, "deployClaims", [needed.code.ClaimsModule, millGovernor, deposit], {
      after: [needed.governance],
    });
    return { claimsModule: moduleAt(m, poolDeployer, "ClaimsModule") };
  });
}

/** Which contract of its `PoolDeployer` a module is, from 0. */
export function placeOf(name: InsuranceModule): bigint {
  return BigInt(insuranceModules.indexOf(name));
}

/** Where a module of a pool is, or will be. */
function moduleAt<name extends InsuranceModule>(m: IgnitionModuleBuilder, poolDeployer: PoolDeployer, name: name) {
  const address = m.staticCall(poolDeployer, "addressOf", [placeOf(name)], 0, { id: `addressOf${name}` });
  return m.contractAt(name, address);
}

/** What `PremiumModel` is made with: yearly rates and the kink, 1e18 = 100 %. */
export function curveOf({ curve }: InsuranceParameters) {
  const { restBps, kinkRateBps, fullBps, kinkBps } = curve;
  return [restBps, kinkRateBps, fullBps, kinkBps].map((bps) => BigInt(bps) * BPS);
}
