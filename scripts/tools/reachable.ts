import type { Abi } from "viem";

type AbiError = Extract<Abi[number], { readonly type: "error" }>;
/** A node of solc's syntax tree. */
type Node = { readonly id: number; readonly nodeType: string; readonly [field: string]: unknown };
/** Every node of a compilation by its id. */
export type Tree = ReadonlyMap<number, Node>;

// What a well-behaved token answers. Its code is not part of the build, so its errors can't be found by walking.
const INSUFFICIENT_BALANCE = "e450d38c"; // ERC20InsufficientBalance(address,uint256,uint256)
const INSUFFICIENT_ALLOWANCE = "fb8f41b2"; // ERC20InsufficientAllowance(address,uint256,uint256)

export function indexTree(sources: Readonly<Record<string, { readonly ast: unknown }>>): Tree {
  const tree = new Map<number, Node>();
  for (const { ast } of Object.values(sources)) for (const node of nodesUnder(ast)) tree.set(node.id, node);
  return tree;
}

/**
 * Lists the selectors of the errors that one external function can end in: those it names itself, those of everything
 * it calls (overrides and `super` resolved as for this contract), those an interface declares when something is done
 * through it, and those a token answers. An interface's own function gets all errors that the interface declares.
 */
export function reachableErrors(search: {
  readonly tree: Tree;
  readonly source: string;
  readonly contract: string;
  readonly selector: string;
}): readonly string[] {
  const { tree } = search;
  const lineage = lineageOf(search);
  const entry = lineage.flatMap(members).find(({ functionSelector }) => functionSelector === search.selector);
  if (entry?.nodeType !== "FunctionDefinition") return []; // a state variable's getter
  if (!entry.body) return lineage.flatMap(declaredErrors);

  const errors = new Set<string>();
  const seen = new Set<Node>();
  const queue = [entry];
  for (const definition of queue) {
    if (seen.has(definition)) continue;
    seen.add(definition);
    for (const node of nodesUnder(definition)) queue.push(...follow(node, definition.scope as number));
  }
  return [...errors];

  function follow(node: Node, from: number): readonly Node[] {
    const target = tree.get((node.referencedDeclaration ?? node.function) as number);
    if (target?.nodeType === "ErrorDefinition") errors.add(target.errorSelector as string);
    if (target?.nodeType !== "FunctionDefinition" && target?.nodeType !== "ModifierDefinition") return [];
    const home = tree.get(target.scope as number);
    for (const selector of tokenErrors(home, target)) errors.add(selector);
    if (!isExternalCall(node)) return [resolve(node, target, from)];
    if (target.body) return [target]; // a contract's own code
    const isView = target.stateMutability === "view" || target.stateMutability === "pure";
    // An interface says what its contracts raise when they act; when they only answer, hardly ever.
    for (const selector of home && !isView ? declaredErrors(home) : []) errors.add(selector);
    return [];
  }

  /** What runs: the most derived override, the next one after `from` for `super.f()`, the named one for `Base.f()`. */
  function resolve(node: Node, target: Node, from: number): Node {
    if (!lineage.some(({ id }) => id === target.scope)) return target; // a library's, or free
    const through = node.nodeType === "MemberAccess" ? (node.expression as Node).name : "this";
    if (through !== "this" && through !== "super") return target;
    const start = through === "super" ? lineage.findIndex(({ id }) => id === from) + 1 : 0;
    const candidates = lineage.slice(start).flatMap(members);
    return candidates.find((other) => other.body && areOneFunction(other, target)) ?? target;
  }

  /** Siblings of a diamond share a base without overriding each other. */
  function areOneFunction(one: Node, other: Node): boolean {
    const roots = familyOf(other);
    return familyOf(one).some((id) => roots.includes(id));
  }

  function familyOf(node: Node): readonly number[] {
    const bases = (node.baseFunctions ?? node.baseModifiers ?? []) as number[];
    return [node.id, ...bases.flatMap((id) => familyOf(tree.get(id) as Node))];
  }
}

/** Every error that a compilation defines: those of the libraries and interfaces it uses are in no contract's ABI. */
export function definedErrors(tree: Tree): readonly AbiError[] {
  const definitions = [...tree.values()].filter(({ nodeType }) => nodeType === "ErrorDefinition");
  return definitions.map(({ name, parameters }) => {
    const inputs = (parameters as { parameters: readonly Node[] }).parameters;
    return { type: "error", name: name as string, inputs: inputs.map(parameterOf) };
  });
}

function parameterOf({ name, typeDescriptions }: Node): AbiError["inputs"][number] {
  const { typeString = "" } = typeDescriptions as { typeString?: string };
  if (typeString.startsWith("contract ")) return { name: name as string, type: "address" };
  if (typeString.startsWith("enum ")) return { name: name as string, type: "uint8" };
  return { name: name as string, type: typeString };
}

/** The contract and its bases, most derived first. */
function lineageOf({ tree, source, contract }: { tree: Tree; source: string; contract: string }): readonly Node[] {
  const definition = [...tree.values()].find(
    ({ nodeType, name, scope }) =>
      nodeType === "ContractDefinition" && name === contract && tree.get(scope as number)?.absolutePath === source,
  );
  if (!definition) throw new Error(`${contract} is not in the syntax tree of ${source}.`);
  return (definition.linearizedBaseContracts as number[]).map((id) => tree.get(id) as Node);
}

/** Contract-typed receivers only: `super`, `Base`, `Library` and values with attached functions have other types. */
function isExternalCall(node: Node): boolean {
  if (node.nodeType !== "MemberAccess") return false;
  const { name, typeDescriptions } = node.expression as Node;
  const { typeIdentifier } = typeDescriptions as { typeIdentifier?: string };
  const isAttached = !(node.typeDescriptions as { typeIdentifier?: string }).typeIdentifier?.startsWith(
    "t_function_external",
  );
  return name !== "this" && !isAttached && (typeIdentifier?.startsWith("t_contract$") ?? false);
}

function tokenErrors(home: Node | undefined, { name }: Node): readonly string[] {
  if (home?.name !== "IERC20" && home?.name !== "SafeERC20") return [];
  if (/transferFrom/i.test(name as string)) return [INSUFFICIENT_BALANCE, INSUFFICIENT_ALLOWANCE];
  return /transfer/i.test(name as string) ? [INSUFFICIENT_BALANCE] : [];
}

function declaredErrors(contract: Node): readonly string[] {
  const errors = members(contract).filter(({ nodeType }) => nodeType === "ErrorDefinition");
  return errors.map(({ errorSelector }) => errorSelector as string);
}

function members(contract: Node): readonly Node[] {
  return contract.nodes as Node[];
}

/** The value itself, if it is a node, and every node below it. */
function* nodesUnder(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if ("nodeType" in value && "id" in value) yield value as Node;
  for (const inner of Object.values(value)) yield* nodesUnder(inner);
}
