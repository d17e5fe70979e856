import type { Address } from "viem";
import { VaultCreated } from "../abis/VaultFactory.ts";
import { type EventArgs, getEvent, type Receipt } from "../core/event.ts";

/**
 * Says which vault was made, for which asset and by whom.
 *
 * @throws {EventNotFoundError} when there is none
 * @example
 * const event = getVaultCreatedEvent(receipt, { vaultFactory });
 */
export function getVaultCreatedEvent(
  receipt: Receipt,
  { vaultFactory }: getVaultCreatedEvent.Parameters,
): EventArgs<typeof VaultCreated> {
  return getEvent(VaultCreated, receipt, vaultFactory);
}

export declare namespace getVaultCreatedEvent {
  type Parameters = {
    /** Only what this contract emitted counts. */
    vaultFactory: Address;
  };
}
