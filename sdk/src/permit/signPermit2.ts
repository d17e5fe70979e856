import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import { getChainId, signTypedData } from "viem/actions";
import { senderOf, signerOf } from "../core/sender.ts";

const types = {
  PermitTransferFrom: [
    { name: "permitted", type: "TokenPermissions" },
    { name: "spender", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  TokenPermissions: [
    { name: "token", type: "address" },
    { name: "amount", type: "uint256" },
  ],
} as const;

/** A transfer by signature: a spender may take exactly this, once, through Permit2. */
export type Permit2 = {
  readonly owner: Address;
  readonly spender: Address;
  readonly token: Address;
  /** In token wei. */
  readonly amount: bigint;
  readonly nonce: bigint;
  /** Last second at which it can be used. */
  readonly deadline: bigint;
  readonly signature: Hex;
};

/**
 * Signs a Permit2 transfer that its spender can make once. The owner must have approved Permit2 for the token; that
 * approval serves every spender, each with a signature of its own.
 *
 * @example
 * const transfer = await signPermit2(client, { permit2, token, spender: router, amount: 1_000_000n, nonce: 5n, deadline });
 */
export async function signPermit2<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: signPermit2.Parameters<account>,
): Promise<Permit2> {
  const { permit2, token, spender, amount, nonce, deadline, account } = parameters as signPermit2.Parameters<undefined>;
  const chainId = await getChainId(client);
  const domain = { name: "Permit2", chainId, verifyingContract: permit2 };
  const message = { permitted: { token, amount }, spender, nonce, deadline };
  const signed = {
    account: signerOf(client, account),
    domain,
    types,
    primaryType: "PermitTransferFrom",
    message,
  } as const;
  const signature = await signTypedData<typeof types, "PermitTransferFrom", Chain | undefined, Account | undefined>(
    client,
    signed,
  );
  return { owner: senderOf(client, account), spender, token, amount, nonce, deadline, signature };
}

export declare namespace signPermit2 {
  type Parameters<account extends Account | undefined = Account | undefined> = {
    /** As the spender names it: a router's is in `getRouter`. */
    permit2: Address;
    token: Address;
    /** May take the tokens, and nobody else. */
    spender: Address;
    /** In token wei: exactly what is taken. */
    amount: bigint;
    /** Any number that the owner has not used with Permit2 before; the order is free. */
    nonce: bigint;
    /** Last second at which the signature can be used. */
    deadline: bigint;
  } & (account extends Account ? { account?: Account | Address } : { account: Account | Address });
}
