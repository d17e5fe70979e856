/** A change of one place that some test should notice. Offsets are bytes of the source. */
export type Mutant = {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly line: number;
  /** Says what it is while lines move: source, function, the line before and after. */
  readonly key: string;
};

type Edit = { readonly start: number; readonly end: number; readonly text: string };
type Node = { readonly [key: string]: unknown; readonly nodeType: string; readonly src: string };

/** Of a comparison both neighbours: off by one, and the other way round. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  ...{ "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "+=": ["-="], "-=": ["+="] },
  ...{ "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="] },
  ...{ "&&": ["||"], "||": ["&&"], "&": ["|"], "|": ["&"], "|=": ["&="], "^=": ["|="], "<<": [">>"], ">>": ["<<"] },
};
const MEMBERS: Readonly<Record<string, string>> = { Floor: "Ceil", Ceil: "Floor", min: "max", max: "min" };

/** Every mutant of what the functions of a source do. `unit` is its syntax tree as solc gives it. */
export function mutantsOf(source: string, text: string, unit: unknown): readonly Mutant[] {
  const bytes = Buffer.from(text);
  const found: Mutant[] = [];
  const visit = (value: unknown, owner: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, owner);
    if (!isNode(value)) return;
    const within = value.nodeType === "FunctionDefinition" ? String(value["name"] || value["kind"]) : owner;
    if (within) for (const edit of editsOf(value, bytes)) found.push(described(source, bytes, within, edit));
    for (const inner of Object.values(value)) visit(inner, within);
  };
  visit(unit, "");
  return found;
}

export function mutate(text: string, { start, end, text: instead }: Edit): string {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(instead), bytes.subarray(end)]).toString();
}

function editsOf(node: Node, bytes: Buffer): readonly Edit[] {
  const { start, end } = rangeOf(node);
  switch (node.nodeType) {
    case "BinaryOperation":
      return swaps(node, bytes, rangeOf(node["leftExpression"]).end, rangeOf(node["rightExpression"]).start);
    case "Assignment":
      return swaps(node, bytes, rangeOf(node["leftHandSide"]).end, rangeOf(node["rightHandSide"]).start);
    case "UnaryOperation":
      return node["operator"] === "!" ? [{ start, end: start + 1, text: "" }] : [];
    case "IfStatement":
    case "Conditional":
      return ["true", "false"].map((text) => ({ ...rangeOf(node["condition"]), text }));
    case "MemberAccess": {
      const other = MEMBERS[String(node["memberName"])];
      return other ? [{ ...parsed(String(node["memberLocation"])), text: other }] : [];
    }
    case "ExpressionStatement":
    case "EmitStatement":
      return bytes.toString("utf8", end, end + 1) === ";" ? [{ start, end: end + 1, text: "{}" }] : [];
    case "ModifierInvocation":
      return [{ start, end, text: "" }];
    default:
      return [];
  }
}

/** The operator is all that stands between its operands besides blanks. */
function swaps({ operator }: Node, bytes: Buffer, from: number, to: number): readonly Edit[] {
  const start = from + bytes.toString("utf8", from, to).indexOf(String(operator));
  return (OPERATORS[String(operator)] ?? []).map((text) => ({ start, end: start + String(operator).length, text }));
}

function described(source: string, bytes: Buffer, owner: string, edit: Edit): Mutant {
  const [first, last] = [bytes.lastIndexOf(10, edit.start - 1) + 1, bytes.indexOf(10, edit.end - 1)];
  const before = bytes.toString("utf8", first, last).trim();
  const after = `${bytes.toString("utf8", first, edit.start)}${edit.text}${bytes.toString("utf8", edit.end, last)}`;
  const line = bytes.toString("utf8", 0, edit.start).split("\n").length;
  const [was, is] = [before, after].map((text) => text.replaceAll(/\s+/g, " ").trim());
  return { source, ...edit, line, key: `${source} ${owner}: ${was} → ${is}` };
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } {
  if (!isNode(node)) throw new Error("The compiler's syntax tree lacks a part.");
  return parsed(node.src);
}

function parsed(src: string): { readonly start: number; readonly end: number } {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { start, end: start + length };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}
