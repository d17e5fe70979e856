import type { errors } from "../abis/errors.ts";
import { errorTable } from "../abis/errorTable.ts";

/** @internal Every custom error of every contract: as text they weigh two thirds of what they weigh as an ABI. */
export function knownErrors(): typeof errors {
  const parse = (line: string) => {
    const [name, list] = line.slice(0, -1).split("(");
    const inputs = list ? list.split(",").map((input) => input.split(" ")) : [];
    return { inputs: inputs.map(([type, label]) => ({ name: label, type })), name, type: "error" };
  };
  return errorTable.split("\n").map(parse) as unknown as typeof errors; // the table is written from them
}
