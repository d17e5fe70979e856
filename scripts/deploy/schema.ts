import { type Address, getAddress, isAddress, parseUnits, zeroAddress } from "viem";

/** Reads one value and says what is wrong with it, at a path such as `vaults.0.asset.address`. */
export type Reader<value> = (input: unknown, path: string, problems: string[]) => value;
/** What a reader makes of its input. */
export type Read<reader> = reader extends Reader<infer value> ? value : never;

const SECONDS = { second: 1n, minute: 60n, hour: 3_600n, day: 86_400n } as const;
/** Stands for a value that could not be read; never used, since a problem was reported with it. */
const nothing = undefined as never;

export function object<const fields extends Readonly<Record<string, Reader<unknown>>>>(
  fields: fields,
): Reader<{ readonly [name in keyof fields]: Read<fields[name]> }> {
  return (input, path, problems) => {
    if (typeof input !== "object" || input === null || Array.isArray(input))
      return refuse(input, path, problems, `an object with ${Object.keys(fields).join(", ")}`);
    const given = input as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(given))
      if (!(name in fields))
        problems.push(`${join(path, name)} is unknown: ${path || "the file"} has ${Object.keys(fields).join(", ")}.`);
    const read = Object.entries(fields).map(([name, reader]) => [
      name,
      reader(given[name], join(path, name), problems),
    ]);
    return Object.fromEntries(read) as never;
  };
}

export function list<item>(reader: Reader<item>): Reader<readonly item[]> {
  return (input, path, problems) => {
    if (!Array.isArray(input)) return refuse(input, path, problems, "a list, which may be empty");
    return input.map((item, index) => reader(item, join(path, String(index)), problems));
  };
}

/** An object whose keys are not fixed. */
export function record<key extends string, value>(
  readKey: Reader<key>,
  readValue: Reader<value>,
): Reader<readonly (readonly [key, value])[]> {
  return (input, path, problems) => {
    if (typeof input !== "object" || input === null || Array.isArray(input))
      return refuse(input, path, problems, "an object");
    return Object.entries(input).map(([name, value]) => {
      const at = join(path, name);
      return [readKey(name, at, problems), readValue(value, at, problems)] as const;
    });
  };
}

/** One of several shapes, told apart by `kind`. */
export function oneOf<const shapes extends Readonly<Record<string, Reader<unknown>>>>(
  shapes: shapes,
): Reader<{ [kind in keyof shapes & string]: { readonly kind: kind } & Read<shapes[kind]> }[keyof shapes & string]> {
  return (input, path, problems) => {
    const { kind, ...rest } = (input ?? {}) as { kind?: unknown };
    const reader = typeof kind === "string" && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    if (!reader) return refuse(kind, join(path, "kind"), problems, `one of ${Object.keys(shapes).join(", ")}`);
    return { kind, ...(reader(rest, path, problems) as object) } as never;
  };
}

export function either<const word extends string, other>(word: word, reader: Reader<other>): Reader<word | other> {
  return (input, path, problems) => (input === word ? word : reader(input, path, problems));
}

export function choice<const word extends string>(...words: readonly word[]): Reader<word> {
  return (input, path, problems) =>
    words.includes(input as word) ? (input as word) : refuse(input, path, problems, `one of ${words.join(", ")}`);
}

export const text: Reader<string> = (input, path, problems) =>
  typeof input === "string" && input !== "" ? input : refuse(input, path, problems, "a text");

export const address: Reader<Address> = (input, path, problems) => {
  if (typeof input !== "string" || !isAddress(input, { strict: false }))
    return refuse(input, path, problems, "an address, 0x and 40 hexadecimal digits");
  if (input === zeroAddress) return refuse(input, path, problems, "an address that is not zero");
  // A checksum, where there is one, catches a mistyped digit.
  const lower = input === input.toLowerCase();
  return lower || isAddress(input)
    ? getAddress(input)
    : refuse(input, path, problems, "an address with a right checksum");
};

export function integer(least: number, most: number): Reader<number> {
  return (input, path, problems) =>
    Number.isSafeInteger(input) && (input as number) >= least && (input as number) <= most
      ? (input as number)
      : refuse(input, path, problems, `a whole number from ${least} to ${most}`);
}

/** A decimal amount of whole tokens, as text so that no digit is lost: `"1000000.5"`. Zero only where it says so. */
export const amount: Reader<string> = decimal(false);
export const amountOrZero: Reader<string> = decimal(true);

function decimal(zero: boolean): Reader<string> {
  const wanted = `an amount of whole tokens${zero ? "" : " above zero"}, as text such as "1000000.5"`;
  return (input, path, problems) => {
    if (typeof input !== "string" || !/^\d+(\.\d+)?$/.test(input)) return refuse(input, path, problems, wanted);
    return zero || /[1-9]/.test(input) ? input : refuse(input, path, problems, wanted);
  };
}

/** Governance tokens have 18 decimals: in token wei. */
export const tokens: Reader<bigint> = (input, path, problems) => {
  const read = amount(input, path, problems) ?? "0";
  if (/\.\d{18}0*[1-9]/.test(read)) return refuse(input, path, problems, "an amount with at most 18 decimals");
  return parseUnits(read, 18);
};

/** A length of time such as `"5 days"`, in seconds. */
export const duration: Reader<bigint> = (input, path, problems) => {
  const match = typeof input === "string" ? /^(\d+) (second|minute|hour|day)s?$/.exec(input) : null;
  if (!match) return refuse(input, path, problems, 'a length of time such as "5 days" or "36 hours"');
  return BigInt(match[1] as string) * SECONDS[match[2] as keyof typeof SECONDS];
};

/** A length of time within bounds, in seconds. */
export function durationFrom(least: string, most: string): Reader<bigint> {
  const [from, to] = [least, most].map((text) => duration(text, "", []));
  return (input, path, problems) => {
    const seconds = duration(input, path, problems);
    if (seconds === undefined || (seconds >= (from as bigint) && seconds <= (to as bigint))) return seconds;
    return refuse(input, path, problems, `from ${least} to ${most}`);
  };
}

function refuse(input: unknown, path: string, problems: string[], wanted: string): never {
  const where = path || "the file";
  problems.push(
    input === undefined
      ? `${where} is missing: it should be ${wanted}.`
      : `${where} is ${show(input)}: it should be ${wanted}.`,
  );
  return nothing;
}

function show(input: unknown): string {
  const shown = typeof input === "bigint" ? `${input}n` : (JSON.stringify(input) ?? String(input));
  return shown.length > 80 ? `${shown.slice(0, 77)}…` : shown;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
