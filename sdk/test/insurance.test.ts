import { type Address, keccak256, sha256, stringToHex } from "viem";
import { getLogs } from "viem/actions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quote } from "../src/abis/CoverManager.ts";
import { read } from "../src/core/read.ts";
import { getRevert, SlippageError } from "../src/errors/index.ts";
import * as sdk from "../src/insurance/index.ts";
import { executeCall } from "../src/roles/index.ts";
import { balanceOf } from "../src/token/index.ts";
import { startChain, type TestChain, type Wallet } from "./chain.ts";
import { deployPool, MIN_DEPOSIT, MIN_PREMIUM, type PoolWorld } from "./pools.ts";
import { randomFrom } from "./random.ts";

const DAY = 86_400n;
const UNIT = 1_000_000n;
const RAY = 10n ** 27n;
const PERIOD = 90 * 86_400;

describe("insurance", () => {
  let chain: TestChain;
  let world: PoolWorld;
  let underwriter: Wallet;
  let holder: Wallet;
  let keeper: Wallet;
  let assessors: readonly Wallet[];
  let owner: Address;
  beforeAll(async () => {
    chain = await startChain();
    world = await deployPool(chain);
    [underwriter, holder, keeper] = [chain.wallet(1), chain.wallet(2), chain.wallet(3)];
    assessors = [chain.wallet(4), chain.wallet(5)];
    owner = holder.account.address;
  });
  afterAll(() => chain.stop());

  /** The name of what a call ends in. */
  const refusal = async (attempt: Promise<unknown>): Promise<string | undefined> =>
    getRevert(
      await attempt.then(
        () => undefined,
        (error) => error,
      ),
    )?.name;
  const isWhole = async (): Promise<void> => {
    const { differences, brokenInvariants } = await sdk.checkPool(chain.client, { pool: world.pool, fromBlock: 0n });
    expect({ differences, brokenInvariants }).toEqual({ differences: [], brokenInvariants: 0n });
  };

  test("underwriting: in, asked out, changed one's mind, out", async () => {
    const { pool, coverManager } = world;
    await sdk.applyProduct(keeper, { coverManager, product: 0 });
    const receiver = underwriter.account.address;
    const terms = { pool, assets: 1_000_000n * UNIT, receiver, minShares: 10n ** 18n };
    const { shares } = await sdk.simulateUnderwrite(underwriter, terms);
    const receipt = await chain.receipt(sdk.underwrite(underwriter, terms));
    expect(sdk.getUnderwrittenEvent(receipt, { pool })).toMatchObject({ shares, assets: terms.assets });
    expect(await refusal(sdk.underwrite(underwriter, { ...terms, minShares: 2n * shares }))).toBe(
      "UnderwritingPool__BelowMinShares",
    );
    const asked = { pool, shares: shares / 10n, receiver };
    const { requestId } = await sdk.simulateRequestRedeem(underwriter, asked);
    const requested = await chain.receipt(sdk.requestRedeem(underwriter, asked));
    expect(sdk.getRedeemRequestedEvent(requested, { pool }).id).toBe(requestId);
    const back = await sdk.simulateCancelRequest(underwriter, { pool, requestId });
    const tooMany = sdk.cancelRequest(underwriter, { pool, requestId, minShares: back.shares + 1n });
    await expect(tooMany).rejects.toBeInstanceOf(SlippageError);
    const cancelled = await chain.receipt(sdk.cancelRequest(underwriter, { pool, requestId, minShares: back.shares }));
    expect(sdk.getRedeemCancelledEvent(cancelled, { pool }).shares).toBe(asked.shares);

    await sdk.requestRedeem(underwriter, asked);
    const again = { pool, requestId: requestId + 1n, minAssets: 1n };
    expect(await refusal(sdk.finalizeRedeem(keeper, again))).toBe("UnderwritingPool__BeforeCooldown");
    await chain.travel(21n * DAY);
    const { assets } = await sdk.simulateFinalizeRedeem(keeper, again);
    const paid = await chain.receipt(sdk.finalizeRedeem(keeper, again));
    expect(sdk.getRedeemFinalizedEvent(paid, { pool })).toMatchObject({ assets, left: 0n });
    expect(assets).toBe(100_000n * UNIT);
    expect(await refusal(sdk.fetchOwed(keeper, { pool, receiver }))).toBe("UnderwritingPool__NothingOwed");
    await isWhole();
  });

  test("quoteCover: to the wei what the chain says, or why not", async () => {
    const { pool, coverManager } = world;
    const health = await sdk.getPoolHealth(chain.client, { pool });
    expect(health).toMatchObject({ totalAssets: 900_000n * UNIT, capacity: 900_000n * UNIT, brokenInvariants: 0n });
    expect(health.products).toMatchObject([{ product: 0, vault: world.vault, price: RAY, live: 0n, incident: false }]);
    const random = randomFrom(5n);
    const at = { blockTag: "latest" } as const;
    const seen = { quoted: 0, least: 0, refused: 0 };
    for (let run = 0; run < 500; run++) {
      const amount = random.pick([random.uint(40), random.within(1n, 500_000n * UNIT)]);
      const period = random.pick([random.below(370 * 86_400), 7 * 86_400 + random.below(358 * 86_400)]);
      const quoted = sdk.quoteCover(health, { product: 0, amount, period });
      const args = [0, amount, BigInt(period)] as const;
      const said = await read(chain.client, quote, coverManager, args, at).catch(() => undefined);
      if (quoted.refusal === undefined) {
        expect([quoted.premium, quoted.billedUntil]).toEqual(said);
        seen.quoted++;
        seen.least += Number(quoted.premium === MIN_PREMIUM);
      } else {
        // The chain's quote doesn't look at a product's part of the capacity; a purchase does.
        expect(said === undefined || amount > 450_000n * UNIT || amount === 0n).toBe(true);
        seen.refused++;
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
    expect(sdk.quoteCover(health, { product: 3, amount: 1n, period: PERIOD })).toEqual({ refusal: "no such product" });
    const week = sdk.quoteCover(health, { product: 0, amount: UNIT, period: 7 * 86_400 });
    if (week.refusal !== undefined) throw new Error(week.refusal);
    expect(week.billedSeconds).toBeGreaterThanOrEqual(42n * DAY); // as the page for holders says
    expect(week.billedSeconds).toBeLessThan(49n * DAY);
  });

  test("a cover: bought with its approvals, armed, extended, cancelled", async () => {
    const { pool, coverManager, vault } = world;
    await world.enter(holder, 300_000n * UNIT);
    const terms = { coverManager, product: 0, amount: 100_000n * UNIT, period: PERIOD, shares: 100_000n * UNIT };
    const health = await sdk.getPoolHealth(chain.client, { pool });
    const quoted = sdk.quoteCover(health, { product: 0, amount: terms.amount, period: PERIOD });
    if (quoted.refusal !== undefined) throw new Error(quoted.refusal);
    const purchase = { ...terms, maxPremium: quoted.premium, receiver: owner };
    const { coverId, premium } = await sdk.simulateBuyCover(holder, purchase);
    expect(premium).toBeLessThanOrEqual(quoted.premium);
    expect(await sdk.getBuyCoverCalls(chain.client, { ...purchase, owner })).toHaveLength(1);
    const stranger = chain.wallet(9).account.address;
    const calls = await sdk.getBuyCoverCalls(chain.client, { ...purchase, owner: stranger });
    expect(calls.map(({ to }) => to)).toEqual([world.token, vault, coverManager]);
    expect(await refusal(sdk.buyCover(holder, { ...purchase, maxPremium: 1n }))).toBe("CoverManager__PremiumTooHigh");
    const bought = sdk.getCoverBoughtEvent(await chain.receipt(sdk.buyCover(holder, purchase)), { coverManager });
    expect(bought).toMatchObject({ id: coverId, receiver: owner, amount: terms.amount, entry: RAY });
    const armed = await chain.receipt(sdk.armCover(holder, { coverManager, coverId, shares: 50n * UNIT }));
    expect(sdk.getArmedEvent(armed, { coverManager })).toMatchObject({ shares: 50n * UNIT, entry: RAY });
    const disarmed = sdk.disarmCover(holder, { coverManager, coverId, shares: 50n * UNIT, receiver: owner });
    expect(sdk.getDisarmedEvent(await chain.receipt(disarmed), { coverManager }).shares).toBe(50n * UNIT);
    expect(await refusal(sdk.disarmCover(keeper, { coverManager, coverId, shares: 1n, receiver: owner }))).toBe(
      "CoverManager__NotOwner",
    );

    const status = await sdk.getCoverStatus(chain.client, { pool, coverId });
    expect(status).toMatchObject({ phase: "waiting", claim: "none", owner, armed: terms.shares, payout: 0n });
    expect(status).toMatchObject({ isInsured: false, threshold: (RAY * 9n) / 10n, vault, incident: undefined });
    expect(status.billedUntil - status.claimUntil).toBeLessThan(7n * DAY);
    const longer = { coverManager, coverId, period: 30 * 86_400, maxPremium: quoted.premium };
    const extension = await sdk.simulateExtendCover(holder, longer);
    const extended = sdk.getCoverExtendedEvent(await chain.receipt(sdk.extendCover(holder, longer)), { coverManager });
    expect(extended.premium).toBeLessThanOrEqual(extension.premium + 1n);

    const second = await chain.receipt(
      sdk.buyCover(holder, { ...purchase, shares: 0n, maxPremium: 2n * quoted.premium }),
    );
    const other = sdk.getCoverBoughtEvent(second, { coverManager }).id;
    await chain.travel(10n * DAY);
    const { refund } = await sdk.simulateCancelCover(holder, { coverManager, coverId: other });
    expect(refund).toBeGreaterThan(0n);
    const greedy = sdk.cancelCover(holder, { coverManager, coverId: other, minRefund: 2n * refund });
    await expect(greedy).rejects.toBeInstanceOf(SlippageError);
    const minRefund = refund - 1_000n;
    const gone = await chain.receipt(sdk.cancelCover(holder, { coverManager, coverId: other, minRefund }));
    expect(sdk.getCoverCancelledEvent(gone, { coverManager }).refund).toBeGreaterThanOrEqual(minRefund);
    expect(await sdk.getCoverStatus(chain.client, { pool, coverId: other })).toMatchObject({ phase: "cancelled" });
    await isWhole();
  });

  test("an incident: opened, filed, read, closed, paid, and given back when the vault recovers", async () => {
    const { pool, coverManager, incidentModule, vault } = world;
    const coverId = 1n;
    const poked = await chain.receipt(sdk.pokeProduct(keeper, { coverManager, product: 0 }));
    expect(sdk.getPokedEvent(poked, { coverManager }).healthy).toBe(true);
    expect(await sdk.getCoverStatus(chain.client, { pool, coverId })).toMatchObject({ isInsured: true });
    expect(await refusal(sdk.openIncident(keeper, { incidentModule, coverId }))).toBe("IncidentModule__NoLoss");
    const half = await sdk.simulateIncident(chain.client, { pool, product: 0, price: RAY / 2n });
    expect(half).toMatchObject({ opens: true, total: 40_000n * UNIT });
    expect(half.covers).toMatchObject([{ coverId, payout: 40_000n * UNIT }]);
    expect(half.fromReserve + half.fromPool).toBe(half.total);
    const small = await sdk.simulateIncident(chain.client, { pool, product: 0, price: (RAY * 95n) / 100n });
    expect(small).toMatchObject({ opens: false, total: 0n });

    await world.fall(5_000n);
    const { incidentId } = await sdk.simulateOpenIncident(keeper, { incidentModule, coverId });
    const opened = await chain.receipt(sdk.openIncident(keeper, { incidentModule, coverId }));
    expect(sdk.getIncidentOpenedEvent(opened, { incidentModule }).incident).toBe(incidentId);
    const closed = await sdk.getPoolHealth(chain.client, { pool });
    expect(sdk.quoteCover(closed, { product: 0, amount: UNIT, period: PERIOD })).toEqual({ refusal: "incident" });
    const filed = await chain.receipt(sdk.fileCover(keeper, { incidentModule, coverId }));
    expect(sdk.getCoverFiledEvent(filed, { incidentModule }).locked).toBe(100_000n * UNIT);
    expect(await refusal(sdk.recordPrice(keeper, { incidentModule, incidentId }))).toBe("IncidentModule__NoSlot");
    for (let day = 0; day < 3; day++) {
      await chain.travel(DAY);
      const { value } = await sdk.simulateRecordPrice(keeper, { incidentModule, incidentId });
      const recorded = await chain.receipt(sdk.recordPrice(keeper, { incidentModule, incidentId }));
      expect(sdk.getPriceRecordedEvent(recorded, { incidentModule }).value).toBe(value);
    }
    expect(await refusal(sdk.closeIncident(keeper, { incidentModule, incidentId }))).toBe("IncidentModule__TooEarly");
    const open = await sdk.getCoverStatus(chain.client, { pool, coverId });
    expect(open).toMatchObject({ claim: "parametric", hasIncident: true, incident: { incidentId, slots: 3 } });
    await chain.travel(11n * DAY);
    const over = await chain.receipt(sdk.closeIncident(keeper, { incidentModule, incidentId }));
    const { price } = sdk.getIncidentClosedEvent(over, { incidentModule });
    const { paid } = await sdk.simulateSettleCover(keeper, { incidentModule, coverId });
    const before = await balanceOf(chain.client, { token: world.token, owner });
    const settled = await chain.receipt(sdk.settleCover(keeper, { incidentModule, coverId }));
    expect(sdk.getCoverSettledEvent(settled, { incidentModule }).paid).toBe(paid);
    expect((await balanceOf(chain.client, { token: world.token, owner })) - before).toBe(paid);
    expect(open.payout).toBe(paid);
    const { fromReserve } = sdk.getClaimSettledEvent(settled, { pool });
    expect(fromReserve).toBeGreaterThan(0n);
    await isWhole();

    const frozen = await sdk.getCoverStatus(chain.client, { pool, coverId });
    expect(frozen.recovery).toMatchObject({ paid, lossPrice: price });
    expect(await refusal(sdk.releaseCover(keeper, { incidentModule, coverId }))).toBe("IncidentModule__StillFrozen");
    await world.gain(150_000n * UNIT); // all is back
    await chain.travel(30n * DAY);
    const { kept } = await sdk.simulateReleaseCover(keeper, { incidentModule, coverId });
    const released = await chain.receipt(sdk.releaseCover(keeper, { incidentModule, coverId }));
    expect(sdk.getReleasedEvent(released, { incidentModule }).kept).toBe(kept);
    expect(await balanceOf(chain.client, { token: vault, owner: pool })).toBe(kept);
    const { assets } = await sdk.simulateCollectRecovery(keeper, { coverManager, product: 0 });
    expect(assets).toBeGreaterThan((paid * 9n) / 10n);
    await sdk.collectRecovery(keeper, { coverManager, product: 0 });
    await isWhole();
  });

  test("a claim: evidence, votes, a challenge, the DAO's silence, fees", async () => {
    const { pool, coverManager, claimsModule, token } = world;
    for (const assessor of assessors) await sdk.bondAssessor(assessor, { claimsModule, assets: 100_000n * UNIT });
    const terms = { coverManager, product: 0, amount: 10_000n * UNIT, period: PERIOD, shares: 10_000n * UNIT };
    await sdk.pokeProduct(keeper, { coverManager, product: 0 });
    await chain.travel(8n * DAY); // the mark follows slowly
    const bought = await chain.receipt(sdk.buyCover(holder, { ...terms, maxPremium: terms.amount, receiver: owner }));
    const coverId = sdk.getCoverBoughtEvent(bought, { coverManager }).id;
    await chain.travel(4n * DAY);
    const digest = sdk.digestEvidence({ vault: world.vault, lost: "1000", links: ["ipfs://report"] });
    const asked = { claimsModule, coverId, amount: 1_000n * UNIT, evidence: digest };
    expect(await refusal(sdk.fileClaim(keeper, asked))).toBe("ClaimsModule__NotOwner");
    const { claimId } = await sdk.simulateFileClaim(holder, asked);
    const filed = sdk.getClaimFiledEvent(await chain.receipt(sdk.fileClaim(holder, asked)), { claimsModule });
    expect(filed).toMatchObject({ claim: claimId, id: coverId, evidence: digest, deposit: MIN_DEPOSIT });
    const reason = keccak256(stringToHex("seen"));
    for (const [index, assessor] of assessors.entries()) {
      const vote = sdk.voteOnClaim(assessor, { claimsModule, claimId, accept: index === 0 || index === 1, reason });
      const cast = sdk.getClaimVoteCastEvent(await chain.receipt(vote), { claimsModule });
      expect(cast).toMatchObject({ accept: true, weight: 100_000n * UNIT });
    }
    expect(await refusal(sdk.finalizeClaim(keeper, { claimsModule, claimId }))).toBe("ClaimsModule__TooEarly");
    expect(
      await refusal(sdk.unbondAssessor(assessors[0] as Wallet, { claimsModule, assets: 1n, receiver: owner })),
    ).toBe("ClaimsModule__BondLocked");
    await chain.travel(3n * DAY);
    expect(await refusal(sdk.escalateClaim(keeper, { claimsModule, claimId }))).toBe("ClaimsModule__WrongState");
    const { proposalId } = await sdk.simulateChallengeClaim(keeper, { claimsModule, claimId });
    const challenged = await chain.receipt(sdk.challengeClaim(keeper, { claimsModule, claimId }));
    expect(sdk.getClaimEscalatedEvent(challenged, { claimsModule })).toEqual({ claim: claimId, proposal: proposalId });
    await chain.travel(21n * DAY);
    const before = await balanceOf(chain.client, { token, owner });
    const final = await chain.receipt(sdk.finalizeClaim(keeper, { claimsModule, claimId }));
    const ended = sdk.getClaimFinalizedEvent(final, { claimsModule });
    expect(ended).toMatchObject({ accepted: true, paid: asked.amount });
    expect((await balanceOf(chain.client, { token, owner })) - before).toBe(asked.amount);
    for (const assessor of assessors) {
      const settled = sdk.settleBallot(keeper, { claimsModule, claimId, assessor: assessor.account.address });
      const { fee } = sdk.getBallotSettledEvent(await chain.receipt(settled), { claimsModule });
      const receiver = assessor.account.address;
      expect((await sdk.simulateWithdrawFees(assessor, { claimsModule, receiver })).assets).toBe(fee);
      await sdk.withdrawFees(assessor, { claimsModule, receiver });
    }
    expect((await sdk.simulateWithdrawFees(holder, { claimsModule, receiver: owner })).assets).toBe(MIN_DEPOSIT);
    await chain.travel(14n * DAY);
    await sdk.unbondAssessor(assessors[0] as Wallet, { claimsModule, assets: 100_000n * UNIT, receiver: owner });
    expect(await sdk.getCoverStatus(chain.client, { pool, coverId })).toMatchObject({
      ...{ claim: "none", remaining: 9_000n * UNIT },
    });
    await isWhole();
  });

  test("roles: a pause moves every deadline, a guardian stops, the DAO announces", async () => {
    const { pool, coverManager, incidentModule, vault, authority: manager } = world;
    const admin = chain.wallet(0);
    const before = await sdk.getPoolHealth(chain.client, { pool });
    await sdk.pauseClaims(admin, { pool, duration: 5n * DAY });
    await chain.travel(3n * DAY);
    const paused = await sdk.getPoolHealth(chain.client, { pool });
    expect(paused.time - before.time).toBeLessThan(60n); // it stands still
    expect(paused.pausedUntil).toBeGreaterThan(paused.timestamp);
    await isWhole();
    await sdk.resumeClaims(admin, { pool });
    expect(await refusal(sdk.resumeClaims(admin, { pool }))).toBe("UnderwritingPool__NotPaused");
    expect(await refusal(sdk.disputeIncident(admin, { incidentModule, incidentId: 1n }))).toBe(
      "IncidentModule__NotOpen",
    );

    const asked = { product: 0, amount: UNIT, period: PERIOD };
    const quoted = async () => sdk.quoteCover(await sdk.getPoolHealth(chain.client, { pool }), asked).refusal;
    await sdk.stopUnderwriting(admin, { pool });
    const terms = { pool, assets: UNIT, receiver: owner, minShares: 0n };
    expect(await refusal(sdk.underwrite(underwriter, terms))).toBe("UnderwritingPool__DepositsStopped");
    await sdk.resumeUnderwriting(admin, { pool });
    await sdk.stopBuys(admin, { coverManager });
    expect(await quoted()).toBe("stopped");
    await sdk.resumeBuys(admin, { coverManager });
    expect(await quoted()).toBe(undefined);
    await sdk.lowerProductCap(admin, { coverManager, product: 0, capBps: 0n });
    expect(await quoted()).toBe("full");
    await sdk.stopProduct(admin, { coverManager, product: 0 });
    expect(await quoted()).toBe("stopped");

    const next = { vault, deductibleBps: 500, capBps: 4_000, multiplierBps: 20_000 };
    for (const call of [
      sdk.prepareScheduleProduct({ coverManager, product: 0, terms: next }),
      sdk.prepareSchedulePremiumModel({ coverManager, premiumModel: world.model }),
      sdk.prepareSetCoverFees({ coverManager, daoFeeBps: 0n, reserveFeeBps: 3_000n }),
    ])
      await executeCall(admin, { manager, call });
    const dispute = sdk.prepareResolveDispute({ incidentModule, incidentId: 1n, isVoided: true });
    expect(await refusal(executeCall(admin, { manager, call: dispute }))).toBe("IncidentModule__NotOpen");
    expect(await refusal(sdk.applyProduct(keeper, { coverManager, product: 0 }))).toBe("CoverManager__NotYet");
    await chain.travel(24n * DAY);
    await sdk.applyProduct(keeper, { coverManager, product: 0 });
    const health = await sdk.getPoolHealth(chain.client, { pool });
    expect(health).toMatchObject({ daoFeeBps: 0n, reserveFeeBps: 3_000n, products: [next] });
    expect(await quoted()).toBe(undefined);
  });

  test("the replay: a log less, and the books are others", async () => {
    const { pool, coverManager } = world;
    const at = await chain.now();
    const found = await getLogs(chain.client, { address: [pool, coverManager], fromBlock: 0n, toBlock: "latest" });
    const logs = await Promise.all(
      found.map(async (log) => {
        const block = await chain.request("eth_getBlockByHash", [log.blockHash, false]);
        return { ...log, timestamp: BigInt((block as { timestamp: string }).timestamp) };
      }),
    );
    const whole = sdk.replayPool(logs, { pool, coverManager, at });
    expect(whole.assets).toBeGreaterThan(0n);
    const named = logs.filter(({ topics }) => topics[0] === keccak256(stringToHex(DEPOSITED)));
    expect(named).toHaveLength(1);
    const less = sdk.replayPool(
      logs.filter((log) => !named.includes(log)),
      { pool, coverManager, at },
    );
    expect(whole.assets - less.assets).toBe(1_000_000n * UNIT);
    // What others emit is no news.
    const forged = named.map((log) => ({ ...log, address: coverManager }));
    expect(sdk.replayPool([...logs, ...forged], { pool, coverManager, at })).toEqual(whole);
  });

  test("evidence: the same whatever the order, and only JSON", () => {
    const one = sdk.digestEvidence({ b: [1, 1e21, 0.1, -0, true, null], a: { é: "\u2028\n", "€": "x", "": "" } });
    const other = sdk.digestEvidence({ a: { "": "", "€": "x", é: "\u2028\n" }, b: [1, 1e21, 0.1, 0, true, null] });
    expect(one).toBe(other);
    // RFC 8785, 3.2.3: sorted by UTF-16 units.
    const text = `{"a":{"":"","é":"\u2028\\n","€":"x"},"b":[1,1e+21,0.1,0,true,null]}`;
    expect(one).toBe(sha256(stringToHex(text)));
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800", { a: undefined }, [undefined], 1n])
      expect(() => sdk.digestEvidence(wrong as never)).toThrow(TypeError);
  });
});

const DEPOSITED = "Deposited(address,address,uint256,uint256)";
