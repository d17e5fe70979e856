import type { Account, Address } from "viem";

/** @internal */
export type Sender = { readonly account?: Account | undefined };

/** @internal The address that a call comes from: of the account given, or the client's. */
export function senderOf(client: Sender, account: Account | Address | undefined = client.account): Address {
  return typeof account === "object" ? account.address : (account as Address);
}
