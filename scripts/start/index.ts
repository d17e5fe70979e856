import { styleText } from "node:util";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { Listr } from "listr2";
import { Problem } from "../deploy/Problem.ts";
import { HELP, type Options, parseOptions } from "./options.ts";
import { accounts, places, requireWritable, writeJson } from "./report.ts";
import { acts, type Context, outcomeOf } from "./season.ts";
import { tables } from "./tables.ts";
import { deployOn, startChain } from "./world.ts";

// Whoever read the output has gone.
process.stdout.once("error", () => process.exit(1));
try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(options: Options): Promise<void> {
  if (options.help) {
    console.log(HELP);
    return;
  }
  if (options.json !== undefined) await requireWritable(options.json);
  // Not before the options are understood: it takes seconds.
  const { default: hre } = await import("hardhat");
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const context: Partial<Context> = {};
  try {
    await show(hre, options, context);
  } catch (error) {
    // A chain that stays open keeps the process alive.
    await context.replica?.close();
    throw error;
  }
}

async function show(hre: HardhatRuntimeEnvironment, options: Options, started: Partial<Context>): Promise<void> {
  const notes: string[] = [];
  const context = await play(hre, options, started, (note) => notes.push(note));
  const { replica, client } = context;
  const outcome = outcomeOf(context);
  console.log(`\n${tables(outcome)}\n`);
  if (options.json !== undefined) await writeJson(options.json, outcome, context);
  if (!options.serve) return await replica.close();
  for (const note of notes) console.log(note);
  const { timestamp } = await client.getBlock();
  console.log(`The chain is at ${styleText("bold", replica.url)}, chain id ${replica.chainId}, until Ctrl-C.`);
  console.log(`Its clock says ${new Date(Number(timestamp) * 1_000).toISOString()}: a deadline counts from there.`);
  console.log(`All addresses are in deployments/replica/addresses.json. Among them:\n${places(context)}`);
  console.log(`Unlocked accounts, with ether, USDC and DAI; everyone knows their keys:\n${accounts(context)}`);
  process.once("SIGINT", () => process.exit(0));
  process.once("SIGTERM", () => process.exit(0));
}

async function play(
  hre: HardhatRuntimeEnvironment,
  options: Options,
  started: Partial<Context>,
  note: (message: string) => void,
): Promise<Context> {
  const list = new Listr<Context>(
    [
      {
        title: "Start a local chain with Aave and Uniswap",
        task: async (context, task) => {
          context.replica = await startChain(options, note);
          task.title += ` at ${context.replica.url}`;
        },
      },
      {
        title: "Deploy",
        task: async (context, task) => {
          const progress = ({ done, future }: { done: number; future: string }) => {
            task.output = `${done} ${future}`;
          };
          Object.assign(context, await deployOn(hre, context.replica, { progress }));
          task.title += `: ${Object.keys(context.addresses.contracts).length} contracts, checked on the chain`;
        },
      },
      ...acts,
    ],
    // Without a width, as in some terminals of programs, the default renderer shows nothing.
    { fallbackRenderer: "simple", fallbackRendererCondition: () => !process.stdout.columns },
  );
  return await list.run(started as Context); // each act adds what later ones read
}
