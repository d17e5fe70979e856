import type { Address } from "viem";
import { scheduleModel as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";

/**
 * Encodes the announcement of another premium curve. ADMIN: the DAO, by a proposal.
 *
 * @example
 * const call = prepareSchedulePremiumModel({ coverManager, premiumModel });
 */
export function prepareSchedulePremiumModel({
  coverManager,
  premiumModel,
}: prepareSchedulePremiumModel.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, [premiumModel]);
}

export declare namespace prepareSchedulePremiumModel {
  type Parameters = {
    coverManager: Address;
    /** In force 24 days later, for later premiums. */
    premiumModel: Address;
  };
}
