import {
  type Abi,
  type Address,
  concatHex,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  numberToHex,
  pad,
  size,
} from "viem";
import { call } from "viem/actions";
import { code } from "../abis/ReadLens.ts";
import type { Fragment, Result } from "./call.ts";
import { named } from "./named.ts";
import type { ReadClient, ReadOptions } from "./read.ts";

/** A view to read. Its address and its arguments may be words of what steps before it answered. */
export type Step = readonly [abi: Fragment, target: Address, args: readonly unknown[], mayFail?: true];
/**
 * Steps that run once per element of the array that the step `list` answered, `stride` words per element, or with a stride
 * of 0 once per number below the number that it answered. All of them may fail.
 */
export type Each<steps extends readonly Step[]> = {
  readonly list: number;
  readonly stride: number;
  readonly steps: steps;
};

/** @internal What steps answer, in their order. */
export type Answers<steps extends readonly Step[]> = {
  readonly [index in keyof steps]: steps[index] extends readonly [unknown, unknown, unknown, true]
    ? Result<steps[index][0]> | undefined
    : Result<steps[index][0]>;
};
type Round<steps extends readonly Step[]> = { readonly [index in keyof steps]: Result<steps[index][0]> | undefined };

/** Added to the length of an answer that is zeros alone, which is not sent. */
const ZEROS = 0x8000;

/** @internal A word of what a step answers, for the steps after it. `BigInt` or `pad` makes it a number or 32 bytes. */
export function answer(step: number, word = 0): Address {
  return `0x6d696c6c726163652e616e7377657221${(step * 65_536 + word).toString(16).padStart(8, "0")}`;
}

/** @internal A word of the element that a round is about. */
export function element(word = 0): Address {
  return answer(0xffff, word);
}

/** @internal Reads steps in one `eth_call`, so that all of it is of one block, by code that is deployed nowhere. */
export async function readLens<const first extends readonly Step[], const each extends readonly Step[] = []>(
  client: ReadClient,
  first: first,
  options: ReadOptions,
  each?: Each<each>,
): Promise<{ timestamp: bigint; answers: Answers<first>; rounds: readonly Round<each>[] }> {
  const { list = 0, stride = 0, steps: repeated = [] } = each ?? {};
  const steps = [...first, ...repeated].map(([abi, target, args, mayFail]) => {
    const calldata = encodeFunctionData<Abi>({ abi, functionName: abi[0].name, args });
    return concatHex([mayFail ? "0x01" : "0x00", target, numberToHex(size(calldata), { size: 2 }), calldata]);
  });
  const head = [first.length, list, stride].map((number) => numberToHex(number, { size: 2 }));
  const how = { ...options, code, data: concatHex([...head, ...steps]) };
  const { data = "0x" } = await named(call(client, how));
  let next = 2;
  const take = (bytes: number): Hex => {
    next += 2 * bytes;
    return `0x${data.slice(next - 2 * bytes, next)}`;
  };
  const timestamp = BigInt(take(32));
  const takeAnswer = ([abi, , , mayFail]: Step, inRound: boolean) => {
    const length = Number(take(2));
    const said = length < ZEROS ? take(length) : pad("0x", { size: length - ZEROS });
    try {
      return decodeFunctionResult<Abi>({ abi, functionName: abi[0].name, data: said });
    } catch (error) {
      if (mayFail || inRound) return undefined;
      throw error; // it is not what this function returns
    }
  };
  const answers = first.map((step) => takeAnswer(step, false)) as Answers<first>;
  const rounds: Round<each>[] = [];
  while (next < data.length) rounds.push(repeated.map((step) => takeAnswer(step, true)) as Round<each>);
  return { timestamp, answers, rounds };
}
