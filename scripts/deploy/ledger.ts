import { HardhatPluginError } from "hardhat/plugins";
import type { HardhatPlugin } from "hardhat/types/plugins";
import { type Address, getAddress, isAddress } from "viem";

// Not among the dependencies: a hundred packages, one of them built natively, for those who sign with a device.
const PACKAGE = "@nomicfoundation/hardhat-ledger";
const VERSION = "3.1.0";

/** The device's account that deploys, where the environment names one. */
export function ledgerAccount(): Address | undefined {
  const { DEPLOYER_LEDGER: account } = process.env;
  if (account === undefined || account === "") return undefined;
  if (isAddress(account)) return getAddress(account);
  throw refusal(`DEPLOYER_LEDGER is "${account}": it should be the address of the device's account.`);
}

/** What lets that account sign: Hardhat's own plugin for the device, where it is installed. */
export async function ledgerPlugins(): Promise<HardhatPlugin[]> {
  if (ledgerAccount() === undefined) return [];
  const found: { readonly default: HardhatPlugin } | undefined = await import(PACKAGE).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found !== undefined) return [found.default];
  throw refusal(
    `DEPLOYER_LEDGER is set, and ${PACKAGE} is not installed: \`npx pnpm@12.21.0 add -wD --allow-build=node-hid ${PACKAGE}@${VERSION}\`.`,
  );
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_MODULE_NOT_FOUND" &&
    error.message.includes(PACKAGE)
  );
}

function refusal(sentence: string): HardhatPluginError {
  return new HardhatPluginError("millrace-deploy", sentence);
}
