import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import { getEip712Domain, signTypedData } from "viem/actions";
import { nonces2 as nonces } from "../abis/MillGovernor.ts";
import { read } from "../core/read.ts";
import { senderOf, signerOf } from "../core/sender.ts";
import { SUPPORT, type Support } from "./vote.ts";
import { encodeParts, FRACTIONAL, type Parts } from "./voteFractional.ts";

// No spread: a bundler keeps an array with one even when nothing uses it.
const types = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
  ExtendedBallot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "reason", type: "string" },
    { name: "params", type: "bytes" },
  ],
} as const;
const KEY_BITS = 192;

/** A vote that somebody else can send. */
export type Ballot = {
  readonly proposalId: bigint;
  /** 0 against, 1 for, 2 abstain, 255 split as `params` says. */
  readonly support: number;
  readonly voter: Address;
  readonly reason: string;
  readonly params: Hex;
  readonly signature: Hex;
};

/**
 * Signs a vote that anyone can send. Each proposal has a nonce of its own, so ballots on several don't wait for each other.
 *
 * @example
 * const ballot = await signVote(client, { governor, proposalId, support: "for", reason: "" });
 */
export async function signVote<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: signVote.Parameters<account>,
): Promise<Ballot> {
  const { governor, proposalId, support, reason, account } = parameters as signVote.Parameters<undefined>;
  const voter = senderOf(client, account);
  const answer = typeof support === "string" ? SUPPORT.indexOf(support) : FRACTIONAL;
  const params = typeof support === "string" ? "0x" : encodeParts(support);
  const [{ domain }, nonce] = await Promise.all([
    getEip712Domain(client, { address: governor }),
    read(client, nonces, governor, [voter, BigInt.asUintN(KEY_BITS, proposalId)], {}),
  ]);
  const { name, version, chainId, verifyingContract } = domain;
  const ballot = { proposalId, support: answer, voter, nonce };
  const how = {
    account: signerOf(client, account),
    domain: { name, version, chainId, verifyingContract },
    types,
  } as const;
  const signature = await (reason || params !== "0x"
    ? signTypedData(client, { ...how, primaryType: "ExtendedBallot", message: { ...ballot, reason, params } })
    : signTypedData(client, { ...how, primaryType: "Ballot", message: ballot }));
  return { proposalId, support: answer, voter, reason, params, signature };
}

export declare namespace signVote {
  type Parameters<account extends Account | undefined = Account | undefined> = {
    governor: Address;
    proposalId: bigint;
    /** One answer, or votes per answer in token wei. */
    support: Support | Parts;
    /** For others to read; may be empty. */
    reason: string;
  } & (account extends Account ? { account?: Account | Address } : { account: Account | Address });
}
