import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  erc4626Abi,
  getAddress,
  type Hex,
  isAddressEqual,
  keccak256,
  numberToHex,
  type PublicClient,
  parseAbi,
} from "viem";
import { maskedCode } from "../deploy/check.ts";
import { load, type Place, type Provider, readsOf, undone, write } from "./trace.ts";

/** What a vault must be to be insured by its price: see the design of the pool. */
export type Finding = { readonly criterion: Criterion; readonly passed: boolean; readonly evidence: string };
export type Criterion = "asset" | "code" | "losses" | "donations" | "pushing";
export type Candidate = {
  readonly hre: HardhatRuntimeEnvironment;
  /** A fork: what is tried here changes prices and balances. */
  readonly connection: NetworkConnection;
  readonly vault: Address;
  /** The asset of the pool that is to insure it. */
  readonly asset: Address;
};
type Trial = Candidate & { readonly client: PublicClient; readonly provider: Provider };

/** Contracts whose code was looked at: of this build. */
const ALLOWED = ["CompoundingVault"] as const;
/** How the cover manager reads a price: asset wei per share wei, times 1e27, over a million whole shares. */
const RAY = 10n ** 27n;
const MILLION = 1_000_000n;
/** A mark of the cover manager grows by no more than this a year, in percent. */
const GROWTH = 50n;
const HALF = 2n ** 128n;
const MINUTE = 60n;
const DAY = 86_400n;
/** Days after a gift. */
const WATCHED = [0n, 1n, 7n, 30n] as const;
const YEAR = 365n * DAY;
/** A billionth: roundings of a market. */
const ROUNDING = 10n ** 9n;
/** A gift, or a deposit, of so many times what the vault has. */
const TIMES = 10n;
const SOMEBODY: Address = "0x00000000000000000000000000000000005eed01";
const upkeepAbi = parseAbi(["function accrue()", "function compound() returns (uint256)"]);

/** Tries a vault on a fork, criterion by criterion. */
export async function listingTest(candidate: Candidate): Promise<readonly Finding[]> {
  const client = await candidate.connection.viem.getPublicClient();
  const trial: Trial = { ...candidate, client, provider: candidate.connection.provider };
  const { provider } = trial;
  // Calls on the block that was forked need to know which rules it was made by; those on one of our own don't. It is later
  // than that block, whatever the clock here says: a market that was touched in the future can't be read.
  const { timestamp } = await client.getBlock();
  await provider.request({ method: "evm_setNextBlockTimestamp", params: [numberToHex(timestamp + 1n)] });
  await provider.request({ method: "evm_mine" });
  await provider.request({ method: "hardhat_impersonateAccount", params: [SOMEBODY] });
  await provider.request({ method: "hardhat_setBalance", params: [SOMEBODY, numberToHex(10n ** 21n)] });
  return [
    await sameAsset(trial),
    await knownCode(trial),
    await undone(provider, () => realisesLosses(trial)),
    await undone(provider, () => resistsDonations(trial)),
    await undone(provider, () => resistsPushing(trial)),
  ];
}

async function sameAsset(trial: Trial): Promise<Finding> {
  const found = await assetOf(trial);
  const passed = isAddressEqual(found, trial.asset);
  return { criterion: "asset", passed, evidence: `its asset is ${found}, the pool's ${trial.asset}` };
}

/** Immutables aside. A proxy has other code: what is behind one can change after it was listed. */
async function knownCode({ hre, client, vault }: Trial): Promise<Finding> {
  const code = (await client.getCode({ address: vault })) ?? "0x";
  for (const name of ALLOWED) {
    const artifact = await hre.artifacts.readArtifact(name);
    const same = maskedCode(artifact, code) === maskedCode(artifact, artifact.deployedBytecode as Hex);
    if (same) return { criterion: "code", passed: true, evidence: `it runs ${name} of this build` };
  }
  const evidence = `its code, with the hash ${keccak256(code)}, is none of ${ALLOWED.join(", ")}`;
  return { criterion: "code", passed: false, evidence };
}

/**
 * Halves each word outside of the vault that its price depends on, one at a time: where a market has less for the vault, the
 * price must be lower at once. A vault whose price depends on nothing but its own books can't show a loss.
 */
