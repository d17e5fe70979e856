import { type Address, getAddress, type Hex, numberToHex } from "viem";

/** Numbers that look random and are the same in every run. */
export function randomFrom(seed: bigint) {
  let state = BigInt.asUintN(64, seed) || 1n;
  /** xorshift64*: https://www.jstatsoft.org/article/view/v008i14 */
  const next = (): bigint => {
    state ^= state >> 12n;
    state ^= BigInt.asUintN(64, state << 25n);
    state ^= state >> 27n;
    return BigInt.asUintN(64, state * 2_685_821_657_736_338_717n);
  };
  const word = (): bigint => (next() << 192n) | (next() << 128n) | (next() << 64n) | next();
  /** Below 2^bits, small ones as likely as large ones, the ends more likely than any. */
  const uint = (bits: number): bigint => {
    const choice = next() % 16n;
    if (choice === 0n) return 0n;
    if (choice === 1n) return 2n ** BigInt(bits) - 1n;
    return BigInt.asUintN(Number(next() % BigInt(bits)) + 1, word());
  };
  const below = (limit: number): number => Number(next() % BigInt(limit));
  const bytes = (length: number): Hex => {
    const hex = Array.from({ length }, () => below(256).toString(16).padStart(2, "0"));
    return `0x${hex.join("")}`;
  };
  return {
    uint,
    below,
    bytes,
    within: (low: bigint, high: bigint): bigint => low + (word() % (high - low + 1n)),
    address: (): Address => getAddress(numberToHex(BigInt.asUintN(160, word()), { size: 20 })),
    text: (): string => Array.from({ length: below(40) }, () => String.fromCodePoint(32 + below(0x2fff))).join(""),
    list: <item>(max: number, make: () => item): item[] => Array.from({ length: below(max + 1) }, make),
    pick: <item>(items: readonly item[]): item => items[below(items.length)] as item,
  };
}

export type Random = ReturnType<typeof randomFrom>;
