export { claimMerkl, type MerklGrant, prepareClaimMerkl } from "./claimMerkl.ts";
export { claimRewards, prepareClaimRewards } from "./claimRewards.ts";
export { forwardReward, prepareForwardReward } from "./forwardReward.ts";
export { type CompoundStatus, getCompoundStatus } from "./getCompoundStatus.ts";
export { getRewardsClaimedEvents } from "./getRewardsClaimedEvents.ts";