async function realisesLosses(trial: Trial): Promise<Finding> {
  const { client, provider, vault } = trial;
  const before = await priceOf(trial);
  const places = (await priceReads(trial)).filter(({ address }) => !isAddressEqual(address, vault));
  const falls: { readonly place: Place; readonly price: bigint }[] = [];
  for (const place of places) {
    const value = await load(provider, place);
    if (value === 0n) continue;
    const price = await undone(provider, async () => {
      // Amounts are in the lower half of a word that holds more.
      await write(provider, place, value - (value % HALF) + (value % HALF) / 2n);
      return await priceOf(trial).catch(() => before);
    });
    // Less than a quarter is no market with half: it is one that wasn't found any more.
    if (price < before - before / 10n && price > before / 4n) falls.push({ place, price });
  }
  const [first] = falls;
  if (!first) {
    const held = await client.readContract({ ...at(vault), functionName: "totalAssets" });
    const hint = held < (await totalOf(trial)) ? "; it holds less than a whole token: deposit something before" : "";
    const evidence = `its price follows none of ${places.length} words outside of it: halving each left it at ${before}${hint}`;
    return { criterion: "losses", passed: false, evidence };
  }
  const { address, slot } = first.place;
  const evidence = `with half of word ${slot} of ${address} its price is ${first.price} instead of ${before}, at once`;
  return { criterion: "losses", passed: true, evidence };
}

/**
 * Gives ten times what the vault has to the vault, and to each account whose balance its price looks at. At once nothing may
 * come of it; and in 30 days all shares together may rise by no more than was given, beside what a year's growth allows: then
 * whoever lowers a payout by a gift has given more than it saves.
 */
async function resistsDonations(trial: Trial): Promise<Finding> {
  const { client, provider, vault } = trial;
  const [before, total] = [await priceOf(trial), await totalOf(trial)];
  const supply = await client.readContract({ ...at(vault), functionName: "totalSupply" });
  const reads = await priceReads(trial);
  const places = [await balancePlace(trial, vault), ...reads.filter(({ address }) => sameToken(trial, address))];
  const gift = TIMES * total;
  const given = `${gift} given to each of ${places.length} accounts that its price may look at`;
  let most = { price: before, days: 0n };
  for (const place of places) {
    const problem = await undone(provider, async () => {
      await write(provider, place, (await load(provider, place)) + gift);
      for (const [index, days] of WATCHED.entries()) {
        await wait(provider, (days - (WATCHED[index - 1] ?? 0n)) * DAY);
        await upkeep(trial);
        const price = await priceOf(trial).catch(() => before);
        if (price > most.price) most = { price, days };
        const grown = (before * GROWTH * (days * DAY + MINUTE)) / (100n * YEAR) + before / ROUNDING + 1n;
        const shared = days === 0n ? 0n : (gift * RAY) / supply;
        if (price > before + grown + shared) return `after ${days} days its price was ${price} instead of ${before}`;
      }
      return undefined;
    });
    if (problem) return { criterion: "donations", passed: false, evidence: `${given}: ${problem}` };
  }
  const evidence = `${given}: nothing at once; in ${WATCHED.at(-1)} days its price went from ${before} to ${most.price} at most, on day ${most.days}, and all shares rose by less than was given`;
  return { criterion: "donations", passed: true, evidence };
}

