import { existsSync } from "node:fs";
import path from "node:path";
import { readDeploymentParameters } from "@nomicfoundation/hardhat-ignition/helpers";
import { DIALECTS, define } from "./adapters.ts";
import { Problem } from "./Problem.ts";
import * as s from "./schema.ts";

/** A vault keeps its cap of tips in 40 bits, as millionths of the asset. */
const TIP_DECIMALS = 6;
const MAX_TIP_CAP = (2 ** 40 - 1) / 10 ** TIP_DECIMALS;

const caps = {
  /** Most assets in this source, in whole tokens. */
  cap: s.amount,
  /** Bounds on the risks that the source shares with others, in the order of its adapter's `riskIds`. */
  groups: s.list(s.object({ cap: s.amount, shareBps: s.integer(1, 10_000) })),
};

const adapter = s.oneOf({
  AaveV3: s.object({ pool: s.address, ...caps }),
  CompoundV3: s.object({ comet: s.address, rewards: s.either("none", s.address), ...caps }),
  MorphoBlue: s.object({
    ...{ morpho: s.address, collateralToken: s.address, oracle: s.address, irm: s.address },
    /** Liquidation threshold, 1 = 100 %. */
    lltv: s.amount,
    ...caps,
  }),
  ERC4626: s.object({ source: s.address, ...caps }),
  UniswapV2Farm: s.object({
    ...{ chef: s.address, pid: s.integer(0, 2 ** 32), rewardToken: s.address, dialect: s.choice(...DIALECTS) },
    ...caps,
  }),
});

const reward = s.object({
  token: s.address,
  symbol: s.text,
  decimals: s.integer(0, 36),
  /** Where its first auction is centred, in whole assets for one whole token. */
  anchor: s.amount,
  /** Least whole tokens that are worth an auction. */
  minLot: s.amount,
});

const vault = s.object({
  name: s.text,
  symbol: s.text,
  asset: s.object({ address: s.address, symbol: s.text, decimals: s.integer(6, 18) }),
  feeBps: s.integer(0, 5_000),
  /** Most percent a year by which gains that nobody measured move the price. */
  maxRatePercent: s.integer(1, 200),
  depositCap: s.amount,
  bufferBps: s.integer(0, 10_000),
  /** Most that a caller of `compound` gets, in whole assets with at most six decimals. */
  tipCap: s.amountOrZero,
  /** In their order: deposits go to the first. */
  adapters: s.list(adapter),
  rewards: s.list(reward),
});

/** A yearly rate, up to ten times the amount. */
const rateBps = s.integer(0, 100_000);

const insurance = s.object({
  name: s.text,
  symbol: s.text,
  asset: s.object({ address: s.address, symbol: s.text, decimals: s.integer(6, 18) }),
  /** What cover costs a year, by how much of the capacity is used: nothing, the kink, all. */
  curve: s.object({ restBps: rateBps, kinkRateBps: rateBps, fullBps: rateBps, kinkBps: s.integer(1, 9_999) }),
  /** Parts of premiums for the DAO and for the reserve, which pays losses first. */
  daoFeeBps: s.integer(0, 3_000),
  reserveFeeBps: s.integer(0, 3_000),
  minPremium: s.amountOrZero,
  /** Least deposit of a claim that people decide. */
  minDeposit: s.amount,
  products: s.list(
    s.object({
      /** The symbol of one of `vaults`. */
      vault: s.text,
      deductibleBps: s.integer(200, 1_000),
      capBps: s.integer(1, 5_000),
      /** Its part of the curve. */
      multiplierBps: s.integer(1, 65_535),
    }),
  ),
});

