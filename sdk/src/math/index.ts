export { type Accrued, accrueTo, feeShares, isOpen, maxGain, type VaultBooks } from "./accrueTo.ts";
export { apyBetween, type PricePoint } from "./apy.ts";
export { auctionPayment, auctionPrice } from "./auction.ts";
export {
  armedEntry,
  billedUntil,
  claimDeposit,
  coverEntry,
  coverPayout,
  coverPremium,
  coverRefund,
  coverThreshold,
  type InsuredShares,
  lossPrice,
  type PoolSupply,
  type PremiumCurve,
  recoveryKept,
  requestValue,
  toPoolAssets,
  toPoolShares,
} from "./cover.ts";
export type { Rounding } from "./integers.ts";
export { type GainLock, LOCK_PERIOD, lockedAt, lockGain } from "./lock.ts";
export {
  classify,
  type PolicyEntry,
  PROPOSAL_RULES,
  type ProposalClass,
  type ProposalRules,
  quorum,
} from "./proposals.ts";
export { assetsAt, PAR, pricePerShare, type Supply, toAssets, toShares } from "./shares.ts";
