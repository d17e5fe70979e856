import { pbkdf2Sync } from "node:crypto";
import { type Address, type Hex, isAddressEqual, numberToHex } from "viem";
import { HDKey, hdKeyToAccount, privateKeyToAccount } from "viem/accounts";
import type { Provider } from "./ignition.ts";
import { ledgerAccount } from "./ledger.ts";
import { Problem } from "./Problem.ts";
import type { Parameters } from "./parameters.ts";

/** Chains that end with the process that made them. */
const LOCAL_CHAIN_IDS: readonly number[] = [1_337, 31_337];
/** Phrases that local nodes hand out: whoever has read their documentation holds their keys. */
const PHRASES = [
  "test test test test test test test test test test test junk", // Hardhat, anvil
  "myth like bonus scare over problem client lizard pioneer submit female collect", // ganache -d
];
const PER_PHRASE = 20;
const LOWEST_KEYS = 16;

export function isLocal(chainId: number): boolean {
  return LOCAL_CHAIN_IDS.includes(chainId);
}

/** The account that signs: the device's, or that of the key. */
export async function signerOf(provider: Provider): Promise<Address> {
  const device = ledgerAccount();
  if (device !== undefined) return device;
  const [signer] = (await provider.request({ method: "eth_accounts" })) as readonly Address[];
  if (signer === undefined) throw new Problem("There is no account to sign with: set DEPLOYER_KEY or DEPLOYER_LEDGER.");
  return signer;
}

/** Off local chains, refuses accounts whose keys everyone has: as the signer, and as anyone who would hold power. */
export function refuseKnownKeys(chainId: number, signer: Address, { people, token }: Parameters): void {
  if (isLocal(chainId)) return;
  const isKnown = (account: string) => knownAddresses().some((one) => isAddressEqual(one, account as Address));
  const held = token.holders.map(([holder]) => ["token.holders", holder] as const);
  const named = [
    ["the signer", signer] as const,
    ...Object.entries(people).map(([role, at]) => [`people.${role}`, at] as const),
  ];
  const found = [...named, ...held].filter(([, account]) => account !== "treasury" && isKnown(account));
  if (found.length === 0) return;
  const list = found.map(([where, account]) => `${where} is ${account}`).join(", ");
  throw new Problem(`${list}: a development account whose key everyone has, and chain ${chainId} is not local.`);
}

let known: readonly Address[] | undefined;

function knownAddresses(): readonly Address[] {
  known ??= [...PHRASES.flatMap(derive), ...lowestKeys()];
  return known;
}

function derive(phrase: string): readonly Address[] {
  // BIP-39, once for all: viem would stretch the phrase again for each account.
  const root = HDKey.fromMasterSeed(pbkdf2Sync(phrase, "mnemonic", 2_048, 64, "sha512"));
  return Array.from({ length: PER_PHRASE }, (_, addressIndex) => hdKeyToAccount(root, { addressIndex }).address);
}

function lowestKeys(): readonly Address[] {
  return Array.from({ length: LOWEST_KEYS }, (_, index) => {
    const key: Hex = numberToHex(index + 1, { size: 32 });
    return privateKeyToAccount(key).address;
  });
}
