import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type Abi, type AbiFunction, decodeFunctionData, keccak256, stringToHex, toFunctionSelector } from "viem";
import { describe, expect, test } from "vitest";
import * as allocator from "../src/allocator/index.ts";
import * as curator from "../src/curator/index.ts";
import { PermitTooSmallError } from "../src/errors/index.ts";
import * as factory from "../src/factory/index.ts";
import * as governor from "../src/governor/index.ts";
import type { Call } from "../src/index.ts";
import * as insurance from "../src/insurance/index.ts";
import * as keeper from "../src/keeper/index.ts";
import * as permit from "../src/permit/index.ts";
import * as rewards from "../src/rewards/index.ts";
import * as roles from "../src/roles/index.ts";
import * as router from "../src/router/index.ts";
import * as staking from "../src/staking/index.ts";
import * as token from "../src/token/index.ts";
import * as treasury from "../src/treasury/index.ts";
import * as vault from "../src/vault/index.ts";
import { type Random, randomFrom } from "./random.ts";

const RUNS = 1_000;
const UINT = 256;
const ROUTER = "0x00000000000000000000000000000000000000Ee";

type Parameters = Record<string, unknown>;
/** How to make a parameter; the first one is where the call goes. */
type Makers = Record<string, (random: Random) => unknown>;
/** Makers, and what the contract gets when it is not the parameters in their order. */
type Case = { readonly makers: Makers; readonly args?: (parameters: Parameters) => readonly unknown[] };

const address = (random: Random) => random.address();
const amount = (random: Random) => random.uint(UINT);
const word = (random: Random) => random.bytes(32);
const seconds = (random: Random) => random.below(2 ** 32);
const bps = (random: Random) => random.below(2 ** 16);
const text = (random: Random) => random.text();
const ofVault = (makers: Makers): Case => ({ makers: { vault: address, ...makers } });
const ofGovernor = (makers: Makers): Case => ({ makers: { governor: address, ...makers } });

const ofAuction = (makers: Makers): Case => ({ makers: { auction: address, token: address, ...makers } });
const ofManager = (makers: Makers): Case => ({ makers: { manager: address, ...makers } });
const action = (random: Random) => ({ to: random.address(), data: random.bytes(4 + random.below(70)) });
const ofCall = (call: unknown): readonly unknown[] => {
  const { to, data } = call as ReturnType<typeof action>;
  return [to, data];
};

const proposal = (random: Random) => ({
  targets: random.list(4, random.address),
  values: random.list(4, () => random.uint(UINT)),
  calldatas: random.list(4, () => random.bytes(random.below(70))),
  description: random.text(),
});
const hashed: Case = {
  makers: { governor: address, proposal },
  args: (parameters) => {
    const { targets, values, calldatas, description } = parameters.proposal as ReturnType<typeof proposal>;
    return [targets, values, calldatas, keccak256(stringToHex(description))];
  },
};
const votes = (random: Random) => random.uint(128);
const ballot = (random: Random) => ({
  proposalId: random.uint(UINT),
  support: random.pick([0, 1, 2, 255]),
  voter: random.address(),
  reason: random.pick(["", random.text()]),
  params: random.pick(["0x", random.bytes(48)]),
  signature: random.bytes(65),
});
const permitOf = (random: Random) => ({
  owner: random.address(),
  spender: random.address(),
  amount: random.uint(UINT),
  deadline: random.uint(UINT),
  v: 27 + random.below(2),
  r: random.bytes(32),
  s: random.bytes(32),
});
const transferOf = (random: Random) => ({
  owner: random.address(),
  spender: random.address(),
  token: random.address(),
  amount: random.uint(UINT),
  nonce: random.uint(UINT),
  deadline: random.uint(UINT),
  signature: random.bytes(65),
});
const grantOf = (random: Random) => ({
  token: random.address(),
  amount: random.uint(UINT),
  proof: random.list(4, () => random.bytes(32)),
});
const signatureOf = ({ deadline, v, r, s }: ReturnType<typeof permitOf>) => ({ deadline, v, r, s });
const ofRouter = (makers: Makers): Case => ({ makers: { router: address, vault: address, ...makers } });
const insured: Makers = {
  coverManager: address,
  product: (random) => random.below(256),
  amount: (random) => random.uint(96),
  period: seconds,
};
const hex = (value: unknown) => (value as bigint).toString(16).padStart(32, "0");

