import { access, constants, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { isAddressEqual } from "viem";
import { Problem } from "../deploy/Problem.ts";
import type { Outcome } from "./season.ts";
import { columns } from "./tables.ts";
import type { Player, Wallet, World } from "./world.ts";

/** Minutes of work are not to end in a file that cannot be written. */
export async function requireWritable(file: string): Promise<void> {
  await access(path.dirname(path.resolve(file)), constants.W_OK).catch(() => {
    throw new Problem(`${file} cannot be written: there is no such folder, or it is not yours.`);
  });
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw new Problem(`${file} cannot be written: it is a folder.`);
}

/** The same for a program: integers as decimal strings. */
export async function writeJson(file: string, outcome: Outcome, { addresses }: World): Promise<void> {
  const at = Object.entries(addresses.contracts).map(([name, { address }]) => [name, address]);
  const json = JSON.stringify(
    { ...outcome, addresses: Object.fromEntries(at) },
    (_, value) => (typeof value === "bigint" ? value.toString() : value),
    2,
  );
  await writeFile(file, `${json}\n`).catch(({ message }: Error) => {
    throw new Problem(`${file} cannot be written: ${message}.`);
  });
}

/** What an app asks for first. */
export function places({ at, replica }: World): string {
  const rows = [
    ["vault", "mrUSDC", at("mrUSDC")],
    ["its asset", "USDC", replica.addresses.tokens.usdc],
    ["router", "VaultRouter", at("VaultRouter")],
    ["insurance pool", "muUSDC", at("muUSDC")],
    ["votes", "MillToken", at("MillToken")],
    ["", "VoteStaking", at("VoteStaking")],
    ["", "MillGovernor", at("MillGovernor")],
  ];
  return columns(rows, ["left", "left", "left"]);
}

/** What the deployment gave to whom. */
const PARTS: Readonly<Partial<Record<Player, string>>> = {
  curator: "curator",
  allocator: "allocator",
  guardian: "guardian",
  ...{ first: "holds MILL", second: "holds MILL", third: "holds MILL" },
};

/** Accounts that anyone may use on this chain. */
export function accounts({ replica, who }: World): string {
  const players = Object.entries(who) as [Player, Wallet][];
  const rows = replica.accounts.slice(0, 10).map((address, index) => {
    const player = players.find(([, { account }]) => isAddressEqual(account.address, address))?.[0];
    return [String(index), address, (player && PARTS[player]) ?? ""];
  });
  return columns(rows, ["left", "left", "left"]);
}
