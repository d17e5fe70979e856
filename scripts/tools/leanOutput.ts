import { definePlugin } from "hardhat/plugins";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

const OPCODES = ".opcodes";

/**
 * Builds without listings of opcodes, which nobody reads here: they are half of what the compiler would answer, and every
 * process with a chain of its own reads all of that.
 */
export function leanOutput() {
  return definePlugin({
    id: "millrace-lean-output",
    hookHandlers: {
      solidity: async () => ({
        default: async () => ({
          async invokeSolc(context, compiler, input, config, next) {
            const output = await next(context, compiler, withoutOpcodes(input), config);
            for (const file of Object.values(output.contracts ?? {}))
              for (const { evm } of Object.values(file)) leaveBlank(evm);
            return output;
          },
        }),
      }),
    },
  });
}

function withoutOpcodes(input: CompilerInput): CompilerInput {
  const outputSelection = Object.fromEntries(
    Object.entries(input.settings.outputSelection).map(([file, contracts]) => [
      file,
      Object.fromEntries(
        Object.entries(contracts).map(([name, outputs]) => [name, outputs.filter((one) => !one.endsWith(OPCODES))]),
      ),
    ]),
  );
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** Hardhat's chain refuses a build where the field is missing. */
function leaveBlank(evm: NonNullable<CompilerOutput["contracts"]>[string][string]["evm"]): void {
  for (const code of [evm?.bytecode, evm?.deployedBytecode]) if (code) Object.assign(code, { opcodes: "" });
}
