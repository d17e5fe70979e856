import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

// node scripts/tools/examples.ts: every export of the SDK has a sentence, every function and class an example, and every
// example compiles as an app would have it: names from the package, the rest from sdk/test/examples.ts; the code of both
// READMEs too. From its example, each write is also held to the rules of types: what it gives, and that it takes no call
// without account or chain, and no number for an amount; each simulation to the exact type of what it says.
const sdk = path.resolve(import.meta.dirname, "../../sdk");
const folder = path.join(sdk, "cache/examples");
const UNDOCUMENTED = ["abis", "addresses"]; // generated
const DECLARATION = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:async )?(function\*?|class|const|type) (\w+)/g;

/** `key: 10n ** 18n`, or a key that stands for a bigint of its name. */
const AMOUNT = /\b(\w+): \d[\d_]*n(?: \*\*? \d+n)*|\b(?:deadline|proposalId|streamId)\b(?=[,\s])/g;

type Export = { readonly subpath: string; readonly name: string; readonly kind: string; readonly comment: string };

const exported = publicExports();
const problems = exported.flatMap(({ subpath, name, kind, comment }) => {
  const where = `${subpath}: ${name}`;
  if (!/^ \* [A-Z"`]/m.test(comment) && !/^\/\*\* [A-Z"`]/.test(comment)) return [`${where} has no sentence`];
  return /function|class/.test(kind) && exampleOf(comment) === "" ? [`${where} has no example`] : [];
});
if (problems.length > 0) fail(problems.join("\n"));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const examples = exported.filter(({ comment }) => exampleOf(comment) !== "");
for (const example of examples) writeFileSync(path.join(folder, `${example.name}.ts`), moduleOf(example));
const blocks = ["README.md", "../README.md"].flatMap((file) => {
  const found = [...readFileSync(path.join(sdk, file), "utf8").matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)];
  return found.length > 0 ? found : fail(`${file} shows no code.`);
});
for (const [index, [, kind = "", code = ""]] of blocks.entries()) {
  writeFileSync(path.join(folder, `README.${index}.${kind}`), code);
}
const writes = examples.filter(({ name }) => exported.some((other) => other.name === `prepare${capital(name)}`));
const ruled = writes.map((write) => ({ name: write.name, ...rulesOf(write) }));
for (const { name, text } of ruled) writeFileSync(path.join(folder, `${name}.rules.ts`), text);
const simulations = examples.filter(({ name }) => writes.some((write) => name === `simulate${capital(write.name)}`));
for (const simulation of simulations) {
  writeFileSync(path.join(folder, `${simulation.name}.rules.ts`), resultRulesOf(simulation));
}
const amounts = ruled.reduce((sum, { refused }) => sum + refused, 0);
if (2 * amounts < writes.length) fail("Hardly an amount was found in the examples: how they are read is broken.");
writeFileSync(
  path.join(folder, "tsconfig.json"),
  JSON.stringify({
    extends: "../../tsconfig.json",
    compilerOptions: { jsx: "react-jsx" },
    include: ["*.ts", "*.tsx", "../../test/examples.ts"],
  }),
);
try {
  execFileSync("tsc", ["-p", folder], { stdio: "inherit" });
} catch {
  fail("An example does not compile.");
}
console.log(
  `${examples.length} examples and ${blocks.length} of the READMEs compile, ${exported.length} exports are documented`,
);
console.log(`${simulations.length} simulations say what would come out, and give a request that can be sent`);
console.log(`${writes.length} writes give a hash, ask for an account and a chain, and refuse ${amounts} numbers`);

/** What the package's own index files export, with the comment it has where it is declared. */
function publicExports(): readonly Export[] {
  const subpaths = globSync("*/index.ts", { cwd: path.join(sdk, "src") }).map((file) => path.dirname(file));
  return subpaths
    .filter((subpath) => !UNDOCUMENTED.includes(subpath))
    .sort()
    .flatMap((subpath) => {
      const text = readFileSync(path.join(sdk, "src", subpath, "index.ts"), "utf8");
      return [...text.matchAll(/export (?:type )?\{([^}]*)\} from "\.\/([^"]+)"/g)].flatMap(
        ([, names = "", file = ""]) => {
          const source = readFileSync(path.join(sdk, "src", subpath, file), "utf8");
          const declared = new Map(
            [...source.matchAll(DECLARATION)].map(([, comment = "", kind, name]) => [name, { kind, comment }]),
          );
          return names
            .split(",")
            .map((name) => name.replace("type ", "").trim())
            .filter((name) => name !== "")
            .map((name) => ({ subpath, name, kind: "", comment: "", ...declared.get(name) }) as Export);
        },
      );
    });
}

function exampleOf(comment: string): string {
  const [, example = ""] = comment.split(/@example\n/);
  const lines = example.split(/\n \*(?: @|\/)/)[0] ?? "";
  return lines.replaceAll(/^ \* ?/gm, "").trim();
}

/** The write of an example, as it may and as it may not be called. Each call stands in one line: an error is expected in it. */
function rulesOf(write: Export): { readonly text: string; readonly refused: number } {
  const { name } = write;
  const code = exampleOf(write.comment);
  const start = code.indexOf(`await ${name}(client, {`);
  if (start < 0) fail(`The example of ${name} does not call it as a write.`);
  const given = code.slice(code.indexOf("{", start), code.lastIndexOf("}") + 1).replaceAll(/\s*\n\s*/g, " ");
  const without = (client: string, more = "") => `void ${name}(${client}, ${given.replace(/,? \}$/, `${more} }`)});`;
  const numbers = [...given.matchAll(AMOUNT)].map(({ 0: found, 1: key = found, index }) => {
    return `${given.slice(0, index)}${key}: 1${given.slice(index + found.length)}`;
  });
  const lines = [
    `const sent = ${name}(client, ${given});`,
    "export const givesAHash: Same<typeof sent, Promise<Hash>> = true;",
    "// @ts-expect-error the client has no account",
    without("accountless"),
    without("accountless", ", account"),
    "// @ts-expect-error the client has no chain",
    without("chainless"),
    without("chainless", ", chain: undefined"),
    "// @ts-expect-error a write needs its parameters",
    `void ${name}(client, {});`,
    ...numbers.flatMap((wrong) => ["// @ts-expect-error an amount is a bigint", `void ${name}(client, ${wrong});`]),
  ];
  const before = code.slice(0, code.lastIndexOf("\n", start) + 1);
  const example = moduleOf(write).split("export async function")[0];
  const types = `import type { Hash } from "viem";\nimport type { Same } from "../../test/examples.ts";\n`;
  return { text: `${types}${example}${before}${lines.join("\n")}\n`, refused: numbers.length };
}

/** What a simulation's example takes out of it is of an exact type: an amount, an id or an address, and viem's request. */
function resultRulesOf(simulation: Export): string {
  const code = exampleOf(simulation.comment);
  const [, list = ""] = /const \{([^}]*)\} = await simulate/.exec(code) ?? fail(`${simulation.name} shows no result.`);
  const results = list.split(",").map((name) => name.trim());
  const lines = results.map((name) =>
    name === "request"
      ? "void writeContract(client, request);"
      : `export const ${name}IsExact: Same<typeof ${name}, bigint> | Same<typeof ${name}, Address> = true;`,
  );
  const types = `import type { Address } from "viem";\nimport { writeContract } from "viem/actions";\nimport type { Same } from "../../test/examples.ts";\n`;
  return `${types}${moduleOf(simulation).split("export async function")[0]}${code}\n${lines.join("\n")}\n`;
}

/** The example in a function, so that its names are its own, and imports of the package's names that it uses. */
function moduleOf({ subpath, comment }: Export): string {
  const code = exampleOf(comment);
  const used = new Set(code.match(/\b[A-Za-z]\w*\b/g));
  const own = new Set(
    [...code.matchAll(/\b(?:const|let) (?:\{([^}]*)\}|(\w+))/g)].flatMap(([, list, name]) =>
      (list ?? name ?? "").split(/[,:\s]+/),
    ),
  );
  const found = new Map<string, string>();
  for (const candidate of exported) {
    const isNearer = candidate.subpath === subpath || !found.has(candidate.name);
    if (used.has(candidate.name) && !own.has(candidate.name) && isNearer) found.set(candidate.name, candidate.subpath);
  }
  const imports = [...found].map(
    ([name, from]) => `import { ${name} } from "@millrace/sdk${from === "core" ? "" : `/${from}`}";\n`,
  );
  return `${imports.join("")}export async function example(): Promise<void> {\n${code}\n}\n`;
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
