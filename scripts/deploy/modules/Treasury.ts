import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { zeroAddress } from "viem";
import type { Parameters } from "../parameters.ts";
import type { authority } from "./Authority.ts";
import { caller, listing, mapping, type vaults } from "./Vaults.ts";

const BPS = 10_000;
const MILL_DECIMALS = 18;

/** The token, whose whole supply waits in the launch; staking; and where revenue goes. */
export function treasury(
  { token, staking, revenue }: Parameters,
  needed: { readonly authority: ReturnType<typeof authority>; readonly vaults: ReturnType<typeof vaults> },
) {
  return buildModule("Treasury", (m) => {
    const { timelock, manager } = m.useModule(needed.authority);
    const { launch } = m.useModule(needed.vaults);
    const { reward } = staking;
    const millToken = m.contract("MillToken", [timelock, launch, token.supply, token.mintPerYear]);
    const voteStaking = m.contract("VoteStaking", [millToken, reward === "MILL" ? millToken : reward.address]);
    const treasury = m.contract("Treasury", [manager, millToken]);
    const decimals = reward === "MILL" ? MILL_DECIMALS : reward.decimals;
    const { treasuryBps, reserveBps } = revenue;
    const reserve = revenue.reserve === "none" ? zeroAddress : revenue.reserve;
    const split = { stakersBps: BPS - treasuryBps - reserveBps, treasuryBps, reserveBps, reserve };
    const revenueSplitter = m.contract("RevenueSplitter", [manager, voteStaking, treasury, split]);
    const revenueAuction = m.contract("RewardAuction", [revenueSplitter], { id: "RevenueAuction" });
    const payrollStreams = m.contract("PayrollStreams");
    const call = caller(m, manager);
    const calls = [
      ...mapping(m, manager, treasury),
      ...mapping(m, manager, revenueAuction),
      call(revenueSplitter, "setAuction", [revenueAuction]),
      ...revenue.sells.map((sold, index) => call(revenueAuction, "list", listing(sold, decimals), `${index}`)),
    ];
    m.call(manager, "multicall", [calls], { id: "configure" });
    return { millToken, voteStaking, treasury, revenueSplitter, revenueAuction, payrollStreams };
  });
}
