import { type Address, type Hex, pad, parseUnits, slice, toHex, zeroAddress } from "viem";
import { addressOf, type Claim, claim, claimAll, type Deployment } from "./claim.ts";
import { curveOf, type InsuranceModule, insuranceModules, placeOf } from "./modules/Insurance.ts";
import type { InsuranceParameters } from "./parameters.ts";
import { roles } from "./roles.ts";

const DAY = 86_400n;
/** What the class of a claim's proposal adds to the delay of the timelock. */
const ROUTINE_DELAY = DAY;
/** What is left of the window in which a claim waits for the DAO, at least, once the DAO has been as slow as it can be. */
const RESOLVE_MARGIN = 7n * DAY;
const PRODUCTS = 8;

/** A pool: what it is made with, what each of its modules knows, what it insures and on which terms. */
export async function checkInsurance(
  deployment: Deployment,
  parameters: InsuranceParameters,
): Promise<readonly Claim[]> {
  const claims = await Promise.all([
    checkModules(deployment, parameters),
    checkTerms(deployment, parameters),
    checkProducts(deployment, parameters),
    checkTimes(deployment, parameters),
  ]);
  return claims.flat();
}

/** Each is where the others expect it, and has nobody else written into its code. */
async function checkModules(deployment: Deployment, { symbol, ...rest }: InsuranceParameters): Promise<Claim[]> {
  const { connection, contracts } = deployment;
  const at = of(deployment, symbol);
  const deployer = await connection.viem.getContractAt("PoolDeployer", addressOf(contracts, `${symbol}_PoolDeployer`));
  const places = insuranceModules.map(async (name) =>
    claim(`the place of ${name} of ${symbol}`, at(name), await deployer.read.addressOf([placeOf(name)])),
  );
  const units = (amount: string): Hex => toHex(parseUnits(amount, rest.asset.decimals));
  const { asset } = rest;
  const decimals = asset.decimals + 6;
  const [pool, manager, nft, incidents] = [
    at("UnderwritingPool"),
    at("CoverManager"),
    at("CoverNFT"),
    at("IncidentModule"),
  ];
  const [reserve, claims] = [at("RiskReserve"), at("ClaimsModule")];
  const [splitter, timelock] = [addressOf(contracts, "RevenueSplitter"), addressOf(contracts, "TimelockController")];
  const governor = addressOf(contracts, "MillGovernor");
  const written: Readonly<Record<InsuranceModule, readonly Hex[]>> = {
    UnderwritingPool: [asset.address, toHex(decimals), manager, nft, incidents, claims, reserve],
    CoverManager: [asset.address, pool, nft, incidents, claims, reserve, splitter, units(rest.minPremium)],
    CoverNFT: [manager, pool],
    IncidentModule: [manager, pool, nft],
    RiskReserve: [asset.address, pool],
    ClaimsModule: [asset.address, pool, manager, nft, reserve, governor, timelock, units(rest.minDeposit)],
  };
  const immutables = insuranceModules.map(async (name) => {
    const found = await immutablesOf(deployment, { contractName: name, address: at(name) });
    return claimAll(
      `what the code of ${name} of ${symbol} knows`,
      numbered(written[name].map((word) => pad(word, { size: 32 }))),
      numbered(found),
    );
  });
  return await Promise.all([...places, ...immutables]);
}

/** The values of immutables in a contract's code, each once, in the order of their declaration. */
async function immutablesOf(
  { hre, connection }: Deployment,
  { contractName, address }: { readonly contractName: string; readonly address: Address },
): Promise<readonly Hex[]> {
  const client = await connection.viem.getPublicClient();
  const { immutableReferences = {} } = await hre.artifacts.readArtifact(contractName);
  const code = (await client.getCode({ address })) ?? "0x";
  return Object.values(immutableReferences).map(([place]) =>
    place ? slice(code, place.start, place.start + place.length) : "0x",
  );
}

/** So that a value that is there twice is expected twice. */
function numbered(words: readonly Hex[]): readonly string[] {
  return words
    .toSorted()
    .map((word, index, all) => `${word} #${all.slice(0, index).filter((one) => one === word).length}`);
}

