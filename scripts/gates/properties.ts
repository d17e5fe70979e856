import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./gate.ts";

// The property index. Properties are listed by id in the …Properties.sol files of test/contracts; each must be asserted
// somewhere: by a test named after it (test_I4_…, testFuzz_I4_…, invariant_I4_…; several ids may follow each other) or by
// an assertion whose message begins with its id. TypeScript tests have it at the start of their title ("I4 …").
type Property = { readonly id: string; readonly sentence: string; readonly file: string };
type Place = { readonly id: string; readonly where: string };

const LISTS = "test/contracts/**/*Properties.sol";
const TESTS = ["test/**/*.sol", "test/**/*.ts", "sdk/test/**/*.ts"];
const ID = /^[A-Z]{1,3}\d+[a-z]?$/;

export function index(folder = root): { readonly properties: readonly Property[]; readonly places: readonly Place[] } {
  const lists = globSync(LISTS, { cwd: folder }).sort();
  const files = TESTS.flatMap((pattern) => globSync(pattern, { cwd: folder })).filter((file) => !lists.includes(file));
  return {
    properties: lists.flatMap((file) => listed(file, readFileSync(path.join(folder, file), "utf8"))),
    places: files.sort().flatMap((file) => asserted(file, readFileSync(path.join(folder, file), "utf8"))),
  };
}

function listed(file: string, text: string): readonly Property[] {
  const prose = text.replace(/^\s*\/\/\/ ?/gm, "").replace(/^\s*(?:library|interface|contract) [\s\S]*/m, "");
  return [...prose.matchAll(/@custom:property (\S+)\s+([^@]*)/g)].map(([, id = "", sentence = ""]) => ({
    ...{ id, file },
    sentence: sentence.replace(/\s+/g, " ").trim(),
  }));
}

function asserted(file: string, source: string): readonly Place[] {
  const text = source.replace(/\/\/.*$/gm, ""); // a test that is commented out asserts nothing
  const line = (index = 0) => `${file}:${text.slice(0, index).split("\n").length}`;
  const named = file.endsWith(".sol")
    ? /function (?:test|testFuzz|invariant)((?:_[A-Z]{1,3}\d+[a-z]?)+)_?\w*\(/g
    : /\b(?:it|test)\(\s*["'`]((?:[A-Z]{1,3}\d+[a-z]?[ ,:]+)+)/g;
  const messages = /\bassert\w*\([^;]*?"([A-Z]{1,3}\d+[a-z]?)\b[^;]*?\);/g;
  return [...text.matchAll(named), ...text.matchAll(messages)].flatMap((match) =>
    (match[1] ?? "")
      .split(/[_ ,:]+/)
      .filter((id) => ID.test(id))
      .map((id) => ({ id, where: line(match.index) })),
  );
}

if (import.meta.main) {
  const { properties, places } = index();
  const where = (wanted: string) => [...new Set(places.filter(({ id }) => id === wanted).map((place) => place.where))];
  for (const { id, sentence } of properties) {
    const found = where(id);
    console.log(`${found.length > 0 ? "✔" : "✖"} ${id.padEnd(5)} ${sentence}`);
    console.log(
      `        ${found.length > 0 ? found.slice(0, 4).join(", ") : "asserted nowhere"}${found.length > 4 ? ` and ${found.length - 4} more` : ""}`,
    );
  }
  const open = properties.filter(({ id }) => where(id).length === 0);
  const twice = properties.filter(({ id }, at) => properties.findIndex((other) => other.id === id) !== at);
  const odd = properties.filter(({ id, sentence }) => !ID.test(id) || sentence === "");
  for (const { id, file } of twice) console.error(`${id} is listed twice, the second time in ${file}`);
  for (const { id, file } of odd) console.error(`"${id}" in ${file} is not an id with a sentence`);
  console.log(`${properties.length} properties, ${properties.length - open.length} asserted`);
  process.exitCode = properties.length > 0 && open.length + twice.length + odd.length === 0 ? 0 : 1;
}
