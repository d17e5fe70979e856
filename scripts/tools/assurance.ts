import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import hre from "hardhat";
import { roles } from "../deploy/roles.ts";
import { bounds, over } from "../gas/budgets.ts";
import { faults } from "../gates/faultList.ts";
import { digestOf, type SavedScore, SCORES } from "../gates/mutantScores.ts";
import { index } from "../gates/properties.ts";

/*
 Writes docs/assurance.md: what is checked and with what figure, from the lists that the gates themselves read.
 --check: fails where the committed file says something else.
*/
const root = hre.config.paths.root;
const FILE = path.join(root, "docs/assurance.md");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

const reviews: readonly { readonly key: string; readonly why: string }[] = JSON.parse(read("test/mutants.json"));

const scores: Readonly<Record<string, SavedScore>> = JSON.parse(readFileSync(SCORES, "utf8"));

const text = [
  "# Assurance",
  "",
  "What is checked, how, and with what figure. Written by `npx node scripts/tools/assurance.ts` from the lists that the checks read; `npm test -- assurance` fails when it is stale.",
  "",
  "**What there is not:** no external audit, no bounty, no certified prover, no run against a live network in this file. Nothing here replaces a reading of the contracts.",
  "",
  ...section("Size", sizes()),
  ...section("Properties", properties()),
  ...section("How often", runs()),
  ...section("Coverage, proofs and faults", faultRows()),
  ...section("Roles", roleRows()),
  ...section("Gas", gasRows()),
  ...section("Known limits", limits()),
].join("\n");

if (!process.argv.includes("--check")) writeFileSync(FILE, text);
else if (text === read("docs/assurance.md")) console.log("docs/assurance.md is current");
else {
  console.error("docs/assurance.md is stale: npx node scripts/tools/assurance.ts writes it.");
  process.exitCode = 1;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`## ${title}`, "", ...lines, ""];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** Lines that hold code: neither blank, nor of a comment. */
function sloc(file: string): number {
  const code = read(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "");
  return code.split("\n").filter((line) => line.trim() !== "").length;
}

function sizes(): readonly string[] {
  const files = globSync("contracts/**/*.sol", { cwd: root }).sort();
  const rooms = [...new Set(files.map((file) => file.split("/")[1] ?? ""))];
  const rows = rooms.map((room) => {
    const own = files.filter((file) => file.startsWith(`contracts/${room}/`));
    const code = own.filter((file) => !/\/I[A-Z]\w+\.sol$/.test(file));
    const lines = (list: readonly string[]) => String(list.reduce((sum, file) => sum + sloc(file), 0));
    return [
      `\`contracts/${room}\``,
      String(code.length),
      lines(code),
      lines(own.filter((file) => !code.includes(file))),
    ];
  });
  return table(["folder", "contracts and libraries", "lines of code", "lines of interfaces"], rows);
}

function properties(): readonly string[] {
  const { properties: listed, places } = index(root);
  const where = (wanted: string) => {
    const files = places
      .filter(({ id }) => id === wanted)
      .map((place) => path.basename(place.where.replace(/:\d+$/, "")));
    return [...new Set(files)].sort();
  };
  return [
    `${listed.length} properties, each asserted by at least one test (\`npm test -- property\` prints the lines).`,
    "",
    ...table(
      ["id", "what holds", "asserted in"],
      listed.map(({ id, sentence }) => [id, sentence, where(id).join(", ")]),
    ),
  ];
}

function runs(): readonly string[] {
  const { profiles } = hre.config.test.solidity;
  return [
    "Each fuzz test and each invariant; every test is one transaction per call (`isolate`), which a test of its own proves.",
    "",
    ...table(
      ["profile", "when", "fuzz runs", "invariant runs × calls"],
      (
        [
          ["ci", "`npm test`, fixed seed"],
          ["fresh", "`npm test`, a seed nobody has seen, printed"],
          ["deep", "`npm run test:deep`"],
        ] as const
      ).map(([name, when]) => {
        const { fuzz, invariant } = profiles[name] ?? {};
        return [name, when, String(fuzz?.runs), `${invariant?.runs} × ${invariant?.depth}`];
      }),
    ),
  ];
}

