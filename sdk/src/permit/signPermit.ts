import {
  type Account,
  type Address,
  type Chain,
  type Client,
  domainSeparator,
  type Hex,
  parseSignature,
  type Transport,
  type TypedDataDomain,
} from "viem";
import { getChainId, getEip712Domain, signTypedData } from "viem/actions";
import { version } from "../abis/MillGovernor.ts";
import { DOMAIN_SEPARATOR, name, nonces } from "../abis/MillToken.ts";
import { read } from "../core/read.ts";
import { senderOf, signerOf } from "../core/sender.ts";
import { PermitDomainError } from "../errors/PermitDomainError.ts";

const types = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** An approval by signature (EIP-2612), complete but for the token. */
export type Permit = {
  readonly owner: Address;
  readonly spender: Address;
  /** In token wei. */
  readonly amount: bigint;
  /** Last second at which it can be used. */
  readonly deadline: bigint;
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
};

/**
 * Signs an EIP-2612 permit with the nonce that the token expects next. What the signature is for is compared with the
 * token's own separator, so that a token with another name or version than it says is found before it refuses.
 *
 * @throws {PermitDomainError} when the token signs under another domain than it says
 * @example
 * const signed = await signPermit(client, { token, spender, amount: 1_000_000n, deadline });
 */
export async function signPermit<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: signPermit.Parameters<account>,
): Promise<Permit> {
  const { token, spender, amount, deadline, account } = parameters as signPermit.Parameters<undefined>;
  const owner = senderOf(client, account);
  const [nonce, separator, domain] = await Promise.all([
    read(client, nonces, token, [owner], {}),
    read(client, DOMAIN_SEPARATOR, token, [], {}),
    getDomain(client, token),
  ]);
  if (domainSeparator({ domain }) !== separator) throw new PermitDomainError(token, separator);
  const message = { owner, spender, value: amount, nonce, deadline };
  const signed = { account: signerOf(client, account), domain, types, primaryType: "Permit", message } as const;
  const { r, s, yParity } = parseSignature(
    await signTypedData<typeof types, "Permit", Chain | undefined, Account | undefined>(client, signed),
  );
  return { owner, spender, amount, deadline, v: yParity + 27, r, s };
}

/** ERC-5267, or what tokens have that are older. */
async function getDomain(client: Client, token: Address): Promise<TypedDataDomain> {
  try {
    const { domain } = await getEip712Domain(client, { address: token });
    const { name, version, chainId, verifyingContract } = domain;
    return { name, version, chainId, verifyingContract };
  } catch {
    const [chainId, ownName, ownVersion] = await Promise.all([
      getChainId(client),
      read(client, name, token, [], {}),
      read(client, version, token, [], {}).catch(() => "1"),
    ]);
    return { name: ownName, version: ownVersion, chainId, verifyingContract: token };
  }
}

export declare namespace signPermit {
  type Parameters<account extends Account | undefined = Account | undefined> = {
    token: Address;
    /** May take the tokens. */
    spender: Address;
    /** In token wei. */
    amount: bigint;
    /** Last second at which the permit can be used. */
    deadline: bigint;
  } & (account extends Account ? { account?: Account | Address } : { account: Account | Address });
}
