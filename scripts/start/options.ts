import { parseArgs } from "node:util";
import { Problem } from "../deploy/Problem.ts";
import { sentenceOf } from "../tools/arguments.ts";

export type Options = {
  /** Where to write what came of it. */
  readonly json?: string;
  readonly serve: boolean;
  /** One that was asked for must be free; without one, 8545 is wanted and another taken where it is not. */
  readonly port?: number;
  readonly help: boolean;
};

export const HELP = `npm start [-- OPTIONS]

Starts a local chain with mainnet's protocols, deploys Millrace on it and plays one season: a deposit earns interest and
a reward, which is sold by auction; the fee goes to those who stake; the DAO votes on four proposals, of which one passes,
one is defeated, one pays a salary by the second and one is refused; the depositor takes everything home. In the end a
vault with insured shares loses half, and the cover is paid.

  --json FILE   also write what came of it, as read from the chain: integers as decimal strings
  --serve       keep the chain on 127.0.0.1:8545 afterwards, or another port where that is taken, until Ctrl-C
  --port PORT   the port of --serve; an error where it is taken
  --help        this text`;

const HIGHEST_PORT = 65_535;

export function parseOptions(args: readonly string[]): Options {
  const { json, port, serve = false, help = false } = parse(args);
  if (port !== undefined && !serve) throw new Problem("--port goes with --serve: without it no port is kept.");
  if (json === "") throw new Problem("--json needs the name of a file.");
  return {
    serve,
    help,
    ...(json === undefined ? {} : { json }),
    ...(port === undefined ? {} : { port: portOf(port) }),
  };
}

function parse(args: readonly string[]) {
  const options = {
    json: { type: "string" },
    serve: { type: "boolean" },
    port: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Problem(`${sentenceOf(error as Error)}. \`npm start -- --help\` lists the options.`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= HIGHEST_PORT) return port;
  throw new Problem(`--port is ${text}, and should be a number from 1 to ${HIGHEST_PORT}.`);
}
