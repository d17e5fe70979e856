import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** A function of the SDK that takes a client. */
export type SdkAction = {
  readonly room: string;
  readonly name: string;
  /** From the room's folder. */
  readonly file: string;
  /** What it does to the chain: nothing, nothing as if it were sent, something, or nothing but for a signature. */
  readonly kind: "read" | "simulation" | "write" | "signature";
  /** Parameters that it can't do without. */
  readonly needed: readonly string[];
  /** What its comment says, without tags. */
  readonly says: string;
  /** The parameters that its example gives, and what the example does before. */
  readonly given: string;
  readonly before: string;
};

const src = path.resolve(import.meta.dirname, "../../sdk/src");
const WITHOUT_ACTIONS = ["abis", "addresses", "core", "errors", "extend", "math", "query", "react"];
const DECLARATION =
  /\/\*\*\n((?: \*(?!\/).*\n)+) \*\/\nexport (?:async )?function (\w+)(<[\s\S]*?>)?\(\n? *([\s\S]*?)\n?\): /g;

/** The actions of every room, as the sources declare them. A new kind of signature is an error here, not left out. */
export function readActions(): readonly SdkAction[] {
  const rooms = globSync("*/index.ts", { cwd: src }).map((file) => path.dirname(file));
  return rooms
    .filter((room) => !WITHOUT_ACTIONS.includes(room))
    .sort()
    .flatMap((room) => {
      const index = readFileSync(path.join(src, room, "index.ts"), "utf8");
      return [...index.matchAll(/export \{([^}]*)\} from "\.\/([^"]+)"/g)].flatMap(([, names = "", file = ""]) => {
        const exported = names.split(",").map((name) => name.trim());
        return actionsIn(room, file).filter(({ name }) => exported.includes(name));
      });
    });
}

function actionsIn(room: string, file: string): readonly SdkAction[] {
  const text = readFileSync(path.join(src, room, file), "utf8");
  return [...text.matchAll(DECLARATION)].flatMap(([, comment = "", name = "", generics = "", parameters = ""]) => {
    if (!/^client: /.test(parameters)) return [];
    const kind = kindOf(name, parameters, generics, text);
    const [said = "", example = ""] = comment.replaceAll(/^ \* ?/gm, "").split(/@example\n/);
    const says = (said.split(/^@/m)[0] ?? "").trim();
    const of = /\b(\w+)\.Parameters/.exec(parameters)?.[1] ?? name;
    return [{ room, name, file, kind, says, needed: [...neededBy(room, file, of)], ...exampleOf(name, example) }];
  });
}

function kindOf(name: string, parameters: string, generics: string, text: string): SdkAction["kind"] {
  if (parameters.startsWith("client: ReadClient,")) return "read";
  if (generics === "" || !parameters.startsWith("client: Client<Transport, chain, account>,")) {
    throw new Error(`What kind of an action is ${name}? Its client is none that is known.`);
  }
  if (text.includes(`export function prepare${capital(name)}(`)) return "write";
  if (name.startsWith("simulate")) return "simulation";
  if (name.startsWith("sign")) return "signature";
  throw new Error(`What kind of an action is ${name}? It neither reads, writes, simulates nor signs.`);
}

/** What a `Parameters` requires. The compiler holds the layers above to this list: a word too many or too few is an error. */
function neededBy(room: string, file: string, name: string): ReadonlySet<string> {
  const text = readFileSync(path.join(src, room, file), "utf8");
  const [, space = ""] = new RegExp(`export declare namespace ${name} \\{\n([\\s\\S]*?)\n\\}`).exec(text) ?? [];
  const [, type = ""] = /type Parameters(?:<[\s\S]*?>)? =([\s\S]*?);\n?$/.exec(space) ?? [];
  const own = [...type.matchAll(/^ {4}(\w+): /gm)].map(([, key = ""]) => key);
  const referred = [...type.matchAll(/\b(\w+)\.Parameters(?:, ([^>]*)>)?/g)].flatMap(([, other = "", omitted = ""]) => {
    const [, from] = new RegExp(`import (?:type )?\\{[^}]*\\b${other}\\b[^}]*\\} from "([^"]+)"`).exec(text) ?? [];
    return [...neededBy(room, from ?? file, other)].filter((key) => !omitted.includes(`"${key}"`));
  });
  return new Set([...referred, ...own]);
}

/** In a line, as the call of the example has it. */
function exampleOf(name: string, example: string): Pick<SdkAction, "given" | "before"> {
  const call = `${name}(client, `;
  const start = example.indexOf(call);
  if (start < 0) throw new Error(`The example of ${name} does not call it.`);
  const open = start + call.length;
  let depth = 0;
  let end = open;
  do {
    depth += /[{([]/.test(example[end] ?? "") ? 1 : /[})\]]/.test(example[end] ?? "") ? -1 : 0;
    end += 1;
  } while (depth > 0);
  const given = example
    .slice(open, end)
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/, \}/g, " }");
  return { given, before: example.slice(0, example.lastIndexOf("\n", start) + 1) };
}

export function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

export function groupBy<item, key>(
  items: readonly item[],
  keyOf: (item: item) => key,
): ReadonlyMap<key, readonly item[]> {
  const groups = new Map<key, item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
