import type { Address } from "viem";
import { Deposit } from "../abis/CompoundingVault.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says what a deposit or mint brought: its sender, the owner of the new shares, assets and shares.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getDepositEvent(receipt, { vault });
 */
export function getDepositEvent(receipt: Receipt, { vault }: getDepositEvent.Parameters): EventArgs<typeof Deposit> {
  return getEvent(Deposit, receipt, vault);
}

export declare namespace getDepositEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    vault: Address;
  };
}