const cases: Readonly<Record<string, Case>> = {
  prepareDeposit: ofVault({ assets: amount, receiver: address }),
  prepareMint: ofVault({ shares: amount, receiver: address }),
  prepareWithdraw: ofVault({ assets: amount, receiver: address, owner: address }),
  prepareRedeem: ofVault({ shares: amount, receiver: address, owner: address }),
  prepareExit: ofVault({
    shares: amount,
    receiver: address,
    owner: address,
    minAssets: amount,
    skip: (random) => random.list(8, random.address),
  }),
  prepareCompound: ofVault({}),
  prepareAccrue: ofVault({}),
  prepareAddAdapter: ofVault({ adapter: address }),
  prepareRemoveAdapter: ofVault({ adapter: address, maxLoss: amount }),
  prepareRecall: ofVault({ adapter: address }),
  prepareRaiseCap: ofVault({ adapter: address, cap: amount }),
  prepareRaiseGroupCap: ofVault({ id: word, absoluteCap: amount, relativeCapBps: amount }),
  prepareRaiseDepositCap: ofVault({ cap: amount }),
  prepareSetFee: ofVault({ feeBps: amount }),
  prepareSetFeeRecipient: ofVault({ recipient: address }),
  prepareSetMaxRate: ofVault({ maxRate: amount }),
  prepareSetTipCap: ofVault({ tipCap: amount }),
  prepareSetGate: ofVault({ gate: address }),
  prepareSetAuction: ofVault({ auction: address }),
  prepareReanchorEntryMark: ofVault({}),
  prepareResumeDeposits: ofVault({}),
  prepareAllocate: ofVault({ adapter: address, assets: amount }),
  prepareSetOrder: ofVault({ adapters: (random) => random.list(8, random.address) }),
  prepareSetBuffer: ofVault({ bufferBps: amount }),
  prepareLowerCap: ofVault({ adapter: address, cap: amount }),
  prepareLowerGroupCap: ofVault({ id: word, absoluteCap: amount, relativeCapBps: amount }),
  prepareLowerDepositCap: ofVault({ cap: amount }),
  prepareDeallocate: ofVault({ adapter: address, assets: amount }),
  prepareEmergencyExit: ofVault({ adapter: address }),
  prepareStopDeposits: ofVault({}),
  prepareBuyCover: {
    makers: {
      coverManager: address,
      product: (random) => random.below(256),
      amount: (random) => random.uint(96),
      period: seconds,
      shares: amount,
      maxPremium: amount,
      receiver: address,
    },
    args: ({ coverManager: _, ...purchase }) => [purchase],
  },
  prepareArmCover: { makers: { coverManager: address, coverId: amount, shares: amount } },
  prepareDisarmCover: { makers: { coverManager: address, coverId: amount, shares: amount, receiver: address } },
  prepareExtendCover: { makers: { coverManager: address, coverId: amount, period: seconds, maxPremium: amount } },
  prepareCancelCover: { makers: { coverManager: address, coverId: amount } },
  preparePokeProduct: { makers: { coverManager: address, product: (random) => random.below(256) } },
  prepareCollectRecovery: { makers: { coverManager: address, product: (random) => random.below(256) } },
  prepareApplyProduct: { makers: { coverManager: address, product: (random) => random.below(256) } },
  prepareOpenIncident: { makers: { incidentModule: address, coverId: amount } },
  prepareFileCover: { makers: { incidentModule: address, coverId: amount } },
  prepareRecordPrice: { makers: { incidentModule: address, incidentId: amount } },
  prepareCloseIncident: { makers: { incidentModule: address, incidentId: amount } },
  prepareSettleCover: { makers: { incidentModule: address, coverId: amount } },
  prepareReleaseCover: { makers: { incidentModule: address, coverId: amount } },
  prepareBondAssessor: { makers: { claimsModule: address, assets: (random) => random.uint(96) } },
  prepareUnbondAssessor: { makers: { claimsModule: address, assets: (random) => random.uint(96), receiver: address } },
  prepareFileClaim: {
    makers: { claimsModule: address, coverId: amount, amount: (random) => random.uint(96), evidence: word },
  },
  prepareVoteOnClaim: {
    makers: { claimsModule: address, claimId: amount, accept: (random) => random.below(2) === 1, reason: word },
  },
  prepareChallengeClaim: { makers: { claimsModule: address, claimId: amount } },
  prepareEscalateClaim: { makers: { claimsModule: address, claimId: amount } },
  prepareFinalizeClaim: { makers: { claimsModule: address, claimId: amount } },
  prepareSettleBallot: { makers: { claimsModule: address, claimId: amount, assessor: address } },
  prepareWithdrawFees: { makers: { claimsModule: address, receiver: address } },
  prepareUnderwrite: { makers: { pool: address, assets: amount, receiver: address, minShares: amount } },
  prepareRequestRedeem: { makers: { pool: address, shares: amount, receiver: address } },
  prepareCancelRequest: { makers: { pool: address, requestId: amount } },
  prepareFinalizeRedeem: { makers: { pool: address, requestId: amount, minAssets: amount } },
  prepareFetchOwed: { makers: { pool: address, receiver: address } },
  preparePauseClaims: { makers: { pool: address, duration: amount } },
  prepareResumeClaims: { makers: { pool: address } },
  prepareStopUnderwriting: { makers: { pool: address } },
  prepareResumeUnderwriting: { makers: { pool: address } },
  prepareStopProduct: { makers: { coverManager: address, product: (random) => random.below(256) } },
  prepareLowerProductCap: { makers: { coverManager: address, product: (random) => random.below(256), capBps: amount } },
  prepareStopBuys: { makers: { coverManager: address } },
  prepareResumeBuys: { makers: { coverManager: address } },
  prepareDisputeIncident: { makers: { incidentModule: address, incidentId: amount } },
  prepareScheduleProduct: {
    makers: {
      coverManager: address,
      product: (random) => random.below(256),
      terms: (random) => ({
        vault: random.address(),
        deductibleBps: bps(random),
        capBps: bps(random),
        multiplierBps: bps(random),
      }),
    },
  },
  prepareSchedulePremiumModel: { makers: { coverManager: address, premiumModel: address } },
  prepareSetCoverFees: { makers: { coverManager: address, daoFeeBps: amount, reserveFeeBps: amount } },
  prepareResolveDispute: {
    makers: { incidentModule: address, incidentId: amount, isVoided: (random) => random.below(2) === 1 },
  },
  prepareListReward: ofAuction({ anchor: amount, minLot: amount }),
  prepareDelistReward: ofAuction({}),
  prepareStartAuction: ofAuction({}),
  prepareStartAuctions: { makers: { auction: address } },
  prepareTakeAuction: ofAuction({
    amount,
    maxPayment: amount,
    receiver: address,
    deadline: amount,
    callbackData: (random) => random.bytes(random.below(70)),
  }),
  prepareClaimRewards: { makers: { adapter: address } },
  prepareForwardReward: { makers: { adapter: address, token: address } },
  prepareClaimMerkl: {
    makers: { adapter: address, distributor: address, grants: (random) => random.list(4, () => grantOf(random)) },
    args: ({ distributor, grants }) => {
      const own = grants as ReturnType<typeof grantOf>[];
      return [
        distributor,
        own.map(({ token: of }) => of),
        own.map((grant) => grant.amount),
        own.map(({ proof }) => proof),
      ];
    },
  },
  prepareCreateVault: {
    makers: {
      vaultFactory: address,
      terms: (random) => ({
        asset: random.address(),
        name: random.text(),
        symbol: random.text(),
        authority: random.address(),
        feeRecipient: random.address(),
        feeBps: random.uint(UINT),
        maxRate: random.uint(UINT),
      }),
      salt: word,
      creationCode: (random) => random.bytes(random.below(70)),
    },
  },
  prepareGrantRole: ofManager({ roleId: (random) => random.uint(64), member: address, executionDelay: seconds }),
  prepareRevokeRole: ofManager({ roleId: (random) => random.uint(64), member: address }),
  prepareRenounceRole: ofManager({ roleId: (random) => random.uint(64), member: address }),
  prepareSetTargetFunctionRole: ofManager({
    target: address,
    selectors: (random) => random.list(4, () => random.bytes(4)),
    roleId: (random) => random.uint(64),
  }),
  prepareScheduleCall: {
    ...ofManager({ call: action, when: seconds }),
    args: ({ call, when }) => [...ofCall(call), when],
  },
  prepareExecuteCall: { ...ofManager({ call: action }), args: ({ call }) => ofCall(call) },
  prepareCancelCall: {
    ...ofManager({ caller: address, call: action }),
    args: ({ caller, call }) => [caller, ...ofCall(call)],
  },
  prepareApprove: { makers: { token: address, spender: address, amount } },
  preparePermit: {
    makers: {
      token: address,
      signed: (random) => ({
        owner: random.address(),
        spender: random.address(),
        amount: random.uint(UINT),
        deadline: random.uint(UINT),
        v: 27 + random.below(2),
        r: random.bytes(32),
        s: random.bytes(32),
      }),
    },
    args: ({ signed }) => Object.values(signed as object),
  },
  prepareDelegate: { makers: { token: address, delegatee: address } },
  preparePropose: {
    makers: {
      governor: address,
      calls: (random) =>
        random.list(4, () => ({
          to: random.address(),
          data: random.bytes(random.below(70)),
          value: random.pick([undefined, random.uint(UINT)]),
        })),
      description: text,
      proposer: address,
    },
    args: ({ calls, description, proposer }) => {
      const actions = calls as { to: string; data: string; value?: bigint }[];
      return [
        actions.map(({ to }) => to),
        actions.map(({ value = 0n }) => value),
        actions.map(({ data }) => data),
        `${description}#proposer=${proposer}`,
      ];
    },
  },
  prepareVote: {
    makers: {
      governor: address,
      proposalId: amount,
      support: (random) => random.pick(["against", "for", "abstain"]),
      reason: text,
    },
    args: ({ proposalId, support, reason }) => [
      proposalId,
      ["against", "for", "abstain"].indexOf(support as string),
      reason,
    ],
  },
  prepareVoteFractional: {
    makers: { governor: address, proposalId: amount, against: votes, for: votes, abstain: votes, reason: text },
    args: ({ proposalId, against, for: inFavour, abstain, reason }) => [
      proposalId,
      255,
      reason,
      `0x${hex(against)}${hex(inFavour)}${hex(abstain)}`,
    ],
  },
  prepareVoteBySig: {
    makers: { governor: address, ballot },
    args: (parameters) => {
      const { proposalId, support, voter, reason, params, signature } = parameters.ballot as ReturnType<typeof ballot>;
      const isPlain = reason === "" && params === "0x";
      return isPlain
        ? [proposalId, support, voter, signature]
        : [proposalId, support, voter, reason, params, signature];
    },
  },
  prepareRelayVotes: { makers: { relay: address, ballots: (random) => random.list(4, () => ballot(random)) } },
  prepareQueue: hashed,
  prepareExecute: hashed,
  prepareCancel: hashed,
  prepareSetVotingDelay: ofGovernor({ votingDelay: seconds }),
  prepareSetVotingPeriod: ofGovernor({ votingPeriod: seconds }),
  prepareSetProposalThreshold: ofGovernor({ votes: amount }),
  prepareSetPolicy: ofGovernor({ policy: address }),
  prepareSetProposalGuardian: ofGovernor({ guardian: address }),
  prepareSetLateQuorumVoteExtension: ofGovernor({ extension: seconds }),
  prepareSetDaoURI: ofGovernor({ uri: text }),
  prepareSetClaimsModule: ofGovernor({ claimsModule: address, allowed: (random) => random.below(2) === 1 }),
  prepareStake: { makers: { staking: address, assets: amount, delegatee: address } },
  prepareLock: { makers: { staking: address, duration: seconds } },
  prepareUnstake: { makers: { staking: address, assets: amount } },
  prepareWithdrawStake: { makers: { staking: address, requestId: amount, receiver: address } },
  prepareClaim: { makers: { staking: address, receiver: address } },
  prepareDelegateSplit: {
    makers: {
      staking: address,
      parts: (random) => random.list(4, () => ({ delegatee: random.address(), bps: bps(random) })),
    },
    args: ({ parts }) => {
      const all = parts as { delegatee: string }[];
      return [all.toSorted((one, other) => (one.delegatee.toLowerCase() < other.delegatee.toLowerCase() ? -1 : 1))];
    },
  },
  prepareNotifyReward: { makers: { staking: address, amount } },
  preparePay: { makers: { treasury: address, token: address, receiver: address, amount } },
  prepareSetBudget: {
    makers: {
      treasury: address,
      id: word,
      terms: (random) => ({
        token: random.address(),
        window: seconds(random),
        expiresAt: seconds(random),
        spender: random.address(),
        capacity: random.uint(208),
      }),
    },
  },
  prepareUnfreezeBudget: { makers: { treasury: address, id: word } },
  prepareUnfreeze: { makers: { treasury: address } },
  prepareFreezeBudget: { makers: { treasury: address, id: word } },
  prepareFreeze: { makers: { treasury: address } },
  prepareSpend: { makers: { treasury: address, id: word, receiver: address, amount } },
  prepareCreateStream: {
    makers: {
      streams: address,
      plan: (random) => ({
        token: random.address(),
        recipient: random.address(),
        refundTo: random.address(),
        amount: random.uint(UINT),
        start: seconds(random),
        cliff: seconds(random),
        end: seconds(random),
      }),
    },
  },
  prepareClaimStream: { makers: { streams: address, streamId: amount, receiver: address } },
  prepareCancelStream: { makers: { streams: address, streamId: amount } },
  prepareConvertRevenue: { makers: { splitter: address, token: address } },
  prepareDistributeRevenue: { makers: { splitter: address } },
  prepareSetRevenueSplit: {
    makers: {
      splitter: address,
      split: (random) => ({
        stakersBps: bps(random),
        treasuryBps: bps(random),
        reserveBps: bps(random),
        reserve: random.address(),
      }),
    },
  },
  prepareRouteDeposit: ofRouter({ assets: amount, receiver: address, minShares: amount, deadline: amount }),
  prepareRouteDepositNative: ofRouter({ assets: amount, receiver: address, minShares: amount, deadline: amount }),
  prepareRouteDepositWithPermit: {
    ...ofRouter({ signed: permitOf, receiver: address, minShares: amount, deadline: amount }),
    args: ({ vault: to, signed, receiver, minShares, deadline }) => {
      const own = signed as ReturnType<typeof permitOf>;
      return [to, own.amount, receiver, minShares, deadline, signatureOf(own)];
    },
  },
  prepareRouteDepositWithPermit2: {
    ...ofRouter({ signed: transferOf, receiver: address, minShares: amount }),
    args: ({ vault: to, signed, receiver, minShares }) => {
      const own = signed as ReturnType<typeof transferOf>;
      return [to, own.amount, receiver, minShares, own.deadline, own.nonce, own.signature];
    },
  },
  prepareDepositAndInsure: {
    ...ofRouter({
      assets: amount,
      receiver: address,
      minShares: amount,
      ...insured,
      maxPremium: amount,
      deadline: amount,
    }),
    args: ({ router: _, deadline, coverManager: manager, ...terms }) => [{ ...terms, manager }, deadline],
  },
  prepareDepositAndInsureWithPermit2: {
    ...ofRouter({
      assets: (random) => random.uint(96),
      receiver: address,
      minShares: amount,
      ...insured,
      signed: (random) => ({ ...transferOf(random), amount: 2n ** 96n + random.uint(200) }),
    }),
    args: ({ router: _, signed, coverManager: manager, ...terms }) => {
      const own = signed as ReturnType<typeof transferOf>;
      const maxPremium = own.amount - (terms.assets as bigint);
      return [{ ...terms, manager, maxPremium }, own.deadline, own.nonce, own.signature];
    },
  },
  prepareRouteMint: ofRouter({ shares: amount, receiver: address, maxAssets: amount, deadline: amount }),
  prepareRouteWithdraw: ofRouter({ assets: amount, receiver: address, maxShares: amount, deadline: amount }),
  prepareRouteRedeem: ofRouter({ shares: amount, receiver: address, minAssets: amount, deadline: amount }),
  prepareRouteRedeemNative: ofRouter({ shares: amount, receiver: address, minAssets: amount, deadline: amount }),
  prepareRouteExit: ofRouter({
    shares: amount,
    receiver: address,
    minAssets: amount,
    skip: (random) => random.list(8, random.address),
    deadline: amount,
  }),
  prepareMigrate: {
    makers: {
      router: address,
      fromVault: address,
      toVault: address,
      shares: amount,
      receiver: address,
      minShares: amount,
      deadline: amount,
    },
  },
  prepareRoutePermit: {
    makers: { router: address, token: address, signed: permitOf },
    args: ({ token: of, signed }) => {
      const own = signed as ReturnType<typeof permitOf>;
      return [of, own.amount, signatureOf(own)];
    },
  },
  prepareRouteCalls: {
    makers: {
      router: () => ROUTER,
      calls: (random) => random.list(4, () => ({ to: ROUTER, data: random.bytes(4 + random.below(70)) })),
    },
    args: ({ calls }) => [(calls as { data: string }[]).map(({ data }) => data)],
  },
};

