import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { print } from "../gas/table.ts";
import { readArguments } from "../tools/arguments.ts";
import { root } from "./gate.ts";

/*
 Proofs, by the compiler's model checker, of what the vault's own arithmetic promises for every input; and that each has
 teeth: with a rounding turned around, what depended on it must no longer be provable.
*/
const MATH = "@openzeppelin/contracts/utils/math/Math.sol";
const SUBJECT = "contracts/vault/VaultMath.sol";
const PROOFS = "test/proofs/ShareProofs.sol";
const PROVED = ["Deposit", "Mint", "Redeem", "Withdraw", "RoundTrip"];
const ASSERTIONS = 6;

type Twin = { readonly name: string; readonly from: string; readonly to: string; readonly breaks: readonly string[] };
type Finding = { readonly by: string; readonly safe: boolean };
type Output = {
  readonly errors?: readonly {
    readonly severity: string;
    readonly message: string;
    readonly sourceLocation?: { readonly file: string; readonly start: number };
  }[];
};

const SHARES = "Math.mulDiv(assets, supply + v, nav + 1, rounding)";
const ASSETS = "Math.mulDiv(shares, nav + 1, supply + v, rounding)";
const turned = (call: string, rounding: string): string => call.replace("rounding", `Math.Rounding.${rounding}`);
const twins: readonly Twin[] = [
  { name: "shares are rounded up", from: SHARES, to: turned(SHARES, "Ceil"), breaks: ["Deposit", "RoundTrip"] },
  { name: "shares are rounded down", from: SHARES, to: turned(SHARES, "Floor"), breaks: ["Withdraw"] },
  { name: "assets are rounded up", from: ASSETS, to: turned(ASSETS, "Ceil"), breaks: ["Redeem"] },
  { name: "assets are rounded down", from: ASSETS, to: turned(ASSETS, "Floor"), breaks: ["Mint"] },
];

const solc = createRequire(import.meta.url)("solc") as { readonly compile: (input: string) => string };
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const [math, subject, proofs] = [read("test/proofs/Math.sol"), read(SUBJECT), read(PROOFS)];

const { positionals: names } = readArguments({ allowPositionals: true, options: {} });
const asked = names.length === 0 ? PROVED : PROVED.filter((name) => names.includes(name));
const expected = names.length === 0 ? ASSERTIONS : names.length;
const found = prove(subject, asked);
const unproved = found.filter(({ safe }) => !safe);
const rows = found.map(({ by, safe }) => ["as it is", by, safe ? "proved" : "not proved"]);
const toothless: string[] = [];
// A twin of what is not proved shows nothing.
for (const { name, from, to, breaks } of unproved.length > 0 ? [] : twins) {
  if (!subject.includes(from)) throw new Error(`${SUBJECT} no longer has "${from}".`);
  const broken = prove(subject.replace(from, to), breaks).filter(({ safe }) => !safe);
  for (const by of breaks) {
    const isBroken = broken.some((finding) => finding.by === by);
    rows.push([name, by, isBroken ? "no longer" : "still proved"]);
    if (!isBroken) toothless.push(`${by} is still proved although ${name}`);
  }
}
print(["the arithmetic", "proof", ""], rows);
if (found.length < expected) console.error(`Only ${found.length} of ${expected} assertions were looked at.`);
for (const { by } of unproved) console.error(`${by} is not proved`);
for (const sentence of toothless) console.error(sentence);
console.log(`${found.length - unproved.length} tests passed, ${unproved.length} failed`);
process.exitCode = found.length >= expected && unproved.length + toothless.length === 0 ? 0 : 1;

/** What the checker says of each assertion, by the contract that it stands in. */
function prove(arithmetic: string, contracts: readonly string[]): readonly Finding[] {
  const sources = {
    [MATH]: { content: math },
    [SUBJECT]: { content: arithmetic },
    [PROOFS]: { content: proofs },
  };
  const modelChecker = {
    ...{ engine: "chc", solvers: ["z3"], targets: ["assert"] },
    ...{ showProvedSafe: true, showUnproved: true, contracts: { [PROOFS]: contracts } },
  };
  const settings = { outputSelection: { "*": { "*": [] } }, modelChecker };
  const { errors = [] } = JSON.parse(
    solc.compile(JSON.stringify({ language: "Solidity", sources, settings })),
  ) as Output;
  const failed = errors.find(({ severity }) => severity === "error");
  if (failed) throw new Error(failed.message);
  return errors.flatMap(({ message, sourceLocation }) => {
    const verdict = /^CHC: Assertion violation (check is safe|happens|might happen)/.exec(message)?.[1];
    return verdict && sourceLocation?.file === PROOFS
      ? [{ by: contractAt(sourceLocation.start), safe: verdict === "check is safe" }]
      : [];
  });
}

function contractAt(position: number): string {
  return [...proofs.slice(0, position).matchAll(/contract (\w+) is/g)].at(-1)?.[1] ?? "";
}