function faultRows(): readonly string[] {
  return [
    "Lines ≥ 99 % and branches ≥ 95 % of `contracts/` are run by the Solidity tests (`npm test -- coverage` prints each file); the share arithmetic is proved for every input of 64 bits, and each proof falls with its rounding (`npm test -- proofs`).",
    "",
    "`npm run test:deep -- mutants` changes one place after the other of the vault, router, auction, adapters, underwriting pool, covers, incidents, claims, premiums and staking (an operator, a condition, a rounding, a statement, a modifier), in an order that a seed decides and for as long as it is given, and is red where the tests notice fewer than 90 %. `npx node scripts/gates/mutants.ts --count N --seed N NAME` tries the same ones again; kept are these:",
    "",
    ...table(
      ["mutants of", "there are", "drawn, --seed", "of those that change the code noticed", "unnoticed"],
      Object.entries(scores).map(([name, { digest, sources, all, count, seed, killed, survivors }]) => [
        digest === digestOf(sources) ? name : `${name}, as it was before its last change`,
        String(all),
        `${count}, ${seed}`,
        `${killed} of ${killed + survivors.length}`,
        survivors.map((key) => `\`${key.replace(/^contracts\//, "")}\``).join("; ") || "–",
      ]),
    ),
    "",
    "What no test can notice:",
    "",
    ...table(
      ["mutant", "why it changes nothing"],
      reviews.map(({ key, why }) => [`\`${key.replace(/^contracts\//, "")}\``, why]),
    ),
    "",
    "Each gate is itself tried with something wrong, and must turn red because of it:",
    "",
    ...table(
      ["seeded fault", "gates that notice"],
      faults.map(({ name, checks, deep }) => [
        deep ? `${name} (\`test:deep\`)` : name,
        checks.map(({ gate }) => gate).join(", "),
      ]),
    ),
  ];
}

function roleRows(): readonly string[] {
  const days = (seconds: bigint): string => (seconds === 0n ? "–" : `${Number(seconds) / 86_400} d`);
  return [
    "From the table that wires a deployment; `npm test -- access paths` measures it on one.",
    "",
    ...table(
      ["role", "held by", "people wait", "fastest path of anyone", "may", "may never"],
      Object.entries(roles).map(([name, { holders, peopleWait, fastest, may, mayNever }]) => [
        ...[name, holders.join(", "), days(peopleWait), days(fastest), may, mayNever],
      ]),
    ),
  ];
}

function gasRows(): readonly string[] {
  const measured: Readonly<Record<string, number>> = JSON.parse(read("scripts/gas/table.json"));
  const rows = Object.entries(measured);
  const number = (value: number): string => value.toLocaleString("en-US");
  const [dear, kept] = [rows.filter(([name]) => over[name]), rows.filter(([name]) => !over[name])];
  const beaten = rows.filter(([name, gas]) => gas < (bounds[name]?.peer?.gas ?? 0)).length;
  const compared = rows.filter(([name]) => bounds[name]?.peer).length;
  return [
    `${kept.length} of ${rows.length} operations keep the design's budget; ${beaten} of the ${compared} that a peer has cost less than the cheapest one. [gas.md](gas.md) has them all, \`npm run gas\` measures them again. These cost more than the design allows:`,
    "",
    ...table(
      ["operation", "gas", "budget", "why"],
      dear.map(([name, gas]) => [name, number(gas), number(bounds[name]?.budget ?? 0), over[name] ?? ""]),
    ),
  ];
}

/** What the specification of the vault itself says. */
function limits(): readonly string[] {
  const [, prose = ""] = /Known limits: ([\s\S]*?)\*\//.exec(read("contracts/vault/CompoundingVault.sol")) ?? [];
  if (prose === "") throw new Error("The vault's specification names no known limits.");
  return [`Of the vault, from its specification: ${prose.replace(/\s+/g, " ").trim()}`];
}