const modules = {
  allocator,
  curator,
  factory,
  governor,
  insurance,
  keeper,
  permit,
  rewards,
  roles,
  router,
  staking,
  token,
  treasury,
  vault,
};
const prepared = new Map(
  Object.values(modules).flatMap((module) =>
    Object.entries(module).filter(([name]) => name.startsWith("prepare")),
  ) as unknown as [string, (parameters: Parameters) => Call][],
);

describe("calldata", () => {
  test("every prepare… has a case", () => {
    expect([...prepared.keys()].sort()).toEqual(Object.keys(cases).sort());
  });

  test.each([...prepared])(`%s: ${RUNS} random calls decode to what they were made of`, (name, prepare) => {
    const random = randomFrom(BigInt(keccak256(stringToHex(name))));
    const { makers, args } = cases[name] as Case;
    for (let run = 0; run < RUNS; run++) {
      const parameters = Object.fromEntries(Object.entries(makers).map(([key, make]) => [key, make(random)]));
      const [to, ...inOrder] = Object.values(parameters);
      const call = prepare(parameters);
      const decoded = decodeFunctionData({ abi: call.abi as Abi, data: call.data });
      deepStrictEqual(decoded.args ?? [], args?.(parameters) ?? inOrder); // a hundred thousand times: faster than expect
      deepStrictEqual([decoded.functionName, call.to, call.address], [call.functionName, to, to]);
      strictEqual(call.data.slice(0, 10), toFunctionSelector(call.abi[0] as AbiFunction));
    }
  });

  test("a Permit2 signature for less than the deposit is no call, and says so with both amounts", () => {
    const random = randomFrom(1n);
    const { makers } = cases.prepareDepositAndInsureWithPermit2 as Case;
    const parameters = Object.fromEntries(Object.entries(makers).map(([key, make]) => [key, make(random)]));
    const signing = (amount: bigint) => ({ ...parameters, signed: { ...transferOf(random), amount }, assets: 1_000n });
    const prepare = prepared.get("prepareDepositAndInsureWithPermit2") as (parameters: Parameters) => Call;
    expect(() => prepare(signing(999n))).toThrow(PermitTooSmallError);
    expect(() => prepare(signing(999n))).toThrow(expect.objectContaining({ amount: 999n, assets: 1_000n }));
    expect(prepare(signing(1_000n)).args[0]).toMatchObject({ assets: 1_000n, maxPremium: 0n });
  });
});
