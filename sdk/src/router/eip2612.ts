import type { Hex } from "viem";
import type { Permit } from "../permit/signPermit.ts";

/** @internal A permit as the router takes it: who signed and for how much follow from the call. */
export function eip2612({ deadline, v, r, s }: Permit): { deadline: bigint; v: number; r: Hex; s: Hex } {
  return { deadline, v, r, s };
}
