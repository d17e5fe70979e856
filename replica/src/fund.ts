import { type Address, isAddressEqual, parseAbi, zeroAddress } from "viem";
import { mainnet } from "./addresses.ts";
import { chainOf, type Provider } from "./chain.ts";
import { erc20Abi } from "./tokens.ts";

const providerAbi = parseAbi(["function getPoolDataProvider() view returns (address)"]);
const dataProviderAbi = parseAbi([
  "function getReserveTokensAddresses(address asset) view returns (address aToken, address stableDebt, address variableDebt)",
]);

export type Funding = { readonly token: Address; readonly to: Address; readonly amount: bigint };

/**
 * Gives tokens to an account out of what Aave holds, by acting as the token's aToken contract. It takes no power that
 * a real token would not give, so it works on the replica and on a fork of mainnet alike.
 *
 * @throws when Aave does not hold that much of the token
 */
export async function fund(provider: Provider, { token, to, amount }: Funding): Promise<void> {
  const chain = chainOf(provider);
  const holder = await holderOf(provider, token);
  const held = await chain.read({ to: token, abi: erc20Abi, functionName: "balanceOf", args: [holder] });
  if (held < amount) throw new Error(`Cannot fund ${amount} of ${token}: its holder ${holder} has ${held}.`);
  const ether = await chain.request("eth_getBalance", [holder, "latest"]);
  await chain.send({ from: holder, to: token, abi: erc20Abi, functionName: "transfer", args: [to, amount] });
  await chain.request("hardhat_stopImpersonatingAccount", [holder]);
  await chain.request("hardhat_setBalance", [holder, ether]);
}

async function holderOf(provider: Provider, token: Address): Promise<Address> {
  const { aave, tokens } = mainnet;
  // Not lent on the replica; on mainnet governance holds plenty.
  if (isAddressEqual(token, tokens.aave)) return aave.ecosystemReserve;
  const chain = chainOf(provider);
  const to = await chain.read({ to: aave.addressesProvider, abi: providerAbi, functionName: "getPoolDataProvider" });
  const query = { to, abi: dataProviderAbi, functionName: "getReserveTokensAddresses", args: [token] } as const;
  const [aToken] = await chain.read(query);
  if (aToken === zeroAddress) throw new Error(`Cannot fund ${token}: Aave v3 does not list it.`);
  return aToken;
}
