import type { Account, Address } from "viem";

/** @internal */
export type Sender = { readonly account?: Account | undefined };

/** @internal Who calls or signs: the account given, or the client's. Types ask for the one where the other is missing. */
export function signerOf(client: Sender, account: Account | Address | undefined): Account | Address {
  return (account ?? client.account) as Account | Address;
}

/** @internal Where a call comes from. */
export function senderOf(client: Sender, account: Account | Address | undefined): Address {
  const signer = signerOf(client, account);
  return typeof signer === "object" ? signer.address : signer;
}
