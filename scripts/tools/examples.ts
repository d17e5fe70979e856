import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

// node scripts/tools/examples.ts: every export of the SDK has a sentence, every function and class an example, and every
// example compiles as an app would have it: names from the package, the rest from sdk/test/examples.ts.
const sdk = path.resolve(import.meta.dirname, "../../sdk");
const folder = path.join(sdk, "cache/examples");
const UNDOCUMENTED = ["abis", "addresses"]; // generated
const DECLARATION = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:async )?(function\*?|class|const|type) (\w+)/g;

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
writeFileSync(
  path.join(folder, "tsconfig.json"),
  JSON.stringify({ extends: "../../tsconfig.json", include: ["*.ts", "../../test/examples.ts"] }),
);
try {
  execFileSync("tsc", ["-p", folder], { stdio: "inherit" });
} catch {
  fail("An example does not compile.");
}
console.log(`${examples.length} examples compile, ${exported.length} exports are documented`);

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

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
