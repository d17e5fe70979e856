import { type Address, parseAbi, parseEther, parseUnits } from "viem";
import { mainnet } from "./addresses.ts";
import { multicall3, published } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { deployer, place } from "./place.ts";

export const erc20Abi = parseAbi([
  "function approve(address spender, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function mint(address account, uint256 amount) returns (bool)",
  "function transfer(address to, uint256 amount) returns (bool)",
]);
const wethAbi = parseAbi([
  "function deposit() payable",
  "function transfer(address to, uint256 amount) returns (bool)",
]);

const { tokens, feeds } = mainnet;
const mocks = "artifacts/contracts/mocks";

/** Tokens, the prices that Chainlink answers for them, and Multicall3. */
export async function placeTokens(chain: Chain): Promise<void> {
  await place(chain, { at: tokens.weth, artifact: published("canonical-weth", "build/contracts/WETH9.json") });
  const artifact = published("@aave/core-v3", `${mocks}/tokens/MintableERC20.sol/MintableERC20.json`);
  await place(chain, { at: tokens.usdc, artifact, args: ["USD Coin", "USDC", 6] });
  await place(chain, { at: tokens.dai, artifact, args: ["Dai Stablecoin", "DAI", 18] });
  await place(chain, { at: tokens.aave, artifact, args: ["Aave Token", "AAVE", 18] });
  const feed = published("@aave/core-v3", `${mocks}/oracle/CLAggregators/MockAggregator.sol/MockAggregator.json`);
  await place(chain, { at: feeds.weth, artifact: feed, args: [parseUnits("3000", 8)] });
  await place(chain, { at: feeds.usdc, artifact: feed, args: [parseUnits("1", 8)] });
  await place(chain, { at: feeds.dai, artifact: feed, args: [parseUnits("1", 8)] });
  await place(chain, { at: feeds.aave, artifact: feed, args: [parseUnits("200", 8)] });
  await place(chain, { at: mainnet.multicall3, artifact: await multicall3() });
}

/** New tokens. WETH is made as everywhere, from ether. */
export async function mint(chain: Chain, token: Address, to: Address, amount: bigint): Promise<void> {
  if (token !== tokens.weth) {
    await chain.send({ from: deployer, to: token, abi: erc20Abi, functionName: "mint", args: [to, amount] });
    return;
  }
  await chain.request("hardhat_setBalance", [deployer, `0x${(amount + parseEther("1000")).toString(16)}`]);
  await chain.send({ from: deployer, to: token, abi: wethAbi, functionName: "deposit", value: amount });
  await chain.send({ from: deployer, to: token, abi: wethAbi, functionName: "transfer", args: [to, amount] });
}

export async function approve(chain: Chain, token: Address, from: Address, spender: Address, amount: bigint) {
  await chain.send({ from, to: token, abi: erc20Abi, functionName: "approve", args: [spender, amount] });
}
