import { type Hex, sha256, stringToHex } from "viem";

/** What a claim rests on, as JSON: amounts as strings, since JSON's numbers are not exact. */
export type Evidence = null | boolean | number | string | readonly Evidence[] | { readonly [key: string]: Evidence };

/**
 * Makes the digest that a claim carries, offline: SHA-256 of the canonical JSON (RFC 8785) of the evidence. Whoever has the
 * evidence can make it again, whatever the order of its keys.
 *
 * @throws {TypeError} for what is not JSON: numbers that are not finite, half of a surrogate pair, undefined
 * @example
 * const digest = digestEvidence({ vault, block: "20000000", lost: "1000000000", links: ["ipfs://report"] });
 */
export function digestEvidence(evidence: Evidence): Hex {
  return sha256(stringToHex(canonical(evidence)));
}

/** Not well-formed: UTF-8 can't write it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Keys in the order of their UTF-16 units, no spaces; numbers and strings as ECMAScript writes them. */
function canonical(value: Evidence): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, member]) => `${canonical(key)}:${canonical(member)}`).join(",")}}`;
  }
  const isJson = typeof value === "string" ? !LONE_SURROGATE.test(value) : Number.isFinite(value ?? 0);
  if (value === undefined || (typeof value !== "boolean" && !isJson))
    throw new TypeError(`${String(value)} is not JSON.`);
  return JSON.stringify(value);
}