const schema = s.object({
  chainId: s.integer(1, Number.MAX_SAFE_INTEGER),
  /** Accounts with a role. Off local chains each should be a multisig. */
  people: s.object({ curator: s.address, allocator: s.address, guardian: s.address }),
  token: s.object({
    supply: s.tokens,
    /** The most that the DAO may ever mint in any 365 days. */
    mintPerYear: s.tokens,
    /** Who gets the supply. */
    holders: s.record(s.either("treasury", s.address), s.tokens),
  }),
  /** What stakers earn: the token itself, or another one. */
  staking: s.object({
    reward: s.either("MILL", s.object({ address: s.address, symbol: s.text, decimals: s.integer(0, 36) })),
  }),
  /** How the protocol's fees are split. What is left of 10,000 goes to stakers. */
  revenue: s.object({
    treasuryBps: s.integer(0, 10_000),
    reserveBps: s.integer(0, 10_000),
    reserve: s.either("none", s.address),
    /** Tokens that fees come in and that are sold for the stakers' reward. */
    sells: s.list(reward),
  }),
  /** What the router works with beside vaults: signatures for any token, and the native token as one. */
  router: s.object({
    permit2: s.address,
    wrappedNative: s.object({ address: s.address, symbol: s.text, decimals: s.integer(0, 36) }),
  }),
  governor: s.object({
    votingDelay: s.durationFrom("1 day", "2 days"),
    votingPeriod: s.durationFrom("3 days", "7 days"),
    lateQuorumExtension: s.durationFrom("0 days", "2 days"),
    proposalThreshold: s.tokens,
    quorumFloor: s.tokens,
    daoURI: s.text,
  }),
  vaults: s.list(vault),
  /** One pool for each asset. */
  insurance: s.list(insurance),
});

export type Parameters = s.Read<typeof schema>;
export type VaultParameters = Parameters["vaults"][number];
export type AdapterParameters = VaultParameters["adapters"][number];
export type InsuranceParameters = Parameters["insurance"][number];
export type RewardParameters = s.Read<typeof reward>;

/** Reads `<folder>/parameters.json5`; a {@link Problem} names everything that is wrong with it, a sentence each. */
export async function readParameters(folder: string): Promise<Parameters> {
  const file = path.join(folder, "parameters.json5");
  const shown = path.join("deployments", path.basename(folder), "parameters.json5");
  if (!existsSync(file)) throw new Problem(`${shown} is missing: it says what to deploy on this network.`);
  const input = await readDeploymentParameters(file).catch(({ cause, message }: Error) => {
    throw new Problem(`${shown} is not JSON5: ${cause instanceof Error ? cause.message : message}`);
  });
  return parseParameters(input, shown);
}

export function parseParameters(input: unknown, shown: string): Parameters {
  const problems: string[] = [];
  const parameters = schema(input, "", problems);
  if (problems.length === 0) problems.push(...contradictions(parameters));
  if (problems.length > 0) throw new Problem(problems.map((problem) => `${shown}: ${problem}`).join("\n"));
  return parameters;
}

/** What each value allows and together they do not. */
function contradictions(parameters: Parameters): readonly string[] {
  const { token, governor, revenue, vaults, people } = parameters;
  const problems: string[] = [];
  const given = token.holders.reduce((sum, [, held]) => sum + held, 0n);
  if (given !== token.supply)
    problems.push(`token.holders get ${given} token wei in all, and token.supply is ${token.supply}.`);
  if (token.holders.every(([holder]) => holder === "treasury"))
    problems.push("token.holders has nobody but the treasury, which cannot vote: nobody could.");
  const floor = (token.supply * 15n) / 100n;
  if (governor.quorumFloor > floor)
    problems.push(`governor.quorumFloor is above 15 % of token.supply: no Critical proposal could be sure to pass.`);
  if (governor.proposalThreshold > token.supply)
    problems.push("governor.proposalThreshold is above token.supply: nobody could propose.");
  const { treasuryBps, reserveBps, reserve } = revenue;
  if (treasuryBps + reserveBps > 10_000)
    problems.push("revenue: treasuryBps and reserveBps are above 10,000 together.");
  if (reserveBps > 0 && reserve === "none")
    problems.push("revenue.reserve is none, and revenue.reserveBps is above 0.");
  for (const [index, { adapters, asset }] of vaults.entries())
    for (const [position, adapter] of adapters.entries()) {
      const { risks } = define(adapter, asset.address);
      if (adapter.groups.length !== risks.length)
        problems.push(
          `vaults.${index}.adapters.${position}.groups has ${adapter.groups.length} bounds; ${adapter.kind} shares ${risks.length} risks.`,
        );
    }
  const symbols = vaults.map(({ symbol }) => symbol);
  const double = symbols.find((symbol, index) => symbols.indexOf(symbol) < index);
  if (double) problems.push(`vaults: two have the symbol ${double}.`);
  const { curator, allocator, guardian } = people;
  if (curator === guardian) problems.push("people.guardian is people.curator: who raises risk could not be stopped.");
  if (allocator === guardian)
    problems.push("people.guardian is people.allocator: each should be an account of its own.");
  if (curator === allocator) problems.push("people.allocator is people.curator: each should be an account of its own.");
  return [...problems, ...ofInsurance(parameters), ...ofAmounts(parameters)];
}

