import type { NetworkConnection } from "hardhat/types/network";
import { type Address, encodeFunctionData, type Hex, hexToNumber, pad, parseAbi, size, slice, zeroAddress } from "viem";
import { define, type Question } from "./adapters.ts";
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

const PERMIT2: Question = {
  parameter: "permit2",
  abi: parseAbi(["function DOMAIN_SEPARATOR()"]),
  args: [],
  word: 0,
  problem: "is no Permit2",
};

/**
 * Holds the parameters against the chain: every address has code, every asset the symbol and decimals it should, and every market
 * answers as one of its kind.
 */
export async function compareWithChain(connection: NetworkConnection, parameters: Parameters): Promise<void> {
  const { reward } = parameters.staking;
  const { permit2, wrappedNative } = parameters.router;
  const problems = await Promise.all([
    ...(reward === "MILL" ? [] : [compareToken(connection, { ...reward, where: "staking.reward" })]),
    ask(connection, permit2, PERMIT2, "router.permit2"),
    compareToken(connection, { ...wrappedNative, where: "router.wrappedNative" }),
    needWrapping(connection, wrappedNative.address, "router.wrappedNative"),
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
  const markets = vault.adapters.flatMap((adapter, index) => {
    const { needs, market } = define(adapter, vault.asset.address);
    return Object.entries(needs).map(([name, address]) => {
      const where = `${at}.adapters.${index}.${name}`;
      return name === market.parameter ? ask(connection, address, market, where) : needCode(connection, address, where);
    });
  });
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

/** Whether a contract answers as it should; without code that is said instead. */
async function ask(
  connection: NetworkConnection,
  address: Address,
  { abi, args, word, answer, problem }: Question,
  where: string,
): Promise<string[]> {
  const missing = await needCode(connection, address, where);
  if (missing.length > 0) return missing;
  const found = await call(connection, address, encodeFunctionData({ abi, args }));
  const said = found && size(found) >= 32 * (word + 1) ? slice(found, 32 * word, 32 * (word + 1)) : undefined;
  const good = said && (answer ? said === pad(answer.toLowerCase() as Hex) : said !== pad(zeroAddress));
  return good ? [] : [`${where}: ${address} ${problem}.`];
}

/** Whether nothing can be wrapped in it. Where there is no code that is said elsewhere. */
async function needWrapping(connection: NetworkConnection, address: Address, where: string): Promise<string[]> {
  if ((await needCode(connection, address, where)).length > 0) return [];
  const data = encodeFunctionData({ abi: parseAbi(["function deposit()"]) });
  return (await call(connection, address, data)) ? [] : [`${where}: ${address} wraps no native token.`];
}

async function call({ provider }: NetworkConnection, to: Address, data: Hex): Promise<Hex | undefined> {
  return (await provider.request({ method: "eth_call", params: [{ to, data }, "latest"] }).catch(() => undefined)) as
    | Hex
    | undefined;
}
