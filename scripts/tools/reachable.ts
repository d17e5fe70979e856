import type { Abi } from "viem";

type AbiError = Extract<Abi[number], { readonly type: "error" }>;
/** A node of solc's syntax tree. */
type Node = { readonly id: number; readonly nodeType: string; readonly [field: string]: unknown };
/** Every node of a compilation by its id. */
export type Tree = ReadonlyMap<number, Node>;
/** Where an error is defined. */
export type Definition = Node;

// What is behind these calls is not part of every build (a token, OpenZeppelin's manager) or can't be told from the
// interface alone (an adapter's error that speaks to others than its vault).
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  "IERC20.transfer": ["ERC20InsufficientBalance"],
  "IERC20.transferFrom": ["ERC20InsufficientBalance", "ERC20InsufficientAllowance"],
  "SafeERC20.safeTransfer": ["ERC20InsufficientBalance"],
  "SafeERC20.trySafeTransfer": [],
  "SafeERC20.safeTransferFrom": ["ERC20InsufficientBalance", "ERC20InsufficientAllowance"],
  "SafeERC20.trySafeTransferFrom": [],
  "IAccessManager.consumeScheduledOp": [
    "AccessManagerNotScheduled",
    "AccessManagerNotReady",
    "AccessManagerExpired",
    "AccessManagerUnauthorizedConsume",
  ],
  "IAdapter.allocate": [],
  "IAdapter.deallocate": ["Adapter__PaidWrongAmount"],
  "IAdapter.emergencyExit": [],
};
// Reached by walking, never by calling: a lock that only a callback meets, gas that only a hostile caller withholds,
// numbers that no token has, senders that are 0, a loss or an exit since another call of the same transaction.
const UNMET = [
  "CompoundingVault__LossSinceTouched",
  "CompoundingVault__ExitedBefore",
  "BoundedCall__GasTooLow",
  "ReentrancyGuardReentrantCall",
  "SafeCastOverflowedUintDowncast",
  "CheckpointUnorderedInsertion",
  "ERC20InvalidApprover",
  "ERC20InvalidSender",
];

export function indexTree(sources: Readonly<Record<string, { readonly ast: unknown }>>): Tree {
  const tree = new Map<number, Node>();
  for (const { ast } of Object.values(sources)) for (const node of nodesUnder(ast)) tree.set(node.id, node);
  return tree;
}

/**
 * Lists the selectors of the errors that one external function can end in: those it names itself, those of everything
 * it calls (overrides and `super` resolved as for this contract), and those an interface declares when something is done
 * through it, unless the call is tried. An interface's own function gets all errors that the interface declares.
 */
export function reachableErrors(search: {
  readonly tree: Tree;
  /** Of the errors that it may end in. */
  readonly definitions: readonly Definition[];
  readonly source: string;
  readonly contract: string;
  readonly selector: string;
}): readonly string[] {
  const { tree, definitions } = search;
  const lineage = lineageOf(search);
  const entry = lineage.flatMap(members).find(({ functionSelector }) => functionSelector === search.selector);
  if (entry?.nodeType !== "FunctionDefinition") return []; // a state variable's getter
  if (!entry.body) return lineage.flatMap(declaredErrors);

  const errors = new Set<string>();
  const named = new Set<string>();
  const seen = new Set<Node>();
  const queue = [entry];
  for (const definition of queue) {
    if (seen.has(definition)) continue;
    seen.add(definition);
    const below = [...nodesUnder(definition)];
    const tried = new Set(below.filter(({ nodeType }) => nodeType === "TryStatement").map(calledInTry));
    for (const node of below) queue.push(...follow(node, definition.scope as number, tried.has(node)));
  }
  const isMet = ({ name, errorSelector }: Node) =>
    !UNMET.includes(name as string) && (errors.has(errorSelector as string) || named.has(name as string));
  return [...new Set(definitions.filter(isMet).map(({ errorSelector }) => errorSelector as string))];

  function follow(node: Node, from: number, isTried: boolean): readonly Node[] {
    const target = tree.get((node.referencedDeclaration ?? node.function) as number);
    if (target?.nodeType === "ErrorDefinition") errors.add(target.errorSelector as string);
    if (target?.nodeType !== "FunctionDefinition" && target?.nodeType !== "ModifierDefinition") return [];
    const home = tree.get(target.scope as number);
    const answers = ANSWERS[`${home?.name}.${target.name}`];
    for (const name of answers ?? []) named.add(name);
    if (!isExternalCall(node)) return [resolve(node, target, from)];
    if (target.body) return isTried ? [] : [target]; // a contract's own code
    const isView = target.stateMutability === "view" || target.stateMutability === "pure";
    // An interface says what its contracts raise when they act; when they only answer, hardly ever.
    const declared = home && !answers && !isTried && !isView ? declaredErrors(home) : [];
    for (const selector of declared) errors.add(selector);
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
export function definitionsIn(tree: Tree): readonly Definition[] {
  return [...tree.values()].filter(({ nodeType }) => nodeType === "ErrorDefinition");
}

export function errorOf({ name, parameters }: Definition): AbiError {
  const inputs = (parameters as { parameters: readonly Node[] }).parameters;
  return { inputs: inputs.map(parameterOf), name: name as string, type: "error" }; // in the order of solc's own ABI
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

/** What `try f(…)` calls, options like `{gas: …}` put aside. */
function calledInTry({ externalCall }: Node): Node {
  const { expression } = externalCall as { expression: Node };
  return expression.nodeType === "FunctionCallOptions" ? (expression.expression as Node) : expression;
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
