import type { NetworkConnection } from "hardhat/types/network";
import { type Address, type Hex, hexToNumber } from "viem";
import { define } from "./adapters.ts";
import { Problem } from "./Problem.ts";
import type { Parameters, VaultParameters } from "./parameters.ts";

/** The chain id, when it is the one that the folder is for. */
export async function chainIdOf(
  { provider, networkName }: NetworkConnection,
  { chainId }: Parameters,
): Promise<number> {
  const answer = await provider.request({ method: "eth_chainId" }).catch(({ message }: Error) => {
    throw new Problem(`The RPC of ${networkName} does not answer as one: ${message.split("\n")[0]}`);
  });
  const found = hexToNumber(answer as Hex);
  if (found === chainId) return found;
  throw new Problem(
    `The RPC of ${networkName} is on chain ${found}, and deployments/${networkName} is for chain ${chainId}.`,
  );
}

/** Holds the parameters against the chain: every address has code, every asset the symbol and decimals it should. */
export async function compareWithChain(connection: NetworkConnection, parameters: Parameters): Promise<void> {
  const { reward } = parameters.staking;
  const { permit2, wrappedNative } = parameters.router;
  const problems = await Promise.all([
    ...(reward === "MILL" ? [] : [compareToken(connection, { ...reward, where: "staking.reward" })]),
    needCode(connection, permit2, "router.permit2"),
    compareToken(connection, { ...wrappedNative, where: "router.wrappedNative" }),
    ...parameters.revenue.sells.map(({ token, ...sold }, index) =>
      compareToken(connection, { ...sold, address: token, where: `revenue.sells.${index}` }),
    ),
    ...parameters.insurance.map(({ asset }, index) =>
      compareToken(connection, { ...asset, where: `insurance.${index}.asset` }),
    ),
    ...parameters.vaults.map((vault, index) => compareVault(connection, vault, `vaults.${index}`)),
  ]);
  const found = problems.flat();
  if (found.length > 0) throw new Problem(found.join("\n"));
}

async function compareVault(connection: NetworkConnection, vault: VaultParameters, at: string): Promise<string[]> {
  const markets = vault.adapters.flatMap((adapter, index) =>
    Object.entries(define(adapter, vault.asset.address).needs).map(([name, address]) =>
      needCode(connection, address, `${at}.adapters.${index}.${name}`),
    ),
  );
  const rewards = vault.rewards.map(({ token, ...reward }, index) =>
    compareToken(connection, { ...reward, address: token, where: `${at}.rewards.${index}` }),
  );
  const asset = compareToken(connection, { ...vault.asset, where: `${at}.asset` });
  return (await Promise.all([asset, ...markets, ...rewards])).flat();
}

type Token = { readonly address: Address; readonly symbol: string; readonly decimals: number; readonly where: string };

async function compareToken(
  connection: NetworkConnection,
  { address, symbol, decimals, where }: Token,
): Promise<string[]> {
  const missing = await needCode(connection, address, where);
  if (missing.length > 0) return missing;
  const token = await connection.viem.getContractAt("IERC20Metadata", address);
  const found = await Promise.all([token.read.symbol(), token.read.decimals()]).catch(() => undefined);
  if (!found) return [`${where}: ${address} is no ERC-20 with a symbol and decimals.`];
  if (found[0] === symbol && found[1] === decimals) return [];
  return [`${where}: ${address} is ${found[0]} with ${found[1]} decimals, and should be ${symbol} with ${decimals}.`];
}

async function needCode(
  { provider, networkName }: NetworkConnection,
  address: Address,
  where: string,
): Promise<string[]> {
  const code = await provider.request({ method: "eth_getCode", params: [address, "latest"] });
  return code === "0x" ? [`${where}: there is no contract at ${address} on ${networkName}.`] : [];
}
