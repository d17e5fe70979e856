import type { Abi, Address, Hex } from "viem";
import { readContract, writeContract } from "viem/actions";
import { PoolDeployer } from "../src/abis/index.ts";
import { artifact, type TestChain, type Wallet } from "./chain.ts";
import { deployDao } from "./dao.ts";

const UNIT = 1_000_000n;
const DAY = 86_400n;
const ONE = 10n ** 18n;
export const MAX: bigint = 2n ** 256n - 1n;
/** 2 % at rest, 6 % at a utilisation of 80 %, 30 % at full. */
export const CURVE = { rate0: ONE / 50n, rate1: (ONE * 6n) / 100n, rate2: (ONE * 3n) / 10n, kink: (ONE * 8n) / 10n };
export const MIN_PREMIUM: bigint = UNIT;
export const MIN_DEPOSIT: bigint = 100n * UNIT;

/** A pool of a token with 6 decimals as it is deployed, one insured vault, and people who are rich and have approved all. */
export async function deployPool(chain: TestChain) {
  const admin = chain.wallet(0);
  const token = await chain.deploy("TestToken", [6]);
  const vault = await chain.deploy("Source4626", [token]);
  const authority = await chain.deploy("AccessManager", [admin.account.address]);
  const { rate0, rate1, rate2, kink } = CURVE;
  const model = await chain.deploy("PremiumModel", [rate0, rate1, rate2, kink]);
  const deployer = { abi: PoolDeployer.abi, address: await chain.deploy("PoolDeployer") };
  const modules = await readContract(chain.client, { ...deployer, functionName: "modules" });
  const dao = await deployDao(chain, { holder: admin.account.address, claimsModules: [modules.claims] });
  const code = (name: string): Hex => artifact(name).bytecode;
  const config = {
    ...{ minPremium: MIN_PREMIUM, authority, model, treasury: dao.timelock, daoFeeBps: 1_000, reserveFeeBps: 2_000 },
  };
  const how = { ...deployer, gas: 16_000_000n } as const;
  const poolArgs = [code("UnderwritingPool"), token, "Pool", "P", authority] as const;
  await writeContract(admin, { ...how, functionName: "deployPool", args: poolArgs });
  await writeContract(admin, { ...how, functionName: "deployManager", args: [code("CoverManager"), config] });
  await writeContract(admin, { ...how, functionName: "deployNft", args: [code("CoverNFT")] });
  await writeContract(admin, { ...how, functionName: "deployIncidents", args: [code("IncidentModule"), authority] });
  await writeContract(admin, { ...how, functionName: "deployReserve", args: [code("RiskReserve"), token] });
  const last = [code("ClaimsModule"), dao.governor, MIN_DEPOSIT] as const;
  await writeContract(admin, { ...how, functionName: "deployClaims", args: last });
  const { pool, manager: coverManager, nft, incidents: incidentModule, claims: claimsModule, reserve } = modules;

  const act = (wallet: Wallet, name: string, address: Address, functionName: string, args: readonly unknown[] = []) =>
    writeContract(wallet, { abi: artifact(name).abi as Abi, address, functionName, args });
  await act(admin, "UnderwritingPool", pool, "resumeDeposits");
  for (let i = 0; i < 8; i++) {
    const person = chain.wallet(i);
    await act(admin, "TestToken", token, "mint", [person.account.address, 10n ** 9n * UNIT]);
    for (const spender of [pool, coverManager, claimsModule, vault])
      await act(person, "TestToken", token, "approve", [spender, MAX]);
    await act(person, "Source4626", vault, "approve", [coverManager, MAX]);
  }
  const terms = { vault, deductibleBps: 1_000, capBps: 5_000, multiplierBps: 10_000 };
  await act(admin, "CoverManager", coverManager, "scheduleProduct", [0, terms]);
  await chain.travel(24n * DAY);
  return {
    ...{ token, vault, authority, model, dao, pool, coverManager, nft, incidentModule, claimsModule, reserve, act },
    /** The vault's price becomes `bps` of what it is. */
    fall: async (bps: bigint): Promise<void> => {
      const abi = artifact("Source4626").abi as Abi;
      const assets = (await readContract(chain.client, { abi, address: vault, functionName: "totalAssets" })) as bigint;
      await act(admin, "Source4626", vault, "lose", [(assets * (10_000n - bps)) / 10_000n]);
    },
    gain: (assets: bigint) => act(admin, "Source4626", vault, "gain", [assets]),
    enter: (wallet: Wallet, assets: bigint) =>
      act(wallet, "Source4626", vault, "deposit", [assets, wallet.account.address]),
  };
}

export type PoolWorld = Awaited<ReturnType<typeof deployPool>>;
