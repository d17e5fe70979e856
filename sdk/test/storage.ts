import { encodeAbiParameters, type Hex, keccak256, numberToHex, pad } from "viem";

/** A word of storage, as a state override wants it. */
export type Slot = { readonly slot: Hex; readonly value: Hex };

/** Fields side by side, the first in the lowest bits, as Solidity packs them. */
export function packed(slot: bigint, fields: readonly (readonly [value: bigint, bits: number])[]): Slot {
  const word = fields.reduceRight((rest, [value, bits]) => (rest << BigInt(bits)) | value, 0n);
  return { slot: pad(numberToHex(slot)), value: pad(numberToHex(word)) };
}

/** Where a mapping at `slot` keeps the value of an address. */
export function ofAddress(key: Hex, slot: bigint): bigint {
  return BigInt(keccak256(encodeAbiParameters([{ type: "address" }, { type: "uint256" }], [key, slot])));
}

/** Where an array at `slot` keeps its first item. */
export function itemsOf(slot: bigint): bigint {
  return BigInt(keccak256(pad(numberToHex(slot))));
}
