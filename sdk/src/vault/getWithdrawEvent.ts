import type { Address } from "viem";
import { Withdraw } from "../abis/CompoundingVault.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a withdrawal or redemption paid: sender, receiver, owner, assets and shares.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getWithdrawEvent(receipt, { vault });
 */
export function getWithdrawEvent(receipt: Receipt, { vault }: getWithdrawEvent.Parameters): EventArgs<typeof Withdraw> {
  return getEvent(Withdraw, receipt, vault);
}

export declare namespace getWithdrawEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    vault: Address;
  };
}