/** Amounts that the chain would round or refuse. */
function ofAmounts({ vaults, insurance, revenue, staking }: Parameters): readonly string[] {
  type Amount = readonly [at: string, amount: string, decimals: number];
  const ofReward = (at: string, { anchor, minLot, decimals }: RewardParameters, assetDecimals: number): Amount[] => [
    [`${at}.anchor`, anchor, assetDecimals + 18],
    [`${at}.minLot`, minLot, decimals],
  ];
  const amounts: readonly Amount[] = [
    ...vaults.flatMap(({ asset, depositCap, tipCap, adapters, rewards }, index): Amount[] => [
      [`vaults.${index}.depositCap`, depositCap, asset.decimals],
      [`vaults.${index}.tipCap`, tipCap, TIP_DECIMALS],
      ...adapters.flatMap(({ cap, groups }, position): Amount[] => {
        const at = `vaults.${index}.adapters.${position}`;
        const bounds = groups.map((group, place): Amount => [`${at}.groups.${place}.cap`, group.cap, asset.decimals]);
        return [[`${at}.cap`, cap, asset.decimals], ...bounds];
      }),
      ...rewards.flatMap((reward, position) => ofReward(`vaults.${index}.rewards.${position}`, reward, asset.decimals)),
    ]),
    ...insurance.flatMap(({ asset, minPremium, minDeposit }, index): Amount[] => [
      [`insurance.${index}.minPremium`, minPremium, asset.decimals],
      [`insurance.${index}.minDeposit`, minDeposit, asset.decimals],
    ]),
    ...revenue.sells.flatMap((sold, index) =>
      ofReward(`revenue.sells.${index}`, sold, staking.reward === "MILL" ? 18 : staking.reward.decimals),
    ),
  ];
  const problems = amounts
    .filter(([, amount, decimals]) => (amount.split(".")[1] ?? "").replace(/0+$/, "").length > decimals)
    .map(([at, amount, decimals]) => `${at} is ${amount}: at most ${decimals} decimals count there.`);
  for (const [index, { tipCap }] of vaults.entries())
    if (Number(tipCap) > MAX_TIP_CAP) problems.push(`vaults.${index}.tipCap is ${tipCap}: ${MAX_TIP_CAP} is the most.`);
  return problems;
}

function ofInsurance({ insurance, vaults }: Parameters): readonly string[] {
  const problems: string[] = [];
  const twice = (values: readonly string[]) => values.find((value, index) => values.indexOf(value) < index);
  const symbol = twice([...vaults, ...insurance].map((one) => one.symbol));
  if (symbol && insurance.some((one) => one.symbol === symbol))
    problems.push(`insurance: ${symbol} is the symbol of something else too.`);
  const asset = twice(insurance.map((one) => one.asset.address));
  if (asset) problems.push(`insurance: two pools have the asset ${asset}.`);
  for (const [index, { curve, daoFeeBps, reserveFeeBps, products, ...pool }] of insurance.entries()) {
    const at = `insurance.${index}`;
    if (curve.restBps > curve.kinkRateBps || curve.kinkRateBps > curve.fullBps)
      problems.push(`${at}.curve falls: restBps, kinkRateBps and fullBps may only rise.`);
    if (daoFeeBps + reserveFeeBps > 3_000)
      problems.push(`${at}: daoFeeBps and reserveFeeBps are above 3,000 together.`);
    if (products.length > 8) problems.push(`${at}.products are ${products.length}, and 8 is the most.`);
    const double = twice(products.map(({ vault }) => vault));
    if (double) problems.push(`${at}.products: ${double} is there twice.`);
    for (const [position, product] of products.entries()) {
      const insured = vaults.find((one) => one.symbol === product.vault);
      if (insured?.asset.address !== pool.asset.address)
        problems.push(`${at}.products.${position}.vault is ${product.vault}: no vault of that asset has the symbol.`);
    }
  }
  return problems;
}
