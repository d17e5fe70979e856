import { type ParseArgsConfig, parseArgs } from "node:util";

/** Node's `parseArgs`, which ends the process with one sentence where the arguments are wrong. */
export function readArguments<const config extends ParseArgsConfig>(
  config: config,
): ReturnType<typeof parseArgs<config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${sentenceOf(error as Error)}.`);
    process.exit(1);
  }
}

/** What Node says, without its advice on how to pass such a thing as a positional. */
export function sentenceOf({ message }: Error): string {
  const [sentence = ""] = message.split(/\.(?:\s|$)/);
  return sentence;
}