async function checkTerms(deployment: Deployment, parameters: InsuranceParameters): Promise<Claim[]> {
  const { connection, contracts } = deployment;
  const { symbol, asset } = parameters;
  const at = of(deployment, symbol);
  const { read: pool } = await connection.viem.getContractAt("UnderwritingPool", at("UnderwritingPool"));
  const { read: manager } = await connection.viem.getContractAt("CoverManager", at("CoverManager"));
  const modelAt = addressOf(contracts, `${symbol}_PremiumModel`);
  const { read: model } = await connection.viem.getContractAt("PremiumModel", modelAt);
  const [books, fees] = [await pool.books(), await manager.fees()];
  const curve = await Promise.all([model.rate0(), model.rate1(), model.rate2(), model.kink()]);
  const about = (what: string): string => `${what} of ${symbol}`;
  return [
    claim(about("the name"), parameters.name, await pool.name()),
    claim(about("the asset"), asset.address, await pool.asset()),
    claim(about("the decimals"), asset.decimals + 6, await pool.decimals()),
    claim(about("the curve"), curveOf(parameters).join(), curve.join()),
    claim(about("the model"), modelAt, await manager.model()),
    claim(about("the fees"), [parameters.daoFeeBps, parameters.reserveFeeBps].join(), fees.join()),
    claim(about("deposits stopped"), false, books.depositsStopped),
    claim(about("purchases stopped"), false, await manager.buysStopped()),
    claim(about("seconds of pause"), 0, books.pausedSeconds),
    claim(about("what is broken"), 0, await pool.checkInvariants()),
  ];
}

/** What the parameters name is on notice, or in force where a deployment took longer than the notice; and nothing else. */
async function checkProducts(deployment: Deployment, { symbol, products }: InsuranceParameters): Promise<Claim[]> {
  const { connection, contracts } = deployment;
  const { read } = await connection.viem.getContractAt("CoverManager", of(deployment, symbol)("CoverManager"));
  const all = Array.from({ length: PRODUCTS }, async (_, product) => {
    const [scheduled, current] = [await read.scheduledProduct([product]), await read.productOf([product])];
    const wanted = products[product];
    const expected = wanted && {
      ...{ vault: addressOf(contracts, wanted.vault), deductibleBps: wanted.deductibleBps },
      ...{ capBps: wanted.capBps, multiplierBps: wanted.multiplierBps },
    };
    const what = `product ${product} of ${symbol}`;
    return [
      claim(what, terms(expected), terms(scheduled.effectiveAt === 0 ? current : scheduled.terms)),
      claim(`${what} is stopped`, false, current.stopped),
    ];
  });
  return (await Promise.all(all)).flat();
}

type Terms = Readonly<Record<"deductibleBps" | "capBps" | "multiplierBps", number>> & { readonly vault: Address };

function terms(given: Terms | undefined): string {
  if (!given || given.vault === zeroAddress) return "nothing";
  const { vault, deductibleBps, capBps, multiplierBps } = given;
  return `${vault.toLowerCase()} deductible ${deductibleBps} cap ${capBps} multiplier ${multiplierBps}`;
}

/** Cover starts no sooner than a loss that the curator announced; a claim waits longer than the DAO can take. */
async function checkTimes(deployment: Deployment, { symbol }: InsuranceParameters): Promise<Claim[]> {
  const { connection, contracts } = deployment;
  const at = of(deployment, symbol);
  const governorAt = addressOf(contracts, "MillGovernor");
  const { read: governor } = await connection.viem.getContractAt("MillGovernor", governorAt);
  const timelockAt = addressOf(contracts, "TimelockController");
  const { read: timelock } = await connection.viem.getContractAt("TimelockController", timelockAt);
  const { read: manager } = await connection.viem.getContractAt("CoverManager", at("CoverManager"));
  const { read: claims } = await connection.viem.getContractAt("ClaimsModule", at("ClaimsModule"));
  const slowest =
    (await governor.votingDelay()) +
    (await governor.votingPeriod()) +
    BigInt(await governor.lateQuorumVoteExtension()) +
    (await timelock.getMinDelay()) +
    ROUTINE_DELAY;
  const [wait, window] = [await manager.waitingPeriod(), await claims.RESOLVE_WINDOW()];
  return [
    claim(`${symbol} waits as long as the curator announces`, true, wait >= roles.CURATOR.peopleWait),
    claim(`a claim on ${symbol} waits for the slowest vote and a week`, true, window >= slowest + RESOLVE_MARGIN),
    claim(
      `the governor hears the claims module of ${symbol}`,
      true,
      await governor.isClaimsModule([at("ClaimsModule")]),
    ),
  ];
}

/** Where the modules of a pool are. */
function of({ contracts }: Deployment, symbol: string) {
  return (name: InsuranceModule): Address =>
    addressOf(contracts, name === "UnderwritingPool" ? symbol : `${symbol}_${name}`);
}