/** Deposits ten times what the vault has and takes it out again, in parts: no step may lower the price. */
async function resistsPushing(trial: Trial): Promise<Finding> {
  const { client, provider, vault } = trial;
  const asset = await assetOf(trial);
  const [total, before] = [await totalOf(trial), await priceOf(trial)];
  const most = await client.readContract({ ...at(vault), functionName: "maxDeposit", args: [SOMEBODY] });
  const amount = most < TIMES * total ? most : TIMES * total;
  if (amount === 0n)
    return { criterion: "pushing", passed: false, evidence: "it takes no deposit now, so none was tried" };
  await write(provider, await balancePlace(trial, SOMEBODY), amount);
  await send(trial, asset, encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [vault, amount] }));
  const held = () => client.readContract({ ...at(vault), functionName: "balanceOf", args: [SOMEBODY] });
  const steps: readonly (readonly [string, () => Promise<Hex>])[] = [
    ["deposit", async () => encodeFunctionData({ abi: erc4626Abi, functionName: "deposit", args: [amount, SOMEBODY] })],
    [
      "redeem half",
      async () =>
        encodeFunctionData({
          abi: erc4626Abi,
          functionName: "redeem",
          args: [(await held()) / 2n, SOMEBODY, SOMEBODY],
        }),
    ],
    [
      "redeem the rest",
      async () =>
        encodeFunctionData({ abi: erc4626Abi, functionName: "redeem", args: [await held(), SOMEBODY, SOMEBODY] }),
    ],
  ];
  const floor = before - before / ROUNDING - 1n;
  for (const [step, data] of steps) {
    if (!(await send(trial, vault, await data()))) continue;
    const price = await priceOf(trial);
    if (price >= floor) continue;
    return {
      criterion: "pushing",
      passed: false,
      evidence: `after "${step}" of ${amount} its price was ${price} instead of ${before}`,
    };
  }
  const evidence = `a deposit of ${amount} and two withdrawals never left its price below ${before}`;
  return { criterion: "pushing", passed: true, evidence };
}

/** As the cover manager reads it. */
async function priceOf({ client, vault }: Trial): Promise<bigint> {
  const probe = await probeOf(client, vault);
  const assets = await client.readContract({ ...at(vault), functionName: "convertToAssets", args: [probe] });
  return (assets * RAY) / probe;
}

async function priceReads({ client, provider, vault }: Trial): Promise<readonly Place[]> {
  return await readsOf(
    provider,
    vault,
    encodeFunctionData({ abi: erc4626Abi, functionName: "convertToAssets", args: [await probeOf(client, vault)] }),
  );
}

async function probeOf(client: PublicClient, vault: Address): Promise<bigint> {
  return (
    MILLION * 10n ** BigInt(await client.readContract({ address: vault, abi: erc20Abi, functionName: "decimals" }))
  );
}

/** At least a whole token, so that an empty vault is tried too. */
async function totalOf({ client, vault, ...trial }: Trial): Promise<bigint> {
  const total = await client.readContract({ ...at(vault), functionName: "totalAssets" });
  const address = await assetOf({ client, vault, ...trial });
  const one = 10n ** BigInt(await client.readContract({ address, abi: erc20Abi, functionName: "decimals" }));
  return total > one ? total : one;
}

async function assetOf({ client, vault }: Trial): Promise<Address> {
  return getAddress(await client.readContract({ ...at(vault), functionName: "asset" }));
}

function sameToken({ asset }: Trial, address: Address): boolean {
  return isAddressEqual(asset, address);
}

/** The word that says what an account has of the vault's asset. */
async function balancePlace(trial: Trial, account: Address): Promise<Place> {
  const { client, provider } = trial;
  const token = await assetOf(trial);
  const call = { abi: erc20Abi, functionName: "balanceOf", args: [account] } as const;
  const mark = 123_456_789_123n;
  for (const place of await readsOf(provider, token, encodeFunctionData(call))) {
    const moved = await undone(provider, async () => {
      await write(provider, place, mark);
      return (await client.readContract({ address: token, ...call }).catch(() => 0n)) === mark;
    });
    if (moved) return place;
  }
  throw new Error(`The balances of ${token} are not words of their own.`);
}

/** What anyone may have a vault do, where it can do it. */
async function upkeep(trial: Trial): Promise<void> {
  for (const functionName of ["accrue", "compound"] as const)
    await send(trial, trial.vault, encodeFunctionData({ abi: upkeepAbi, functionName }));
}

/** Whether it went through. */
async function send({ client, provider }: Trial, to: Address, data: Hex): Promise<boolean> {
  try {
    const params = [{ from: SOMEBODY, to, data, gas: numberToHex(16_000_000) }];
    const hash = (await provider.request({ method: "eth_sendTransaction", params })) as Hex;
    return (await client.getTransactionReceipt({ hash })).status === "success";
  } catch {
    return false;
  }
}

async function wait(provider: Provider, seconds: bigint): Promise<void> {
  if (seconds > 0n) await provider.request({ method: "evm_increaseTime", params: [Number(seconds)] });
  await provider.request({ method: "evm_mine" });
}

function at(address: Address) {
  return { address, abi: erc4626Abi } as const;
}
