export { claimRewards, prepareClaimRewards } from "./claimRewards.ts";
export { type CompoundStatus, getCompoundStatus } from "./getCompoundStatus.ts";
